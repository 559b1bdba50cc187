"""Desk checks: signals for a person to look at, never verdicts (docs/figures/checks.md)."""
