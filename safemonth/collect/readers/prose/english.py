"""The English reader: numbers, the noun that each counts, and the verb of its clause."""

import re
from dataclasses import dataclass
from decimal import Decimal

from safemonth.collect.readers.prose.figure import ProseFigure, doubts_of
from safemonth.collect.readers.prose.lexicon import Frame, Vocabulary, Word
from safemonth.collect.readers.reading import Qualifier
from safemonth.lib.measure_words import Basis

UNITS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12},
}
SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_word = "|".join(sorted(UNITS, key=len, reverse=True))
_scale = r"(?:hundred|thousand|million|billion|dozen)"
NUMBER = re.compile(
    rf"(?<![\w.,$€£#/-])(?P<digits>\d{{1,3}}(?:[,  ]\d{{3}})+(?!\d)|\d+(?:\.\d+)?)(?P<scale>[  -]{_scale}\b|k\b)?"
    rf"|(?<![\w-])(?P<words>(?:{_word})(?:-(?:{_word}))?)(?P<wscale>[  -]{_scale}\b)?(?![\w-])"
    rf"|(?<![\w-])(?P<a>a|an|half a)[  ](?P<ascale>hundred|thousand|million|billion|dozen)\b",
    re.IGNORECASE,
)
QUALIFIERS: tuple[tuple[str, Qualifier], ...] = (
    (r"approximately|about|around|roughly|an estimated|estimated|some|approx\.?|close to about", "about"),
    (r"nearly|almost|close to|just under|just short of|up to", "nearly"),
    (
        r"more than|over|at least|upwards of|in excess of|greater than|well over|just over|no fewer than|no less than",
        "more_than",
    ),
)
_qualifier = re.compile("(?:" + "|".join(f"({words})" for words, _ in QUALIFIERS) + r")\s+(?:an? )?$", re.IGNORECASE)
_month = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_not_after = re.compile(
    rf"^(?:\s*(?:%|percent|per cent|a\.?m\b|p\.?m\b|st\b|nd\b|rd\b|th\b|°|:\d|/\d|-\d)|\s*(?:{_month})\b"
    r"|[\s-]*(?:to|-|–)\s*\d|[\s-]*(?:year|month|week|day|hour|minute|second)s?(?:-|\s+old\b|\b))",
    re.IGNORECASE,
)
_not_before = re.compile(
    rf"(?:\b(?:{_month})\.?\s+|\b(?:No\.?|Number|Section|Part|Article|Act|Chapter|Route|Highway|Level|Phase|Grade|age|aged|Proclamation|every|each|all|past|last|next|first|under)\s+|[$€£¥]\s*|#)$",
    re.IGNORECASE,
)
_year_before = re.compile(
    r"(?:\b(?:since|in|and|of|by|from|until|during|before|after|to|late|early|year)|,)\s*$", re.IGNORECASE
)
_plural = re.compile(r"(?:s|people|children|personnel|staff|men|women)$", re.IGNORECASE)
_year = re.compile(r"(?:19|20)\d\d")
SENTENCE = re.compile(r"[^.!?;\n]*(?:[.](?=\d)[^.!?;\n]*)*[.!?;\n]?")
TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
PART = re.compile(
    r"\b(?:alone|of which|of these|of whom|of them|including|the largest|included|among them)\b", re.IGNORECASE
)
RATE = re.compile(r"\b(?:per|for every|out of|of every)\s*$|\bof the\s*$", re.IGNORECASE)
LONGEST_PHRASE_WORDS = 7
REACH = 240
_joins = "\u0020\u00a0-"
BOUNDARY = frozenset(
    "who that which were was had have has been on in at by with from to for during about through across under their his her its "
    "our this these those since when while where as if came participated attended took than but per under over within using".split()
)
PEOPLE = frozenset({"public", "staff", "inspector", "participant", "arrest"})
PLACES = frozenset({"department", "enterprise", "village", "household", "consult_site"})
EVENTS = frozenset({"event", "lecture", "training", "drill", "film", "performance", "contest", "meeting", "inspection"})


@dataclass(frozen=True)
class Number:
    """A number of the text: value, qualifier, characters from the qualifier on, where the number itself begins and ends."""

    value: int | Decimal
    qualifier: Qualifier
    start: int
    number_start: int
    end: int


def read_english(text: str, vocabulary: Vocabulary) -> list[ProseFigure]:
    """Return the figures of an English passage in order; [] where it reports no result."""
    figures: list[ProseFigure] = []
    for sentence in SENTENCE.finditer(text):
        if sentence[0].strip():
            _read_sentence(text, sentence.start(), sentence.end(), vocabulary, figures)
    return figures


