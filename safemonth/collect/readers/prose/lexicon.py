"""The words and frames by which a number is known for what it counts; a clerk can add to them."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from safemonth.collect.readers.prose.english_forms import all_forms
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused, gettext_noop

KINDS = ("noun", "verb", "ending", "stop")


@dataclass(frozen=True)
class Word:
    """A word of the lexicon: its class as a noun, as a verb (either may be ""), and how it behaves.

    `is_weak` verbs (组织, held) decide only where no other verb does. A `is_background` word makes a number
    a background statistic. `is_stop` nouns (步骤, steps) are never counted as results.
    """

    text: str
    noun: str = ""
    verb: str = ""
    is_weak: bool = False
    is_background: bool = False
    is_stop: bool = False


@dataclass(frozen=True)
class Frame:
    """One row of the decision table: noun class, verb class, measure words and context give an indicator.

    "*" fits anything. `context` is "", "publicity", "inspection", "online" or "after:INDICATOR" (the figure
    before this one in the sentence). `indicator` "" says that such a number is no figure.
    """

    noun: str
    verb: str
    measure: str
    context: str
    indicator: str


@dataclass(frozen=True)
class Vocabulary:
    """What the reader of one language knows.

    `words` is by text (English in lower case); `endings` maps the last sign of an unknown noun to a class;
    `frames` is read from top to bottom; `measures` maps a group (@people) to its measure words. `longest` is
    the length of the longest word.
    """

    words: Mapping[str, Word]
    endings: Mapping[str, str]
    frames: tuple[Frame, ...]
    measures: Mapping[str, frozenset[str]]
    longest: int = 0
    frames_by_noun: Mapping[str, tuple[Frame, ...]] = field(default_factory=dict)
    people_frames: tuple[Frame, ...] = ()

    def allows(self, group: str, unit_word: str) -> bool:
        """Say whether a measure word belongs to a frame's group ("*" is every word, money apart)."""
        if group == "*":
            return unit_word != "元"
        return unit_word in self.measures.get(group, frozenset((group,)))


@dataclass(frozen=True)
class Lexicon:
    """The vocabularies of both languages."""

    chinese: Vocabulary
    english: Vocabulary


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Return the shipped lexicon, with the words of a clerk's file added where one is given.

    `extra` is a UTF-8 CSV with the columns kind, class, words, note: kind is noun, verb, ending or stop;
    class is a class of the shipped lexicon or the code of an indicator (the noun then counts that
    indicator); words are separated by "|". Words with a Chinese sign go to Chinese, all others to English.
    A word that is there already gets the new class. Raises `Refused` with the line where a row is wrong.
    """
    shipped = _shipped()
    if extra is None:
        return shipped
    rows = _rows(_text_of(extra))
    for number, row in enumerate(rows, start=2):
        _check(row, number, extra, shipped)
    chinese, english = _split_languages(rows)
    return Lexicon(_extended(shipped.chinese, chinese), _extended(shipped.english, english))


@cache
def _shipped() -> Lexicon:
    return Lexicon(_load("zh"), _load("en"))


def _load(lang: str) -> Vocabulary:
    here = files("safemonth.collect.readers.prose")
    frames = tuple(
        Frame(row["noun"], row["verb"], row["measure"], row["context"], row["indicator"])
        for row in _rows(here.joinpath(f"frames.{lang}.csv").read_text(encoding="utf-8"))
    )
    measures: dict[str, frozenset[str]] = {}
    if lang == "zh":
        measures = {
            row["group"]: frozenset(row["words"].split())
            for row in _rows(here.joinpath("measures.zh.csv").read_text(encoding="utf-8"))
        }
    rows = _rows(here.joinpath(f"lexicon.{lang}.csv").read_text(encoding="utf-8"))
    return _extended(Vocabulary({}, {}, frames, measures), rows)


def _extended(vocabulary: Vocabulary, rows: Iterable[Mapping[str, str]]) -> Vocabulary:
    """Return the vocabulary with the rows' words added."""
    words, endings, frames = dict(vocabulary.words), dict(vocabulary.endings), list(vocabulary.frames)
    known = {frame.noun for frame in frames}
    for row in rows:
        kind, word_class, note = row["kind"], row["class"], row.get("note") or ""
        if kind == "noun" and word_class in load_indicators() and word_class not in known:
            frames.insert(0, Frame(word_class, "*", "*", "", word_class))
            known.add(word_class)
        for text in filter(None, (word.strip().lower() for word in row["words"].split("|"))):
            if kind == "ending":
                endings[text] = word_class
                continue
            for form in all_forms(kind, text) if text.isascii() and note != "plan" else (text,):
                old = words.get(form, Word(form))
                words[form] = Word(
                    form,
                    noun=word_class if kind == "noun" else old.noun,
                    verb=word_class if kind == "verb" else old.verb,
                    is_weak=old.is_weak or "weak" in note,
                    is_background=old.is_background or "background" in note,
                    is_stop=kind == "stop" or (old.is_stop and kind != "noun"),
                )
    by_noun: dict[str, list[Frame]] = {}
    for frame in frames:
        by_noun.setdefault(frame.noun, []).append(frame)
    return Vocabulary(
        words=words,
        endings=endings,
        frames=tuple(frames),
        measures=vocabulary.measures,
        longest=max(map(len, words), default=0),
        frames_by_noun={noun: tuple(rows) for noun, rows in by_noun.items()},
        people_frames=tuple(frame for frame in frames if frame.measure in ("@people", "*")),
    )


def _split_languages(rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    chinese: list[dict[str, str]] = []
    english: list[dict[str, str]] = []
    for row in rows:
        words = row["words"].split("|")
        for target, chosen in (
            (chinese, [word for word in words if any("㐀" <= sign <= "鿿" for sign in word)]),
            (english, [word for word in words if not any("㐀" <= sign <= "鿿" for sign in word)]),
        ):
            if chosen:
                target.append({**row, "words": "|".join(chosen)})
    return chinese, english


def _rows(text: str) -> list[dict[str, str]]:
    return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(StringIO(text))]


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            "lexicon_unreadable",
            gettext_noop("The word list %(path)s cannot be read (%(error)s). Save it as CSV in UTF-8."),
            path=str(path),
            error=str(error),
        ) from error


def _check(row: Mapping[str, str], number: int, path: Path, shipped: Lexicon) -> None:
    missing = [column for column in ("kind", "class", "words") if column not in row]
    known = {frame.noun for frame in (*shipped.chinese.frames, *shipped.english.frames)}
    known |= {frame.verb for frame in (*shipped.chinese.frames, *shipped.english.frames)} | set(load_indicators())
    wrong = (
        ", ".join(missing)
        if missing
        else row["kind"]
        if row["kind"] not in KINDS
        else row["class"]
        if row["kind"] != "stop" and row["class"] not in known - {"*"}
        else "words"
        if not row["words"].strip("| ")
        else ""
    )
    if wrong:
        raise Refused(
            "lexicon_row_wrong",
            gettext_noop(
                "Line %(line)s of the word list %(path)s is wrong at “%(wrong)s”. A row needs a kind (noun, verb, "
                "ending, stop), a known class or indicator code, and words separated by |."
            ),
            line=number,
            path=str(path),
            wrong=wrong,
        )
