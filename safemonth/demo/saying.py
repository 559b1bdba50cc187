"""A count as it is written in Chinese letters and sheets: 2000余份, 约300, 1.2万, 三百二十, １２０."""

from collections.abc import Callable, Mapping
from typing import Literal

from safemonth.demo.truth import Said
from safemonth.lib.indicators import load_indicators

Style = Literal["digits", "comma", "wide", "wan", "chinese"]

DIGITS = "零一二三四五六七八九"
# The measure words that letters use where the indicator's first one reads oddly or counts otherwise.
USUAL_WORDS = {"people_in_drills": "人", "publicity_columns": "块", "hazards_found": "处", "hazards_rectified": "处"}


def word_of(indicator: str, said: Said) -> str:
    """Return the measure word that goes with a count: its own, or the indicator's usual one."""
    usual = USUAL_WORDS.get(indicator) or load_indicators()[indicator].measure_words[0]
    return said.word or usual


def say_number(said: Said, style: Style = "digits") -> str:
    """Return the number with its qualifier and without measure word: `2000余`, `约800`, `近1000`.

    `wan` is for values that have at most one decimal in 万 (12,000 is `1.2万`); raises ValueError where
    another value would have to be rounded.
    """
    written: Mapping[Style, Callable[[int], str]] = {
        "digits": str,
        "comma": lambda value: f"{value:,}",
        "wide": lambda value: str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        "wan": _in_wan,
        "chinese": in_chinese,
    }
    number = written[style](said.value)
    before = {"about": "约", "nearly": "近"}.get(said.qualifier, "")
    return f"{before}{number}{'余' if said.qualifier == 'more_than' else ''}"


def say(indicator: str, said: Said, style: Style = "digits") -> str:
    """Return the count with its measure word: `2000余份`."""
    return say_number(said, style) + word_of(indicator, said)


def _in_wan(value: int) -> str:
    if value % 1000:
        raise ValueError(f"{value} is not a whole number of thousands")
    return f"{value / 10_000:g}万"


def in_chinese(value: int) -> str:
    """Return a whole number from 0 to 99,999 in Chinese numerals, as a letter writes it (十二, 一百零五, 三万二千)."""
    if not 0 <= value < 100_000:
        raise ValueError(f"{value} is outside 0 to 99,999")
    if value == 0:
        return DIGITS[0]
    text, gap = "", False
    for unit, sign in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + sign
        gap = not digit
    return text.removeprefix("一") if 10 <= value < 20 else text
