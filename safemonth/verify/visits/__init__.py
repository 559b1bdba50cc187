"""Visits of supervision: what was drawn to be visited, what was found there beside the claim, and what the unit says."""
