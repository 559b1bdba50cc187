"""Inspections and hazards: where people work, who inspects whom, what is found, and what becomes of it."""
