"""What a total is, from everybody's claims and a few visits (docs/figures/estimates.md)."""
