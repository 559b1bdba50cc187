"""CMPP 3.0, China Mobile's protocol between its gateways and service providers (China Mobile Peer to Peer, V3.0.0)."""