def numbers_in(text: str, start: int, end: int) -> list[Number]:
    """Return the numbers of text[start:end] that may count something: no dates, times, shares, money, ages, ordinals."""
    found = []
    for match in NUMBER.finditer(text, start, end):
        before, after = text[max(start, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
        digits = match["digits"]
        if _not_before.search(before) or _not_after.match(after) or RATE.search(before):
            continue
        is_year = bool(digits) and not match["scale"] and bool(_year.fullmatch(digits or ""))
        if is_year and (_year_before.search(before) or not _counts_on(after)):
            continue
        value = _value(match)
        qualifier, begin = _qualified(text, start, match.start())
        if match["words"] and value == 1 and qualifier == "exact":
            continue
        found.append(Number(value, qualifier, begin, match.start(), match.end()))
    return found


def _counts_on(after: str) -> bool:
    """Whether a four-digit number from 1900 to 2099 is followed by a plural noun, and so counts it."""
    return bool(re.match(r"\s+[a-z]+(?:\s+[a-z]+)?s\b", after))


def _value(match: re.Match[str]) -> int | Decimal:
    if match["digits"]:
        number = Decimal(re.sub(r"[,  ]", "", match["digits"]))
        scale = SCALES[match["scale"].strip(_joins).lower()] if match["scale"] else 1
    elif match["words"]:
        number = Decimal(sum(UNITS[part.lower()] for part in match["words"].split("-")))
        scale = SCALES[match["wscale"].strip(_joins).lower()] if match["wscale"] else 1
    else:
        number, scale = (
            Decimal("0.5") if match["a"].lower().startswith("half") else Decimal(1),
            SCALES[match["ascale"].lower()],
        )
    value = number * scale
    return int(value) if value == value.to_integral_value() else value


def _qualified(text: str, start: int, at: int) -> tuple[Qualifier, int]:
    match = _qualifier.search(text, max(start, at - 32), at)
    if match is None or re.search(
        r"\bpull(?:ed|ing)?\s+$", text[max(start, match.start() - 10) : match.start()], re.IGNORECASE
    ):
        return "exact", at
    place = next(number for number in range(1, len(QUALIFIERS) + 1) if match[number])
    return QUALIFIERS[place - 1][1], match.start()


def _read_sentence(text: str, start: int, end: int, vocabulary: Vocabulary, figures: list[ProseFigure]) -> None:
    first, last = start, end
    numbers = numbers_in(text, first, last)
    for position, number in enumerate(numbers):
        # What decides stands near: without this a text of numbers and no full stop would take its length squared.
        start, end = max(first, number.start - REACH), min(last, number.end + REACH)
        left = max(numbers[position - 1].end, start) if position else start
        right = min(numbers[position + 1].start, end) if position + 1 < len(numbers) else end
        noun, noun_end = _noun_after(text, number.end, right, vocabulary)
        verbs = _verbs(text, start, left, number, noun_end, right, vocabulary)
        if any(verb.verb == "plan" for verb in verbs) or _is_planned(text, start, number.start, vocabulary):
            continue
        if noun is None or noun.is_stop or noun.is_background:
            continue
        frame = _frame(noun, verbs, text[start:end], vocabulary)
        if frame is None or not frame.indicator or frame.noun in ("loss", "measure"):
            continue
        is_part = bool(PART.search(text, start, number.start)) or bool(
            re.match(r"\s*(?:of them|alone)\b", text[noun_end:])
        )
        whole = next(
            (
                i
                for i in range(len(figures) - 1, -1, -1)
                if figures[i].indicator == frame.indicator and not figures[i].role
            ),
            None,
        )
        is_part = is_part and whole is not None and number.value < figures[whole].value
        surface = text[number.start : noun_end]
        figures.append(
            ProseFigure(
                indicator=frame.indicator,
                value=number.value,
                qualifier=number.qualifier,
                unit_word=text[number.end : noun_end].strip(),
                start=number.start,
                end=noun_end,
                surface=surface,
                basis=_basis(noun),
                role="part" if is_part else "",
                part_of=whole if is_part else None,
                heading=noun.text,
                doubts=doubts_of(
                    indicator=frame.indicator,
                    surface=surface,
                    is_vague=False,
                    is_range=False,
                    is_guess=frame.noun == "*",
                    is_ambiguous=False,
                ),
            )
        )


def _noun_after(text: str, at: int, end: int, vocabulary: Vocabulary) -> tuple[Word | None, int]:
    """The noun phrase that a number counts: its head's word, and where the phrase ends.

    Words of other kinds (fire, new, volunteer) may stand before the head; "A and B" is taken whole, its first noun
    deciding; "people and employers" ends at the last noun.
    """
    words: list[re.Match[str]] = []
    for token in TOKEN.finditer(text, at, end):
        gap = text[words[-1].end() if words else at : token.start()]
        if re.search(r"[,;:()“”\"]", gap) or len(words) > LONGEST_PHRASE_WORDS + 4:
            break
        if token[0].lower() in BOUNDARY and words:
            break
        words.append(token)
    best: tuple[Word, int] | None = None
    position = 0
    while position < len(words):
        found = _longest(words, position, vocabulary)
        if found is None:
            if best is not None and words[position][0].lower() not in ("and", "or", "of", "the"):
                verbal = vocabulary.words.get(words[position][0].lower())
                if verbal is not None and verbal.verb:
                    break
                follows = _longest(words, position + 1, vocabulary) if position + 1 < len(words) else None
                if follows is None:
                    break
            elif position >= LONGEST_PHRASE_WORDS:
                break
            position += 1
            continue
        word, count = found
        joined = (
            best is not None
            and words[position - 1][0].lower() in ("and", "or", "of")
            # "commercial and passenger vehicle drivers": only a plural before "and" is a noun of its own.
            and bool(_plural.search(words[position - 2][0]))
        )
        # "volunteer organizations": the later noun is the head, unless it only joins on.
        best = (best[0] if best is not None and joined else word, words[position + count - 1].end())
        position += count
    if best is None:
        return None, at
    return best


def _longest(words: list[re.Match[str]], position: int, vocabulary: Vocabulary) -> tuple[Word, int] | None:
    for count in range(min(5, len(words) - position), 0, -1):
        phrase = " ".join(word[0].lower() for word in words[position : position + count])
        word = vocabulary.words.get(phrase) or vocabulary.words.get(phrase.replace("-", " "))
        if word is not None and word.noun:
            return word, count
    return None


def _verbs(
    text: str, start: int, left: int, number: Number, noun_end: int, right: int, vocabulary: Vocabulary
) -> list[Word]:
    """The clause's verbs, the nearest before the number first, then those behind the noun, then earlier ones."""
    near = _verbs_in(text, left, number.start, vocabulary)
    behind = _verbs_in(text, noun_end, right, vocabulary)
    earlier = _verbs_in(text, start, left, vocabulary)
    return [*reversed(near), *behind, *reversed(earlier)]


def _verbs_in(text: str, start: int, end: int, vocabulary: Vocabulary) -> list[Word]:
    words = list(TOKEN.finditer(text, start, end))
    found: list[Word] = []
    position = 0
    while position < len(words):
        for count in range(min(4, len(words) - position), 0, -1):
            word = vocabulary.words.get(" ".join(w[0].lower() for w in words[position : position + count]))
            if word is not None and word.verb and word.verb != "plan":
                found.append(word)
                position += count - 1
                break
        position += 1
    return found


def _is_planned(text: str, start: int, at: int, vocabulary: Vocabulary) -> bool:
    words = [token[0].lower() for token in TOKEN.finditer(text, start, at)]
    return any(
        (word := vocabulary.words.get(" ".join(words[position : position + count]))) is not None and word.verb == "plan"
        for position in range(len(words))
        for count in (1, 2, 3)
    )


def _frame(noun: Word, verbs: list[Word], sentence: str, vocabulary: Vocabulary) -> Frame | None:
    """The first row of the table that fits noun and verb: strong verbs before weak ones before none."""
    if verbs and verbs[0].verb in ("loss", "stock"):
        return None
    ordered = [verb.verb for verb in verbs if not verb.is_weak] + [verb.verb for verb in verbs if verb.is_weak]
    is_inspection = bool(re.search(r"inspect|enforce|citation|violation|compliance|officer", sentence, re.IGNORECASE))
    rows = [
        frame
        for frame in vocabulary.frames
        if frame.noun == noun.noun
        and (not frame.context or frame.context == ("inspection" if is_inspection else "publicity"))
    ]
    for frame in rows:
        # The nearest verb decides, or none does: the one before it speaks of another number.
        if ordered and frame.verb == ordered[0]:
            return frame
    return next((frame for frame in rows if frame.verb == "*"), None)


def _basis(noun: Word) -> Basis:
    if noun.noun in PEOPLE:
        return "people"
    if noun.noun in PLACES:
        return "places"
    if noun.noun in EVENTS:
        return "events"
    return "vehicles" if noun.noun in ("vehicle", "publicity_vehicle") else "things"
