"""What to visit: a draw with chances proportional to what is claimed, which anyone can repeat (docs/figures/draws.md)."""
