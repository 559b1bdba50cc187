"""What an .xlsx file says of its cells beside their values: errors, formulas without a value, shares, hidden rows.

The value reader gives errors and uncounted formulas as blank cells, and a share of 95 % as 0.95. Each of them would
be read as something else than what the unit's clerk sees.
"""

import posixpath
import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree  # open_office_zip has refused document types and entities before

from safemonth.lib.containers import OfficeZip

_RELATION = re.compile(r"\}id$")
# ECMA-376 part 1, 18.8.30: built-in formats 9 and 10 are shares.
BUILT_IN_SHARES = frozenset({9, 10})
_reference = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class CellMarks:
    """Marks of one sheet; rows and columns count from 0.

    `texts` replaces the value of cells whose value is lost: an error's name (#REF!), a formula (=A3*2) without a
    value. `shares` are cells shown as percent. Hidden columns are single columns, up to the sheet's width.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    shares: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def hides_column(self, column: int) -> bool:
        """Return whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def marks_of(office: OfficeZip) -> dict[str, CellMarks]:
    """Return the marks of each sheet by its name; a sheet whose part is missing or broken has none."""
    try:
        share_styles = _share_styles(office)
        paths = _sheet_paths(office)
    except (ElementTree.ParseError, KeyError, ValueError):
        return {}
    marks: dict[str, CellMarks] = {}
    for name, path in paths.items():
        try:
            marks[name] = _marks(office.read(path), share_styles)
        except (ElementTree.ParseError, ValueError):
            continue
    return marks


def _sheet_paths(office: OfficeZip) -> dict[str, str]:
    names = set(office.namelist())
    book = ElementTree.fromstring(office.read("xl/workbook.xml"))
    links = ElementTree.fromstring(office.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    paths = {}
    for sheet in book.iter():
        if _bare(sheet.tag) != "sheet":
            continue
        key = next((value for name, value in sheet.attrib.items() if _RELATION.search(name)), "")
        target = targets.get(key, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path in names:
            paths[sheet.get("name", "")] = path
    return paths


def _share_styles(office: OfficeZip) -> frozenset[int]:
    """The positions of cell formats that show a share."""
    if "xl/styles.xml" not in office.namelist():
        return frozenset()
    styles = ElementTree.fromstring(office.read("xl/styles.xml"))
    shares = set(BUILT_IN_SHARES)
    for found in styles.iter():
        if _bare(found.tag) == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", found.get("formatCode", "")):
            shares.add(int(found.get("numFmtId", "0")))
    formats = next((part for part in styles if _bare(part.tag) == "cellXfs"), None)
    return frozenset(
        position
        for position, cell_format in enumerate(formats if formats is not None else ())
        if int(cell_format.get("numFmtId", "0")) in shares
    )


def _marks(part: bytes, share_styles: frozenset[int]) -> CellMarks:
    marks = CellMarks()
    if not share_styles and not any(sign in part for sign in (b"hidden=", b"<f", b":f>", b":f ", b't="e"', b"t='e'")):
        return marks  # Most sheets: nothing to mark, and nothing to parse a second time.
    row = -1
    for event, element in ElementTree.iterparse(BytesIO(part), events=("start", "end")):
        tag = _bare(element.tag)
        if event == "start":
            if tag == "row":
                row = int(element.get("r", row + 2)) - 1
                if element.get("hidden") in ("1", "true"):
                    marks.hidden_rows.add(row)
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                marks.hidden_columns.append((int(element.get("min", "1")) - 1, int(element.get("max", "1")) - 1))
        elif tag == "c":
            _mark_cell(element, marks, share_styles)
        elif tag == "row":
            element.clear()
    return marks


def _mark_cell(cell: ElementTree.Element, marks: CellMarks, share_styles: frozenset[int]) -> None:
    match = _reference.fullmatch(cell.get("r", ""))
    if match is None:
        return
    place = (int(match[2]) - 1, _column(match[1]))
    value = formula = None
    for part in cell:
        if _bare(part.tag) == "v":
            value = part.text
        elif _bare(part.tag) == "f":
            formula = part.text or ""
    if cell.get("t") == "e":
        marks.texts[place] = value or "#REF!"
    elif formula is not None and not (value or "").strip() and cell.get("t") != "str":
        marks.texts[place] = f"={formula}"
    if int(cell.get("s", "0")) in share_styles and value:
        marks.shares.add(place)


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
