"""Scores: from facts about units to points with their reasons, and ranks with what would change them."""
