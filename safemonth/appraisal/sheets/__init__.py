"""Score sheets: what is scored, at what weight, from which records."""
