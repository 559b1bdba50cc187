"""What one cell claims: a number with its qualifier, nothing, or something to ask."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from safemonth.collect.readers.reading import Basis, Doubt, Qualifier
from safemonth.collect.readers.sheets.grid import Cell, cell_text
from safemonth.lib.measure_words import basis_of
from safemonth.lib.quantities import find_chinese_quantities, read_quantity
from safemonth.lib.refusals import gettext_noop

NOTHING_SAID = frozenset(
    {"", "-", "--", "—", "——", "－", "/", "／", "\\", "…", "n/a", "na", "未统计", "不详", "待报", "未报", "空"}
)
SAID_NONE = frozenset({"无", "没有", "零", "〇", "none", "nil", "未开展", "无此项"})
ERRORS = re.compile(r"#(REF|N/A|VALUE|DIV/0|NAME|NUM|NULL|SPILL|CALC)[!?]?", re.IGNORECASE)
NOTE_AFTER = re.compile(r"^(.*?\d[^（(]*)[（(]([^（()）]*)[)）]\s*$", re.DOTALL)

# No county counts beyond these in a month: China's largest county-level unit has under 3 million people (census 2020);
# materials at 20 a head; events, vehicles and places far below. Beyond, a unit or a column was mistaken.
MOST_BY_BASIS: dict[Basis, int] = {
    "people": 3_000_000,
    "person_times": 10_000_000,
    "places": 100_000,
    "place_times": 300_000,
    "vehicles": 20_000,
    "vehicle_times": 100_000,
    "events": 50_000,
    "things": 10_000_000,
    "yuan": 10_000_000_000,
}


ENGLISH_BASES: dict[str, Basis] = {
    **dict.fromkeys(("persontimes", "personvisits"), "person_times"),
    **dict.fromkeys(("persons", "people"), "people"),
    **dict.fromkeys(("businesstimes", "businessvisits"), "place_times"),
    **dict.fromkeys(("vehicletimes", "vehiclevisits"), "vehicle_times"),
    "sessions": "events",
    "yuan": "yuan",
}


@dataclass(frozen=True)
class CellReading:
    """A cell's claim: `value` None with doubts where it cannot be read; `is_silent` where nothing was said."""

    value: int | Decimal | None = None
    qualifier: Qualifier = "exact"
    unit_word: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_silent: bool = False
    is_text: bool = False


def read_cell(cell: Cell) -> CellReading:
    """Return what a cell says. A blank or a dash says nothing; 无 and 0 say none.

    `is_text` is true where the cell holds words with numbers in them, which the prose reader may read.
    """
    if isinstance(cell, int | float):
        return _number(cell if isinstance(cell, int) else Decimal(repr(cell)), cell)
    if isinstance(cell, date):
        return _unread(
            "date_for_number",
            gettext_noop("There is a date (%(text)s) where a number is expected."),
            cell_text(cell),
        )
    return _read_words(cell_text(cell))


@lru_cache(maxsize=20_000)
def _read_words(text: str) -> CellReading:
    plain = text.strip().casefold()
    if plain in NOTHING_SAID:
        return CellReading(is_silent=True)
    if plain in SAID_NONE:
        return CellReading(value=0)
    if ERRORS.fullmatch(plain):
        return _unread(
            "error_in_cell", gettext_noop("The cell holds the error %(text)s. Ask the unit for the number."), text
        )
    if text.startswith("="):
        return _unread(
            "formula_without_value",
            gettext_noop("The formula %(text)s was never worked out. Open the file, save it and send it again."),
            text,
        )
    if plain.endswith(("%", "％", "‰")):
        return _unread("share_for_number", gettext_noop("“%(text)s” is a share, and a number is expected."), text)
    # 1 200 is 1,200: a space between groups of three digits
    quantity = read_quantity(re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text) if _grouped.fullmatch(text) else text)
    if quantity is None and (match := NOTE_AFTER.match(text)):
        inner = read_quantity(match[1].strip())
        if inner is not None and not inner.is_range:
            found = _number(inner.value, text)
            note = Doubt(
                "note_in_cell",
                gettext_noop("The cell adds a remark: “%(text)s”. The number before it was taken."),
                {"text": text},
                blocks=False,
            )
            return CellReading(found.value, inner.qualifier, inner.unit_word, (*found.doubts, note))
    if quantity is None:
        return CellReading(
            doubts=(Doubt("unreadable_number", gettext_noop("“%(text)s” is not one number."), {"text": text[:80]}),),
            is_text=bool(find_chinese_quantities(text)),
        )
    if quantity.is_range:
        return _unread("range_for_number", gettext_noop("“%(text)s” is a range. Ask the unit for the number."), text)
    found = _number(quantity.value, text)
    return CellReading(found.value, quantity.qualifier, quantity.unit_word, found.doubts)


