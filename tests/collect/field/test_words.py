"""What the field pages and their widget say has its Chinese, and nothing is translated that nobody says."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "frontend" / "src").glob("*.js"))
TEMPLATES = sorted((ROOT / "safemonth" / "collect" / "templates" / "collect").glob("field*.html"))
TEXT = r'"((?:[^"\\]|\\.)*)"'


def chinese() -> dict[str, str]:
    return dict(
        re.findall(rf"^\s+{TEXT}:\s+{TEXT},$", (ROOT / "frontend/src/chinese.js").read_text("utf-8"), re.MULTILINE)
    )


def code() -> str:
    return "".join(path.read_text("utf-8") for path in SOURCES if path.stem not in ("chinese", "widget_words"))


def said() -> set[str]:
    templates = "".join(path.read_text("utf-8") for path in TEMPLATES)
    return set(re.findall(rf"\bsay\(\s*{TEXT}", code())) | set(re.findall(r'data-say="([^"]+)"', templates))


def test_every_sentence_has_its_chinese():
    assert len(said()) > 40
    assert said() - chinese().keys() == set()


def test_nothing_is_translated_that_nobody_says():
    texts = set(re.findall(TEXT, code())) | said()
    assert chinese().keys() - texts == set()


def test_places_stand_in_both_languages():
    place = re.compile(r"\{\w+\}")
    assert {
        english for english, words in chinese().items() if set(place.findall(english)) != set(place.findall(words))
    } == set()


def test_the_pages_ask_no_other_host():
    assert re.findall(r"https?://[^\s\"'`]+", code()) == []
