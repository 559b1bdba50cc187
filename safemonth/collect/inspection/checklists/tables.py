"""Tables of what to check in a trade: code, item, legal basis, usual grade of a breach. Plain Python.

Shipped in `data/`, one CSV a trade; the office downloads one, changes it in a spreadsheet and uploads it again.
Sources: 安全生产法 (2021), 消防法 (2021), 矿山安全法 (2009), 危险化学品安全管理条例 (2013), 建设工程安全生产管理条例 (2003),
烟花爆竹安全管理条例 (2016), each clause named in its row.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from safemonth.lib.containers.text import decode_text
from safemonth.lib.refusals import Refused, gettext_noop

COLUMNS = ("code", "item_zh", "item_en", "basis_zh", "basis_en", "grade")
GRADES = ("ordinary", "major")
# A phone shows all items on one page, and an inspector stands while filling it in.
MOST_ITEMS = 60
LONGEST_ITEM, LONGEST_BASIS = 120, 160
_CODE = re.compile(r"[a-z][a-z0-9_]{0,19}")


@dataclass(frozen=True)
class Item:
    """One thing to check: `code` is its name in the form; `grade` is what a breach of it usually is."""

    code: str
    item_zh: str
    item_en: str
    basis_zh: str
    basis_en: str
    grade: str


@dataclass(frozen=True)
class Checklist:
    """A trade's checklist: the trade's code, the form's id, its titles, and its items in order."""

    trade: str
    form_id: str
    title_zh: str
    title_en: str
    items: tuple[Item, ...]


def read_items(data: bytes) -> tuple[Item, ...]:
    """Return the items of a table (CSV with the COLUMNS, any order of columns, in UTF-8 or GB 18030).

    English may be empty and is then the Chinese; an empty grade is ordinary. Raises Refused `table_columns`,
    `table_row` (with its row as a spreadsheet counts) and `table_size`.
    """
    text, _ = decode_text(data)
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    missing = [name for name in ("code", "item_zh", "basis_zh") if not rows or name not in rows[0]]
    if missing:
        raise Refused(
            "table_columns",
            gettext_noop("The table needs rows, and the columns %(names)s."),
            names=", ".join(COLUMNS),
        )
    items: list[Item] = []
    for number, row in enumerate(rows, start=2):
        said = {name: _plain(row.get(name) or "") for name in COLUMNS}
        if not any(said.values()):
            continue
        said["grade"] = said["grade"] or "ordinary"
        fault = _fault(said, {item.code for item in items})
        if fault:
            raise Refused(
                "table_row",
                gettext_noop("Row %(row)s of the table, column “%(column)s”, cannot be read: %(text)s"),
                row=number,
                column=fault,
                text=said[fault][:60],
            )
        items.append(
            Item(
                **{
                    **said,
                    "item_en": said["item_en"] or said["item_zh"],
                    "basis_en": said["basis_en"] or said["basis_zh"],
                }
            )
        )
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Refused("table_size", gettext_noop("A checklist has from 1 to %(most)s items."), most=MOST_ITEMS)
    return tuple(items)


def write_items(items: Sequence[Item]) -> bytes:
    """Return items as the CSV that `read_items` reads, with a mark by which Excel knows that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(item, name) for name in COLUMNS] for item in items)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


@cache
def shipped_checklists() -> tuple[Checklist, ...]:
    """Return the checklists that come with the office, in the order of `data/tables.csv`."""
    data = files(__package__).joinpath("data")
    with data.joinpath("tables.csv").open(encoding="utf-8") as lines:
        return tuple(
            Checklist(
                trade=row["trade"],
                form_id=row["form_id"],
                title_zh=row["title_zh"],
                title_en=row["title_en"],
                items=read_items(data.joinpath(f"{row['trade']}.csv").read_bytes()),
            )
            for row in csv.DictReader(lines)
        )


def _fault(said: dict[str, str], taken: set[str]) -> str:
    """The column that is wrong, empty where none is."""
    if not _CODE.fullmatch(said["code"]) or said["code"] in taken:
        return "code"
    for name in ("item_zh", "basis_zh", "item_en", "basis_en"):
        longest = LONGEST_ITEM if name.startswith("item") else LONGEST_BASIS
        if len(said[name]) > longest * (1 if name.endswith("zh") else 2) or (name.endswith("zh") and not said[name]):
            return name
    return "" if said["grade"] in GRADES else "grade"


def _plain(text: str) -> str:
    """A cell in one line, without the sign that parts cells in a form's own table."""
    return " ".join(text.replace("|", "／").split())
