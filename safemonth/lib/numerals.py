"""Numbers as Chinese texts write them: 5000, 1,200, 三百二十, 3万1千, 4000余万, 十几, 三四十."""

import re
from dataclasses import dataclass
from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    **{digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "貳": 2,
    "陸": 6,
}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
UNITS = SMALL_UNITS | LARGE_UNITS
# 俩 and 仨 hold their measure word in them
CONTRACTED = {"俩": 2, "仨": 3}
# Longer runs of digits are account numbers or noise, never a count.
MAX_DIGITS = 15

_arabic = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_chinese = re.compile("[" + "".join([*DIGITS, *UNITS, "几", "数"]) + "]+")
_more = "余多来几"
_units = re.compile(r" ?([十百千万亿萬億]{1,2})")


@dataclass(frozen=True)
class Numeral:
    """A number without its measure word: its value, its span, and how the number itself blurs it.

    `more` is true for 余, 多, 几 inside or behind the number (value is then the lower end). `upper` is
    the other end of 三四十. `bare` is true for a unit alone (千, 万): a number only beside a qualifier.
    `vague` is true for 几百, 数十 (value is the lower end: 100, 10). `written` says with which signs.
    """

    value: int | Decimal
    start: int
    end: int
    more: bool = False
    upper: int | None = None
    bare: bool = False
    vague: bool = False
    written: str = "arabic"


def whole(value: Decimal) -> int | Decimal:
    """Return an integral Decimal as int, any other as it is."""
    return int(value) if value == value.to_integral_value() else value


def read_numeral(text: str, start: int) -> Numeral | None:
    """Return the number that begins at `start` of a text already made half-width, or None.

    The longest number is taken. Runs of more than 15 digits, and Chinese numerals that are no number
    (一一, 逐一 leave 一), give None; the caller goes on behind `numeral_run_end`.
    """
    if start >= len(text):
        return None
    if text[start].isdecimal() and text[start].isascii():
        return _read_arabic(text, start)
    if text[start] in CONTRACTED:
        return Numeral(CONTRACTED[text[start]], start, start + 1, written="chinese")
    return _read_chinese(text, start)


def numeral_run_end(text: str, start: int) -> int:
    """Return where the run of number signs at `start` ends (at least start + 1): what to skip if it is no number."""
    match = _arabic.match(text, start) or _chinese.match(text, start)
    return max(start + 1, match.end() if match else 0)


def _read_arabic(text: str, start: int) -> Numeral | None:
    match = _arabic.match(text, start)
    if match is None or len(match.group()) > MAX_DIGITS + 6:
        return None
    digits = match.group().replace(",", "")
    if len(digits.split(".")[0]) > MAX_DIGITS:
        return None
    value, end, more = Decimal(digits), match.end(), False
    if end < len(text) and text[end] in _more and _units.match(text, end + 1) and text[end + 1] != " ":
        more, end = True, end + 1
    last_unit = 0
    while units := _units.match(text, end):
        factor = 1
        for sign in units.group(1):
            factor *= UNITS[sign]
        if last_unit and factor >= last_unit:
            break
        end, value, last_unit = units.end(), value * factor, factor
        if more:
            break
        rest = re.compile(r"\d{1,4}(?![\d.])").match(text, end)  # 3万1千, 1万2000
        if rest is None:
            break
        following = _units.match(text, rest.end())
        part = int(rest.group())
        if following and following.group(1)[0] not in LARGE_UNITS:
            part *= UNITS[following.group(1)[0]]
            rest_end = following.start(1) + 1
        else:
            rest_end = rest.end()
        if part >= last_unit or (following is None and len(rest.group()) < 3):
            break
        value, end = value + part, rest_end
        break
    if end < len(text) and text[end] in "余多来" and not text.startswith("多次", end):
        more, end = True, end + 1
    return Numeral(whole(value), start, end, more=more)


def _read_chinese(text: str, start: int) -> Numeral | None:
    match = _chinese.match(text, start)
    if match is None or len(match.group()) > MAX_DIGITS:
        return None
    signs, end, more, vague = match.group(), match.end(), False, False
    if signs[0] in "几数":
        if len(signs) == 1 or signs[1] not in UNITS:
            return None
        signs, vague, more = "一" + signs[1:], True, True
    if signs[-1] in "几数":
        if len(signs) < 2 or signs[-1] == "数":
            return None
        signs, more = signs[:-1], True  # 十几, 二十几
    if "几" in signs or "数" in signs:
        return None
    if end < len(text) and text[end] in "余多来":
        more, end = True, end + 1
        tail = re.compile("[万亿]").match(text, end)
        if tail:  # 三百余万
            signs, end = signs + tail.group(), tail.end()
    bare = all(sign in UNITS for sign in signs) and signs[0] not in "十拾"
    if bare:
        signs = "一" + signs
    pair = _adjacent_pair(signs)
    if pair is not None:
        return Numeral(pair[0], start, end, more=more, upper=pair[1], written="chinese")
    value = chinese_value(signs)
    if value is None:
        return None
    return Numeral(value, start, end, more=more, bare=bare, vague=vague, written="chinese")


def _adjacent_pair(signs: str) -> tuple[int, int] | None:
    """Return both ends of 三四, 七八十, 五六百 (a digit, the next digit, units), or None."""
    if len(signs) < 2 or signs[0] not in DIGITS or signs[1] not in DIGITS:
        return None
    if DIGITS[signs[1]] != DIGITS[signs[0]] + 1 or DIGITS[signs[0]] == 0 or any(sign in DIGITS for sign in signs[2:]):
        return None
    lower, upper = chinese_value(signs[0] + signs[2:]), chinese_value(signs[1:])
    return (lower, upper) if lower is not None and upper is not None else None


def chinese_value(signs: str) -> int | None:
    """Return the value of a Chinese numeral (三百二十, 一万零五, 二〇一九), or None where it is none.

    Digits alone are read by position when there are at least two (二〇一九); 一一 and the like, where
    the digits are the same, are adverbs and give None.
    """
    if not signs:
        return None
    if all(sign in DIGITS for sign in signs):
        if len(signs) > 1 and (signs[0] == "两" or len(set(signs)) == 1):
            return None
        return int("".join(str(DIGITS[sign]) for sign in signs))
    total, section, digit, last_unit = 0, 0, None, 0
    for sign in signs:
        if sign in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[sign]
        elif sign in SMALL_UNITS:
            if digit is None and sign not in "十拾" and not section:
                return None
            section += (1 if digit in (None, 0) else digit) * SMALL_UNITS[sign]
            digit, last_unit = None, SMALL_UNITS[sign]
        else:
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * LARGE_UNITS[sign] if LARGE_UNITS[sign] > 10_000 else total + section * 10_000
            section, digit, last_unit = 0, None, LARGE_UNITS[sign]
    if digit and last_unit >= 100 and signs[-2] in UNITS:
        digit *= last_unit // 10  # 三百五 is 350, 一万二 is 12,000
    return total + section + (digit or 0)
