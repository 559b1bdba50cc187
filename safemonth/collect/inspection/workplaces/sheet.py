"""Rows of a list of workplaces, read: its heading row is found, each cell becomes what the register holds.

A row that cannot be taken says why; nothing is guessed in silence. Units are resolved by the caller (`UnitFinder`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from safemonth.collect.inspection.workplaces.uscc import has_right_organisation_code, read_uscc
from safemonth.collect.inspection.workplaces.words import degrees_of, field_of_heading, risk_of, size_of, trade_of
from safemonth.lib.refusals import Refused, gettext_noop

# The heading row stands under a title or two.
_LOOKED_AT: Final = 20
_NO_WORKPLACE: Final = re.compile(
    r"^(?:合计|总计|小计|共计|填表|制表|审核|备注|说明|注[:：]|total|sum\b|note)", re.IGNORECASE
)
LONGEST: Final = {"name": 120, "address": 200, "manager_post": 120, "manager_phone": 40}

# Text -> the codes of the units that it may mean.
UnitFinder = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Remark:
    """Something to say about a row: a stable code, a sentence with its places."""

    code: str
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetRow:
    """One row, read. Texts are empty and positions None where nothing is said; units are codes.

    `problems` are why it cannot be taken; `remarks` what was made of it that a person should know. `number` is the row of
    the sheet, from 1.
    """

    number: int
    name: str = ""
    uscc: str = ""
    trade: str = ""
    size: str = ""
    risk_class: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    manager_post: str = ""
    manager_phone: str = ""
    township: str = ""
    department: str = ""
    problems: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what the row says, without its number, as JSON holds it."""
        said = {name: value for name, value in asdict(self).items() if value not in ("", None)}
        return {name: said[name] for name in sorted(said) if name not in ("number", "problems", "remarks")}


def row_from_json(number: int, said: Mapping[str, Any]) -> SheetRow:
    """Return a row as it was read, from what `as_json` gave."""
    return SheetRow(number=number, **said)


def read_rows(
    table: Sequence[Sequence[str]], *, find_township: UnitFinder, find_department: UnitFinder
) -> list[SheetRow]:
    """Return the rows of a table under its heading row; blank rows, repeated headings and total rows are passed over.

    Raises Refused `no_heading_row` where no row of the first `_LOOKED_AT` names a column of names.
    """
    at, fields = _heading_row(table)
    rows = []
    for number, cells in enumerate(table[at + 1 :], at + 2):
        said: dict[str, str] = {}
        for column, name in fields.items():
            text = cells[column].strip() if column < len(cells) else ""
            if text and text not in ("-", "—", "/", "无"):
                said.setdefault(name, text)
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        if not said or _NO_WORKPLACE.match(first) or _NO_WORKPLACE.match(said.get("name", "")):
            continue
        if field_of_heading(said.get("name", "")) == "name":
            continue  # The headings once more, as on each printed page.
        if "name" not in said and len(said) == 1 and len([cell for cell in cells if cell.strip()]) == 1:
            continue  # A line of text across the sheet.
        rows.append(_read_row(number, said, find_township, find_department))
    return rows


def _heading_row(table: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]]:
    best: tuple[int, int, dict[int, str]] | None = None
    for number, cells in enumerate(table[:_LOOKED_AT]):
        fields: dict[int, str] = {}
        for column, cell in enumerate(cells):
            name = field_of_heading(cell) if cell.strip() else ""
            if name and name not in fields.values():
                fields[column] = name
        if "name" in fields.values() and (best is None or len(fields) > best[0]):
            best = (len(fields), number, fields)
    if best is None:
        raise Refused(
            "no_heading_row",
            gettext_noop("No row of headings was found. One column must be called “企业名称” (or “name”)."),
        )
    return best[1], best[2]