def _unread(code: str, sentence: str, text: str) -> CellReading:
    return CellReading(doubts=(Doubt(code, sentence, {"text": text[:80]}),))


_grouped = re.compile(r"\s*\d{1,3}(?: \d{3})+\D*")


def _number(number: int | Decimal, cell: Cell) -> CellReading:
    text = cell_text(cell) if not isinstance(number, int) or number < 0 else ""
    if isinstance(number, Decimal):
        if not number.is_finite():
            return _unread("unreadable_number", gettext_noop("“%(text)s” is not one number."), str(cell))
        whole = int(number) if number == number.to_integral_value() else number
    else:
        whole = number
    if number < 0:
        return CellReading(
            value=whole, doubts=(Doubt("negative_number", gettext_noop("“%(text)s” is below zero."), {"text": text}),)
        )
    return CellReading(value=whole)


def scaled(found: CellReading, scale: int) -> CellReading:
    """Return a reading multiplied by what the heading says (万份: 10,000)."""
    if found.value is None or scale == 1:
        return found
    value = Decimal(found.value) * scale
    whole = int(value) if value == value.to_integral_value() else value
    doubts = list(found.doubts)
    if found.value >= scale:
        doubts.append(
            Doubt(
                "scale_unlikely",
                gettext_noop(
                    "The heading counts in units of %(scale)s, and %(value)s looks like a full number already."
                ),
                {"scale": scale, "value": str(found.value)},
            )
        )
    return CellReading(whole, found.qualifier, found.unit_word, tuple(doubts))


def judged(found: CellReading, basis: Basis) -> tuple[Doubt, ...]:
    """Return a reading's doubts with those that depend on what is counted: parts of a thing, absurd numbers."""
    doubts = list(found.doubts)
    value = found.value
    if value is None or value < 0:
        return tuple(doubts)
    if isinstance(value, Decimal) and basis != "yuan":
        doubts.append(
            Doubt(
                "not_whole", gettext_noop("%(value)s is not a whole number of what is counted."), {"value": str(value)}
            )
        )
    if value > MOST_BY_BASIS[basis]:
        doubts.append(
            Doubt(
                "absurd_number",
                gettext_noop("%(value)s is more than a county can have (%(most)s)."),
                {"value": str(value), "most": MOST_BY_BASIS[basis]},
            )
        )
    return tuple(doubts)


@lru_cache(maxsize=1_000)
def basis_of_word(word: str) -> Basis:
    """Return the basis of a measure word in either language (person-times, 人次)."""
    return ENGLISH_BASES.get(re.sub(r"[- ]", "", word.casefold()), basis_of(word))


def basis_for(unit_word: str, heading_word: str, usual: tuple[str, ...]) -> Basis:
    """Return the basis: by the cell's measure word, else the heading's, else the indicator's usual one."""
    for word in (unit_word, heading_word):
        if word:
            return basis_of_word(word)
    return basis_of_word(usual[0]) if usual else "things"
