"""What the prose reader hands back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from safemonth.collect.readers.reading import Basis, Doubt, Qualifier
from safemonth.lib.refusals import gettext_noop

Role = Literal["", "part", "repeat"]

AMBIGUOUS = gettext_noop("“%(surface)s” could count %(indicator)s or something else: check what it counts.")
UNKNOWN_NOUN = gettext_noop("No word of the list says what “%(surface)s” counts: choose the indicator.")
VAGUE = gettext_noop("“%(surface)s” gives no exact number; its lower end was taken.")
RANGE = gettext_noop("“%(surface)s” is a range; its lower end was taken.")


@dataclass(frozen=True)
class ProseFigure:
    """One figure of a text: what it counts, how many, and where it stands.

    `value` is >= 0, int whenever whole, money in yuan. `start`, `end` are code points [start, end) in the
    text that was read and `surface` is the text there. `role` is `part` for a breakdown of another figure
    (`part_of` is that figure's index in the list, if known) and `repeat` for another period's running
    total. `heading` is the noun or verb that decided the indicator ("" where none did).
    """

    indicator: str
    value: int | Decimal
    qualifier: Qualifier
    unit_word: str
    start: int
    end: int
    surface: str
    basis: Basis
    role: Role = ""
    part_of: int | None = None
    heading: str = ""
    doubts: tuple[Doubt, ...] = ()


def figure_as_json(figure: ProseFigure) -> dict[str, Any]:
    """Return the figure as `safemonth read` prints it.

    A value that is not whole becomes a float. `role` is "" where the figure is neither part nor repeat.
    """
    return {
        "indicator": figure.indicator,
        "value": float(figure.value) if isinstance(figure.value, Decimal) else figure.value,
        "qualifier": figure.qualifier,
        "unit_word": figure.unit_word,
        "span": [figure.start, figure.end],
        "surface": figure.surface,
        "role": figure.role,
    }


def doubts_of(
    *, indicator: str, surface: str, is_vague: bool, is_range: bool, is_guess: bool, is_ambiguous: bool
) -> tuple[Doubt, ...]:
    """Return what a person should look at before the figure is accepted (none blocks)."""
    params = {"surface": surface, "indicator": indicator}
    cases = (
        (is_guess, "unknown_noun", UNKNOWN_NOUN),
        (is_ambiguous and not is_guess, "ambiguous_indicator", AMBIGUOUS),
        (is_vague, "vague_number", VAGUE),
        (is_range, "range", RANGE),
    )
    return tuple(Doubt(code, sentence, params, blocks=False) for applies, code, sentence in cases if applies)
