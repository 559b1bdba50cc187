"""SMPP 3.4, which gateways of most of the world speak (SMPP Developers Forum, 12 October 1999, issue 1.2)."""
