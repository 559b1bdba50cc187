"""Words of lists as the register's codes: headings, trades, sizes, classes of risk, positions. Words are shipped data."""

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_IN_BRACKETS: Final = re.compile(r"[（(【\[].*?[）)】\]]")
_MARKS: Final = re.compile(r"[\s*·:：、,，.。_\-/\\（）()【】\[\]]+")
SIZES: Final = {"大": "large", "中": "medium", "小": "small", "微": "micro"}
_SIZES_EN: Final = {"large": "large", "medium": "medium", "small": "small", "micro": "micro"}
# The four classes by colour (the State Council committee office's opinion of 2016 on double prevention), by how they are
# called there, by grade and by letter; the first that fits.
_RISKS: Final = (
    (r"红|重大|\bred\b|major|^(?:1|一|ⅰ|i|a)(?:级|类|grade)?$", "red"),
    (r"橙|较大|orange|^(?:2|二|ⅱ|ii|b)(?:级|类)?$", "orange"),
    (r"黄|一般|yellow|^(?:3|三|ⅲ|iii|c)(?:级|类)?$", "yellow"),
    (r"蓝|低|blue|^(?:4|四|ⅳ|iv|d)(?:级|类)?$", "blue"),
)
_DEGREES: Final = re.compile(
    r"(-?\d+(?:\.\d+)?)(?:[°度]\s*(?:(\d+(?:\.\d+)?)\s*['’分])?\s*(?:(\d+(?:\.\d+)?)\s*[\"”秒])?)?"
)


def plain_heading(text: str) -> str:
    """Return a heading as headings are compared: without what stands in brackets, without marks, small letters."""
    return _MARKS.sub("", _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", text))).casefold()


def _shipped(name: str) -> list[dict[str, str]]:
    path = files("safemonth").joinpath(f"collect/inspection/workplaces/data/{name}")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def _headings() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in _shipped("columns.csv"):
        for each in (*row["headings_zh"].split(), *row["headings_en"].split("|")):
            known.setdefault(plain_heading(each), row["field"])
    return known


def field_of_heading(text: str) -> str:
    """Return which field of the register a heading names, "" for none: as shipped, else by the longest word in it."""
    plain = plain_heading(text)
    known = _headings()
    if plain in known:
        return known[plain]
    # 企业 alone names a workplace, but 企业数 does not.
    within = [
        word
        for word, field in known.items()
        if len(word) >= (5 if word.isascii() else 3 if field == "name" else 2) and word in plain
    ]
    return known[max(within, key=len)] if within and len(plain) <= 24 else ""


@cache
def _trade_words() -> list[tuple[str, str]]:
    words = [(word, row["trade"]) for row in _shipped("trade_words.csv") for word in row["words"].split()]
    return sorted(words, key=lambda each: -len(each[0]))


@lru_cache(maxsize=10_000)
def trade_of(text: str) -> str:
    """Return the trade that a text names (its code, or its longest known word), "" where it names none."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    codes = {trade for _, trade in _trade_words()}
    if plain.replace(" ", "_") in codes:
        return plain.replace(" ", "_")
    return next((trade for word, trade in _trade_words() if word in plain), "")


def size_of(text: str) -> str:
    """Return the size that a text names (大型, 规上 is none), "" where it names none."""
    plain = text.strip().casefold()
    for word, size in _SIZES_EN.items():
        if word in plain:
            return size
    return next((size for sign, size in SIZES.items() if plain.startswith(sign)), "")


def risk_of(text: str) -> str:
    """Return the class of risk that a text names by colour, name, grade or letter; "" where it names none."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return next((risk for pattern, risk in _RISKS if plain and re.search(pattern, plain)), "")


def degrees_of(text: str) -> list[float]:
    """Return the degrees in a text in order: decimal (115.49), or degrees, minutes and seconds (39°20′15″)."""
    plain = unicodedata.normalize("NFKC", text.replace("″", '"').replace("′", "'"))
    found = []
    for whole, minutes, seconds in _DEGREES.findall(plain):
        value = float(whole)
        part = float(minutes or 0) / 60 + float(seconds or 0) / 3600
        found.append(round(value - part if value < 0 else value + part, 5))
    return found