def _read_row(number: int, said: dict[str, str], find_township: UnitFinder, find_department: UnitFinder) -> SheetRow:
    problems: list[Remark] = []
    remarks: list[Remark] = []
    row: dict[str, Any] = {name: said[name][:most].strip() for name, most in LONGEST.items() if name in said}
    if "name" not in row:
        problems.append(Remark("no_name", gettext_noop("It has no name.")))
    elif len(said["name"]) > LONGEST["name"]:
        problems.append(Remark("long_name", gettext_noop("Its name has more than 120 signs.")))
    try:
        row["uscc"] = read_uscc(said.get("uscc", ""))
        if row["uscc"] and not has_right_organisation_code(row["uscc"]):
            sentence = gettext_noop(
                "Sign 17 of the credit code does not check the organisation code; look at the licence."
            )
            remarks.append(Remark("uscc_organisation_check", sentence))
    except Refused as refused:
        problems.append(Remark(refused.code, refused.sentence, refused.params))
    row["trade"] = _trade(said, remarks)
    row["size"] = size_of(said.get("size", ""))
    row["risk_class"] = risk_of(said.get("risk_class", ""))
    if "risk_class" in said and not row["risk_class"]:
        sentence = gettext_noop("The class of risk “%(text)s” is not known; it stays empty.")
        remarks.append(Remark("unknown_risk", sentence, {"text": said["risk_class"][:40]}))
    row["latitude"], row["longitude"] = _position(said, problems)
    row["township"] = _township(said, find_township, problems)
    row["department"] = _department(said, find_department, remarks)
    # A person's identity number is not kept, not even on the list of what is held.
    is_private = any(problem.code == "uscc_identity_number" for problem in problems)
    cells = {name: "" if is_private and name == "uscc" else text for name, text in said.items()}
    return SheetRow(number=number, **row, problems=tuple(problems), remarks=tuple(remarks), cells=cells)


def _trade(said: Mapping[str, str], remarks: list[Remark]) -> str:
    found = trade_of(said.get("trade", "")) or trade_of(said.get("name", ""))
    if found:
        return found
    sentence = gettext_noop("The trade “%(text)s” is not known by its words; it is entered as another trade.")
    remarks.append(Remark("unknown_trade", sentence, {"text": said.get("trade", "")[:40]}))
    return "other"


def _position(said: Mapping[str, str], problems: list[Remark]) -> tuple[float | None, float | None]:
    degrees = [
        value[0] if value else None
        for value in (degrees_of(said.get("latitude", "")), degrees_of(said.get("longitude", "")))
    ]
    both = degrees_of(said.get("position", ""))
    if len(both) == 2 and None in degrees:
        degrees = list(both)
    latitude, longitude = degrees
    if latitude is None or longitude is None:
        return None, None
    if abs(latitude) > 90 >= abs(longitude):
        # Written the other way round, as maps in China often do.
        latitude, longitude = longitude, latitude
    if abs(latitude) > 90 or abs(longitude) > 180:
        sentence = gettext_noop("“%(text)s” is no position on earth.")
        problems.append(Remark("no_position", sentence, {"text": f"{latitude} {longitude}"}))
        return None, None
    return latitude, longitude


def _township(said: Mapping[str, str], find: UnitFinder, problems: list[Remark]) -> str:
    text = said.get("township", "")
    codes = list(find(text)) if text else []
    if not codes and not text:
        codes = list(find(said.get("address", ""))) if said.get("address") else []
    if len(codes) == 1:
        return codes[0]
    if codes:
        sentence = gettext_noop("The township “%(text)s” may be any of %(codes)s.")
        problems.append(Remark("ambiguous_township", sentence, {"text": text[:60], "codes": ", ".join(codes[:6])}))
    elif text:
        sentence = gettext_noop("There is no township “%(text)s” here.")
        problems.append(Remark("unknown_township", sentence, {"text": text[:60]}))
    else:
        problems.append(Remark("no_township", gettext_noop("It does not say in which township it is.")))
    return ""


def _department(said: Mapping[str, str], find: UnitFinder, remarks: list[Remark]) -> str:
    text = said.get("department", "")
    codes = list(find(text)) if text else []
    if text and len(codes) != 1:
        sentence = gettext_noop("The department “%(text)s” is not known; it stays empty.")
        remarks.append(Remark("unknown_department", sentence, {"text": text[:60]}))
    return codes[0] if len(codes) == 1 else ""
