"""A score sheet as a table that the office edits: rows in, items out, and back. Plain Python: no Django, no clock."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from typing import Final

from safemonth.appraisal.sheets.rules import WAYS, Item, check_items
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.lib.tables import read_table

# The columns with the headings by which each is known.
COLUMNS: Final = {
    "code": ("code", "代码"),
    "title": ("title", "考核项目", "项目"),
    "title_en": ("title_en", "英文名称"),
    "weight": ("weight", "分值", "权重"),
    "way": ("way", "计分方式"),
    "tasks": ("tasks", "任务"),
    "indicator": ("indicator", "指标"),
    "kinds": ("kinds", "适用单位"),
    "full_at": ("full_at", "满分线"),
    "none_at": ("none_at", "零分线"),
}
_NEEDED: Final = ("code", "title", "weight", "way")
_WAYS_BY_NAME: Final = {way.name_zh: way.code for way in WAYS.values()}
_KINDS_BY_NAME: Final = {
    "乡镇": "township",
    "村": "village",
    "部门": "department",
    "媒体": "media",
    "通信企业": "carrier",
    "学校": "school",
    "医院": "hospital",
    "企业": "enterprise",
    "其他场所": "premises",
    "县": "county",
}


def founding_items() -> list[Item]:
    """Return the sheet that Safemonth comes with, for the founding case; an office makes it its own."""
    data = files("safemonth.appraisal.sheets").joinpath("data/founding.csv").read_bytes()
    return read_items(read_table(data, file_name="founding.csv"))


def read_items(rows: Sequence[Sequence[str]]) -> list[Item]:
    """Return the items of a table whose first filled row is its headings (Chinese or English), checked as a sheet.

    Raises Refused `column_missing`, `not_a_number` with the row, and as `check_items` does.
    """
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise Refused("sheet_empty", gettext_noop("The sheet has no items."))
    places = _places(filled[0][1])
    items = [_item(row, places, number) for number, row in filled[1:]]
    check_items(items)
    return items


def as_rows(items: Iterable[Item]) -> list[list[str]]:
    """Return a sheet as rows with headings, which `read_items` reads again to the same items."""
    return [list(COLUMNS)] + [
        [
            item.code,
            item.title,
            item.title_en,
            plain(item.weight),
            item.way,
            "+".join(item.tasks),
            item.indicator,
            "+".join(item.kinds),
            plain(item.full_at),
            plain(item.none_at),
        ]
        for item in items
    ]


def plain(value: Decimal) -> str:
    """Return a number without noughts at its end ("12.50" is "12.5")."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _places(headings: Sequence[str]) -> dict[str, int]:
    said = [heading.strip().lower() for heading in headings]
    places = {
        column: next((said.index(name) for name in names if name in said), -1) for column, names in COLUMNS.items()
    }
    missing = [COLUMNS[column][1] for column in _NEEDED if places[column] < 0]
    if missing:
        raise Refused(
            "column_missing",
            gettext_noop("The sheet lacks the column %(columns)s. The headings are: %(all)s"),
            columns=", ".join(missing),
            all=", ".join(f"{names[1]} ({names[0]})" for names in COLUMNS.values()),
        )
    return {column: place for column, place in places.items() if place >= 0}


def _item(row: Sequence[str], places: dict[str, int], number: int) -> Item:
    def cell(column: str) -> str:
        place = places.get(column)
        return row[place].strip() if place is not None and place < len(row) else ""

    way_said = cell("way")
    way = _WAYS_BY_NAME.get(way_said, way_said)
    known = WAYS.get(way)
    return Item(
        code=cell("code")[:40],
        title=cell("title")[:160],
        title_en=cell("title_en")[:200],
        weight=_number(cell("weight"), Decimal(0), number),
        way=way[:40],
        tasks=_several(cell("tasks")),
        indicator=cell("indicator")[:60],
        kinds=tuple(_KINDS_BY_NAME.get(kind, kind) for kind in _several(cell("kinds"))),
        full_at=_number(cell("full_at"), known.full_at if known else Decimal(100), number),
        none_at=_number(cell("none_at"), known.none_at if known else Decimal(0), number),
    )


def _several(text: str) -> tuple[str, ...]:
    for mark in "、，,;；/ ":
        text = text.replace(mark, "+")
    return tuple(part for part in text.split("+") if part)


def _number(text: str, default: Decimal, row: int) -> Decimal:
    if not text:
        return default
    try:
        value = Decimal(text.rstrip("%％"))
        if not value.is_finite() or abs(value) > 1000 or value != value.quantize(Decimal("0.01")):
            raise InvalidOperation
    except InvalidOperation as error:
        raise Refused(
            "not_a_number",
            gettext_noop("Row %(row)s: “%(text)s” is not a number of at most two decimals, up to 1000."),
            row=row,
            text=text[:40],
        ) from error
    return value
