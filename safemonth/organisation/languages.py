"""Which of the two languages a page is in."""

from django.utils.translation import get_language


def is_english() -> bool:
    """Return whether the page is in English."""
    return (get_language() or "").startswith("en")
