"""Supervision teams: drawn from people whom several bodies name, for units that none of them has a tie to."""
