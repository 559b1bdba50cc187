"""The durable account of what left: one folder a gateway, one sender at a time (docs/messages.md)."""
