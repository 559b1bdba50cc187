"""Data of the topic."""
