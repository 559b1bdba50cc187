"""Quantities of Chinese texts and cells: qualifier, number, multiplier, 余, measure word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from safemonth.lib.measure_words import MEASURE_WORD, Basis, basis_of
from safemonth.lib.numerals import Numeral, numeral_run_end, read_numeral

__all__ = ["Basis", "Qualifier", "Quantity", "basis_of", "find_chinese_quantities", "half_width", "read_quantity"]

Qualifier = Literal["exact", "more_than", "nearly", "about"]

PREFIXES: dict[str, Qualifier] = {
    **dict.fromkeys(
        ("大约有", "大约", "大概", "约计", "约有", "约为", "约达", "约", "近似", "about ", "around "), "about"
    ),
    **dict.fromkeys(("approximately ", "approx. ", "approx ", "~", "～", "≈", "some "), "about"),
    **dict.fromkeys(
        ("将近", "接近", "近有", "近", "不足", "不到", "差不多", "nearly ", "almost ", "close to "), "nearly"
    ),
    **dict.fromkeys(
        ("超过了", "超过", "突破", "多达上", "超", "逾", "至少", "不少于", "不低于", "不下于", "不下"), "more_than"
    ),
    **dict.fromkeys(("多于", "高于", "more than ", "over ", "at least ", "upwards of ", ">", "≥", "＞"), "more_than"),
    # only before a unit alone: 上千, 过百, 成千
    **dict.fromkeys(("上", "过", "成"), "more_than"),
}
BARE_ONLY = ("上", "过", "成")
# 签约20家, 附近3村, 线上千人: the sign before makes another word of 约, 近, 上, 超, 过.
NOT_A_QUALIFIER_AFTER = {
    "约": "签预节制履违公条合契特邀相解失",
    "近": "附最靠邻临就远亲贴新切走",
    "上": "线网街路会船车马岸以山之早晚身手桥场台县镇市省校乡村赶遇加挂贴",
    "超": "高赶",
    "过": "通经超不透",
    "成": "完建组形达变",
}
SUFFIXES: dict[str, Qualifier] = {
    **dict.fromkeys(("左右", "上下"), "about"),
    **dict.fromkeys(("以上", "之多", "之上"), "more_than"),
    "+": "more_than",
}
PRECEDENCE: tuple[Qualifier, ...] = ("about", "nearly", "more_than")
RANGE_JOIN = re.compile(r" ?(?:-|--|—|——|~|至|到|–) ?")
_spread = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Each sign becomes one sign, so that offsets stay.
_half_width = str.maketrans(
    _spread | {0x3000: " ", 0x00A0: " ", 0x2009: " ", 0x202F: " ", ord("﹣"): "-", ord("−"): "-"}
)
_prefix = re.compile("|".join(re.escape(word) for word in sorted(PREFIXES, key=len, reverse=True)), re.IGNORECASE)
_suffix = re.compile("|".join(re.escape(word) for word in SUFFIXES))
_cell_not_a_count = re.compile(
    r"0\d+(?:-\d+)?|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|1[3-9]\d{9}|(?:19|20)\d\d-(?:0?[1-9]|1[0-2])"
)
_number_sign = re.compile(r"[\d几数俩仨零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億]")


@dataclass(frozen=True)
class Quantity:
    """One quantity of a text: a number with what qualifies it and what it is counted in.

    `value` is int whenever it is whole, already multiplied (3.5万元 is 35000), the lower end of a range.
    `qualifier` follows the first that fits: about, nearly, more_than, exact. `unit_word` is the measure
    word as found ("" where there is none). `start`, `end` are code points [start, end) of qualifier to
    measure word, and `surface` is the text there. A range (200-300份, 三四十人) has `is_range` and `upper`.
    `number_start` is where the number itself begins. `is_vague` marks 数百, 几十 (the lower end is given).
    """

    value: int | Decimal
    qualifier: Qualifier
    unit_word: str
    start: int
    end: int
    surface: str
    upper: int | Decimal | None = None
    is_range: bool = False
    number_start: int = 0
    is_vague: bool = False


def half_width(text: str) -> str:
    """Return the text with full-width digits, letters, punctuation and spaces made half-width, sign for sign."""
    return text.translate(_half_width)


def read_quantity(text: str) -> Quantity | None:
    """Return the quantity of a cell, or None when the cell is not exactly one quantity.

    Reads "约300", "2万余", "１２０", "1,200份", "三百二十", "300多人次", "3 千", "-5", "200-300份", ">300".
    None for blank cells, words, two numbers, dates, percentages, telephone numbers and document numbers.
    Spans count in `text` as it was given.
    """
    plain = half_width(text)
    start = len(plain) - len(plain.lstrip())
    body = plain.rstrip()
    negative = body[start : start + 1] == "-" and body[start + 1 : start + 2].isdecimal()
    begin = start + 1 if negative else start
    if begin >= len(body) or _cell_not_a_count.fullmatch(body[begin:]):
        return None
    found = _quantity_at(text[: len(body)], body, begin, in_cell=True)
    if found is None or found.end != len(body) or found.is_vague:
        return None
    if negative:
        return Quantity(
            -found.value,
            found.qualifier,
            found.unit_word,
            start,
            found.end,
            text[start : found.end],
            number_start=begin,
        )
    return found


def find_chinese_quantities(text: str) -> list[Quantity]:
    """Return every number expression of a running text in order, without overlaps.

    Dates, ordinals, document numbers and percentages are numbers too and come with `unit_word` "":
    what a number is a number of is for the reader to decide. The time is linear in the text.
    """
    return list(iterate_quantities(text, half_width(text)))


def iterate_quantities(text: str, plain: str) -> Iterator[Quantity]:
    """Yield the quantities of `text`, of which `plain` is the half-width form (same length)."""
    position = 0
    while match := _number_sign.search(plain, position):
        at = match.start()
        start = _qualifier_start(plain, at, position)
        found = _quantity_at(text, plain, start)
        if found is None and start < at:
            found = _quantity_at(text, plain, at)
        if found is None:
            position = numeral_run_end(plain, at)
        else:
            yield found
            position = max(found.end, at + 1)


def _qualifier_start(plain: str, number_at: int, floor: int) -> int:
    """Return where the qualifiers that end at the number begin (the number's own place if there is none)."""
    start = number_at
    for _ in range(2):  # 大约近: two at most
        for length in (4, 3, 2, 1):
            word = plain[max(floor, start - length) : start]
            if len(word) == length and word in PREFIXES and not _is_other_word(plain, start - length, word):
                start -= length
                break
        else:
            break
    return start


def _is_other_word(plain: str, start: int, word: str) -> bool:
    return start > 0 and plain[start - 1] in NOT_A_QUALIFIER_AFTER.get(word, "")


def _quantity_at(text: str, plain: str, start: int, *, in_cell: bool = False) -> Quantity | None:
    """Return the quantity whose qualifier or number begins at `start`, or None."""
    marks: set[Qualifier] = set()
    position, bare_only = start, False
    for _ in range(2):
        prefix = _prefix.match(plain, position)
        if prefix is None:
            break
        marks.add(PREFIXES[prefix.group().lower()])
        bare_only = prefix.group() in BARE_ONLY
        position = prefix.end()
        while in_cell and plain[position : position + 1] == " ":
            position += 1
    numeral = read_numeral(plain, position)
    if numeral is None or (bare_only and not numeral.bare) or (numeral.bare and not (marks or numeral.more)):
        return None
    if plain[position] in "俩仨" and not in_cell:
        return None  # 他们俩 is no count of an activity
    end = numeral.end
    upper: int | Decimal | None = numeral.upper
    second = _range_end(plain, numeral)
    value = numeral.value
    if second is not None:
        upper, end = second.value, second.end
        value = _scaled_like(numeral, second)
    if numeral.more or upper is not None:
        marks.add("more_than")
    end, unit_word, scale, suffix = _measure_word(text, plain, end)
    marks |= suffix
    qualifier: Qualifier = next((mark for mark in PRECEDENCE if mark in marks), "exact")
    return Quantity(
        value=value * scale,
        qualifier=qualifier,
        unit_word=unit_word,
        start=start,
        end=end,
        surface=text[start:end],
        upper=None if upper is None else upper * scale,
        is_range=upper is not None,
        number_start=position,
        is_vague=numeral.vague,
    )


def _range_end(plain: str, first: Numeral) -> Numeral | None:
    """Return the second number of a range 200-300, 2万至3万, 2至3万, or None."""
    join = RANGE_JOIN.match(plain, first.end)
    if join is None or first.more or plain.startswith("0", first.start):
        return None
    second = read_numeral(plain, join.end())
    if second is None or second.bare or second.vague or second.written != first.written:
        return None
    return second if _scaled_like(first, second) < second.value else None


def _scaled_like(first: Numeral, second: Numeral) -> int | Decimal:
    """Return the first number of a range in the unit of the second: 2至3万 begins at 20,000."""
    if first.value < 100 and second.value >= 10_000 and first.end - first.start <= 4:
        return first.value * (10_000 if second.value < 100_000_000 else 100_000_000)
    return first.value


def _measure_word(text: str, plain: str, end: int) -> tuple[int, str, int, set[Qualifier]]:
    """Return the new end, the measure word as found, a factor (余万元), and the qualifiers behind the number."""
    marks: set[Qualifier] = set()
    behind = _suffix.match(plain, end)
    if behind:  # 300以上份 does not occur; 300+ does
        marks.add(SUFFIXES[behind.group()])
        end = behind.end()
    gap = 1 if plain[end : end + 1] == " " else 0
    word = MEASURE_WORD.match(plain, end + gap)
    if word is None:
        return end, "", 1, marks
    unit_word, end = text[word.start() : word.end()], word.end()
    after = re.compile(r"[余多](?![少种元])").match(plain, end)
    if (after and not marks and plain[end : end + 2] in ("余,", "余。", "余;", "余、")) or plain[end:] == "余":
        marks.add("more_than")  # 500份余
        end += 1
    behind = _suffix.match(plain, end)
    if behind and behind.group() != "+":
        marks.add(SUFFIXES[behind.group()])
        end = behind.end()
    return end, unit_word, 1, marks
