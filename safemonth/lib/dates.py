"""Dates as people write them in Chinese and English sheets and letters: 6月16日, 2026.6.10-12, 6月上旬, 16 June."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from safemonth.lib.numerals import chinese_value

# Excel counts days from here (its day 60, 29 February 1900, never was: serials of our years are not touched by it).
EXCEL_EPOCH = date(1899, 12, 30)
# Serials of 2000-01-01 to 2099-12-31: no other number of a date column is as large and yet five digits long.
EXCEL_SERIALS = range(36_526, 73_051)
YEARS = range(2000, 2100)
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    **{name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name},
    "sept": 9,
}
PARTS_OF_MONTH = {
    **dict.fromkeys(("上旬", "初"), (1, 10)),
    "中旬": (11, 20),
    **dict.fromkeys(("下旬", "底", "末"), (21, 31)),
    "上半月": (1, 15),
    "下半月": (16, 31),
}


@dataclass(frozen=True)
class DateSpan:
    """One day or several, both ends included.

    `is_exact` is false where the text is vaguer than a day or names single days (6月上旬, 6月, 6月10、12日).
    `year_said` is false where the year was taken from the default. `is_ambiguous`: day and month could be
    changed (06/07/2026); then the likelier order is given.
    """

    from_on: date
    to_on: date
    is_exact: bool = True
    year_said: bool = True
    is_ambiguous: bool = False


@dataclass(frozen=True)
class _Parts:
    year: int | None
    month: int | None
    day: int | None
    days: tuple[int, int] | None = None
    ambiguous: bool = False
    end: int = 0


_month_name = "|".join(sorted((name for name in MONTHS), key=len, reverse=True))
_zh = re.compile(
    r"(?:(?P<y>\d{4}|\d{2})年度?\s*)?(?P<m>\d{1,2})月份?\s*"
    r"(?:(?P<d>\d{1,2})(?!\d)\s*[日号]?|(?P<part>上旬|中旬|下旬|上半月|下半月|初|底|末))?"
)
_ymd = re.compile(r"(?P<y>\d{4})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})(?!\d)")
_compact = re.compile(r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_three = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ym = re.compile(r"(?P<y>20\d\d)\s*[-./年]\s*(?P<m>0?[1-9]|1[0-2])(?![\d.])月?")
_md = re.compile(r"(?P<m>\d{1,2})([-./])(?P<d>\d{1,2})(?!\d)")
_day_month = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:-|–|to|and|&)\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)?"
    rf"[\s-]+(?:of\s+)?(?P<mon>{_month_name})\.?(?:[\s,-]+(?P<y>\d{{4}}))?",
    re.IGNORECASE,
)
_month_day = re.compile(
    rf"(?P<mon>{_month_name})\.?\s*(?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?"
    rf"(?:\s*(?:-|–|to|and|&)\s*(?P<d2>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?)?(?:,?\s*(?P<y>\d{{4}}))?",
    re.IGNORECASE,
)
_month_year = re.compile(rf"(?P<mon>{_month_name})\.?(?:[\s,-]+(?P<y>\d{{4}}))?(?!\w)", re.IGNORECASE)
_join = re.compile(r"\s*(?:-{1,2}|—{1,2}|–|~|至|到|to|until|、|,|and)\s*", re.IGNORECASE)
_tail = re.compile(
    r"\s*(?:\(?(?:周|星期|礼拜)[一二三四五六日天]\)?|上午|下午|晚上?|全天|全月|整月|期间|止|T?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
    r"(?:\s*[-~至]\s*\d{1,2}:\d{2})?|\(?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\)?|am|pm|起)\s*",
    re.IGNORECASE,
)
_zh_numeral = re.compile(r"[〇零○一二三四五六七八九十]+(?=\s*[年月日号])")
_signs = re.compile(r"[\d月]|" + _month_name, re.IGNORECASE)


def date_of_serial(serial: int | float) -> date | None:
    """Return the day of an Excel serial number; None outside 2000 to 2099, where it is no date of ours."""
    return EXCEL_EPOCH + timedelta(days=int(serial)) if int(serial) in EXCEL_SERIALS else None


def read_dates(text: str, *, default_year: int | None = None, default_month: int | None = None) -> DateSpan | None:
    """Return the day or days that the whole text says, None where it says anything else.

    Without a year in the text `default_year` is taken (None: then there is no date). `default_month` (1 to 12)
    settles which of two numbers is the month. Two-digit years are 2000 and later. Days that do not exist
    (31 June) give None; the vague end of a month is cut to its length.
    """
    plain = _plain(text)
    found = _read(plain, 0, default_year, default_month)
    return found[0] if found is not None and _rest_is_tail(plain, found[1]) else None


def find_dates(text: str, *, default_year: int | None = None, default_month: int | None = None) -> DateSpan | None:
    """Return the first day or days said anywhere in a running text, None where there is none."""
    plain = _plain(text)
    for match in _signs.finditer(plain):
        if match.start() and (plain[match.start() - 1].isdecimal() or plain[match.start() - 1] == "."):
            continue
        found = _read(plain, match.start(), default_year, default_month)
        if found is not None:
            return found[0]
    return None


def find_year(text: str) -> int | None:
    """Return the year (2000 to 2099) that a text names as 2026年, 2026-06, June 2026; None: none or several."""
    found = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)(?=\s*(?:年|[-./]\d|\b))", _plain(text))}
    return found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    half = unicodedata.normalize("NFKC", text).strip()
    return _zh_numeral.sub(lambda match: _year_or_number(match.group()), half)


def _year_or_number(signs: str) -> str:
    value = chinese_value(signs.replace("○", "〇"))
    return signs if value is None else str(value)


def _rest_is_tail(text: str, at: int) -> bool:
    while at < len(text):
        match = _tail.match(text, at)
        if match is None or match.end() == at:
            return False
        at = match.end()
    return True


def _read(text: str, at: int, year: int | None, month: int | None) -> tuple[DateSpan, int] | None:
    first = _one(text, at, year, month)
    if first is None:
        return None
    said = first.year is not None
    base = first.year if said else year
    if base is None or first.month is None or base not in YEARS:
        return None
    start = _days(base, first.month, first)
    if start is None:
        return None
    end = first.end
    while tail := _tail.match(text, end):
        if tail.end() == end:
            break
        end = tail.end()
    is_exact = first.days is None and first.day is not None
    join = _join.match(text, end)
    second = _second(text, join.end(), first, base, month) if join else None
    if join is None or second is None:
        return DateSpan(start[0], start[1], is_exact, said, first.ambiguous), first.end
    stop = _days(second.year or base, second.month or first.month, second)
    if stop is None or stop[1] < start[0]:
        return None
    is_list = join.group().strip() in ("、", ",", "and")
    return DateSpan(start[0], stop[1], is_exact and not is_list, said, first.ambiguous or second.ambiguous), second.end


def _second(text: str, at: int, first: _Parts, year: int, month: int | None) -> _Parts | None:
    """Return the other end of a span: a full date, one without year, or a day alone (6月10-12日)."""
    whole = _one(text, at, year, month)
    if whole is not None:
        return whole
    match = re.compile(r"(\d{1,2})(?!\d)\s*[日号]?").match(text, at)
    if match is None or first.day is None:
        part = re.compile("上旬|中旬|下旬").match(text, at)
        return _Parts(None, None, None, PARTS_OF_MONTH[part.group()], end=part.end()) if part else None
    return _Parts(None, None, int(match.group(1)), end=match.end())


def _one(text: str, at: int, year: int | None, month: int | None) -> _Parts | None:
    if match := _ymd.match(text, at):
        return _Parts(int(match["y"]), int(match["m"]), int(match["d"]), end=match.end())
    if match := _compact.match(text, at):
        return _Parts(int(match["y"]), int(match["m"]), int(match["d"]), end=match.end())
    if match := _zh.match(text, at):
        said = None if match["y"] is None else int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
        days = PARTS_OF_MONTH[match["part"]] if match["part"] else None if match["d"] else (1, 31)
        return _Parts(said, int(match["m"]), int(match["d"]) if match["d"] else None, days, end=match.end())
    for pattern in (_day_month, _month_day):
        if match := pattern.match(text, at):
            day, last = int(match["d"]), match["d2"]
            return _Parts(
                int(match["y"]) if match["y"] else None,
                MONTHS[match["mon"].casefold()],
                day,
                (day, int(last)) if last else None,
                end=match.end(),
            )
    if match := _month_year.match(text, at):
        said = int(match["y"]) if match["y"] else None
        return _Parts(said, MONTHS[match["mon"].casefold()], None, (1, 31), end=match.end())
    if match := _three.match(text, at):
        return _three_numbers(match, year, month)
    if match := _ym.match(text, at):
        return _Parts(int(match["y"]), int(match["m"]), None, (1, 31), end=match.end())
    if match := _md.match(text, at):
        one, two = int(match["m"]), int(match["d"])
        if one > 12 or (month is not None and two == month != one):
            return _Parts(None, two, one, ambiguous=one <= 12, end=match.end())
        return _Parts(None, one, two, end=match.end())
    return None


def _three_numbers(match: re.Match[str], year: int | None, month: int | None) -> _Parts | None:
    """Read 26.6.16, 16/6/2026, 6/16/26: the order that fits the known year and month, ambiguous where two fit."""
    one, two, last = int(match[1]), int(match[3]), int(match[4])
    orders = [(last if last > 99 else 2000 + last, two, one), (last if last > 99 else 2000 + last, one, two)]
    if last <= 31:
        orders.insert(0, (2000 + one, two, last))
    valid = [order for order in orders if _day_exists(*order)]
    wanted = [order for order in valid if order[0] == year] or valid
    wanted = [order for order in wanted if order[1] == month] or wanted
    if not wanted:
        return None
    return _Parts(*wanted[0], ambiguous=len(set(wanted)) > 1, end=match.end())


def _day_exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _days(year: int, month: int, parts: _Parts) -> tuple[date, date] | None:
    if year not in YEARS or not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    first, last = parts.days if parts.days is not None else (parts.day or 0, parts.day or 0)
    if parts.day is None:
        last = min(last, length)
    if not 1 <= first <= last <= length:
        return None
    return date(year, month, first), date(year, month, last)
