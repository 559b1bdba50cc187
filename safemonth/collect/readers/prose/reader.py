"""Prose in, figures out: chooses the language and reads."""

from safemonth.collect.readers.prose.chinese import read_chinese
from safemonth.collect.readers.prose.english import read_english
from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.collect.readers.prose.lexicon import Lexicon, load_lexicon


def language_of(text: str) -> str:
    """Return "zh" where at least one letter in five is a Chinese sign, else "en"."""
    chinese = sum("㐀" <= sign <= "鿿" for sign in text)
    letters = sum(sign.isalpha() for sign in text)
    return "zh" if chinese * 5 >= letters and chinese else "en"


def read_figures(text: str, lang: str | None = None, lexicon: Lexicon | None = None) -> list[ProseFigure]:
    """Return the figures that a passage or letter reports, in the order of the text.

    `lang` is "zh" or "en"; None finds it out. `lexicon` is the shipped one unless one is given
    (`load_lexicon` adds a clerk's words). [] means that the text reports no result (plans, notices).
    Spans do not overlap and count code points of `text`. Never raises on any text.
    """
    words = lexicon or load_lexicon()
    if (lang or language_of(text)) == "zh":
        return read_chinese(text, words.chinese)
    return read_english(text, words.english)
