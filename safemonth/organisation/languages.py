"""Which of the two languages a page is in, and how it says a name and a sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext


def is_english() -> bool:
    """Return whether the page is in English."""
    return (get_language() or "").startswith("en")


def named(thing: Any) -> str:
    """Return a thing's name (or title, or theme) in the page's language; the Chinese where there is no English."""
    for field in ("name", "title", "theme"):
        if hasattr(thing, field):
            english = getattr(thing, f"{field}_en", "")
            return str(english if is_english() and english else getattr(thing, field))
    return "" if thing is None else str(thing)


def said(sentence: str, params: Mapping[str, Any]) -> str:
    """Return a marked English sentence in the page's language, its places filled where it has any."""
    translated = gettext(sentence)
    return translated % params if params else translated
