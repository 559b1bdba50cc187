"""Supervision at work: what to visit, what was found, and what the total is worth by it."""
