"""Objections of units to their scores, and answers on the record."""
