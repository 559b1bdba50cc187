"""When two reports say the same: their text as it is compared. Plain Python."""

import unicodedata
from typing import Final

# A shorter text ("fire", "no helmet") says too little for two of them to be the same matter.
SHORTEST_SAME: Final = 12


def same_form(text: str) -> str:
    """Return a text as two are compared: width, case, spaces and punctuation do not matter; "" where it is too short."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")
    return kept if len(kept) >= SHORTEST_SAME else ""


def one_line(text: str) -> str:
    """Return a text of one line: no line breaks and no signs that are not seen; so that it can stand in no head."""
    return " ".join("".join(" " if _is_hidden(sign) else sign for sign in text).split())


def plain_text(text: str) -> str:
    """Return a text with its line breaks and without signs that are not seen (controls, changes of direction)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ["".join(sign for sign in line if sign == "\t" or not _is_hidden(sign)).rstrip() for line in lines]
    return "\n".join(kept).strip()


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
