"""From a letter to what it claims: whose it is, which events it tells, which totals it gives."""

import re
from dataclasses import dataclass, replace
from datetime import date

from safemonth.collect.readers.known import Known
from safemonth.collect.readers.letters.document import DocumentText
from safemonth.collect.readers.letters.extract import extract_text
from safemonth.collect.readers.letters.happenings import name_of, partners_of, place_of
from safemonth.collect.readers.letters.measures import Group, groups_of, measures_of
from safemonth.collect.readers.letters.moments import Moment, impossible_days, last_day, moments_of, names_days, year_of
from safemonth.collect.readers.letters.nil import nil_statement
from safemonth.collect.readers.letters.passages import passages_of
from safemonth.collect.readers.letters.sender import Sender, UnitNames, is_of_another, sender_of, title_of
from safemonth.collect.readers.letters.sentences import Stretch, at, lines_of, sentences_of
from safemonth.collect.readers.letters.totals import marked_parts
from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.collect.readers.prose.lexicon import load_lexicon
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.reading import Doubt, Locator, ReadActivity, Reading, ReadMeasure
from safemonth.collect.readers.sheets import read_grids
from safemonth.collect.readers.sheets.grid import Grid
from safemonth.lib.quantities import find_chinese_quantities
from safemonth.lib.refusals import gettext_noop

NO_UNIT = gettext_noop("The letter names no unit in its title or signature; the sender is taken.")
TWO_UNITS = gettext_noop("The title names “%(title)s”, the signature “%(signature)s”: whose letter is it?")
OF_ANOTHER = gettext_noop("The letter is signed by “%(unit)s” but was sent by “%(sender)s”.")
NOTHING_READ = gettext_noop("The letter holds numbers, but none was read as a result: look whether it reports any.")
IS_A_PLAN = gettext_noop("“%(title)s” tells what is to be done: nothing was read from its sentences.")
NO_YEAR = gettext_noop("The letter names days but no year, and no month is known: its events have no date.")
NO_SUCH_DAY = gettext_noop("There is no such day as “%(day)s”: ask the unit which day is meant.")
PAGES_WITHOUT_TEXT = gettext_noop("These pages hold only pictures and were not read: %(pages)s.")
NIL_WITH_FIGURES = gettext_noop("The letter says “%(words)s” and yet tells of activities: which is right?")
NO_EVENT_DATE = gettext_noop("The letter names no day for “%(title)s”.")
SEVERAL_DAYS = gettext_noop("“%(title)s” took place on several single days; the first and the last were taken.")
SINCE_BEFORE_MONTH = gettext_noop("This total runs from before the month: it holds more than the month's work.")
TOLD_OF_ANOTHER = gettext_noop("The letter tells this of “%(unit)s”, which may report it too.")

# A paper whose title ends so tells what is to be done; what it counts was not done yet.
_PLAN = re.compile(r"(?:方案|计划|通知|预案|安排|要点|倡议书?|通告|公告|\bplan|\bnotice)[）)》”]*\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Letter:
    """A letter taken apart: its text (tables blanked out, places kept), lines, sentences, sender, days."""

    text: str
    lines: list[Stretch]
    sentences: list[Stretch]
    sender: Sender
    moments: list[Moment]
    signed_on: date | None
    title: str


def read_letter(data: bytes, *, file_name: str, known: Known) -> Reading:
    """Return what a letter (.docx, .txt, .html, text PDF) claims.

    Raises Refused as `extract_text` and `load_lexicon` do, and nothing else.
    """
    return read_document(extract_text(data, file_name=file_name), known=known)


def read_document(document: DocumentText, *, known: Known) -> Reading:
    """Return what a document claims, with every span valid in `Reading.text`.

    One activity for each event that the letter tells (a day, a place or a kind of its own); one report line
    for what it says of the whole period; one for each running total (`to_date`). Tables are read as sheets
    are, their places being cells of `table 1`, `table 2`. Figures that may be in a total of the same letter
    carry the doubt `maybe_part_of_total`, and `within` or `part_of` says of which.
    """
    names = UnitNames(known.unit_names)
    letter = take_apart(document, known=known, names=names)
    tables = read_grids(_grids(document), known=known) if document.tables else Reading("sheet")
    figures = read_figures(letter.text, lexicon=load_lexicon(known.lexicon_path))
    skipped = list(tables.skipped)
    if _PLAN.search(letter.title):
        skipped += [(_place(letter, figure.start, figure.end), "planned") for figure in figures]
        activities = []
    else:
        activities = _told(letter, figures, known=known, names=names)
    activities += [replace(found, unit_text=found.unit_text or letter.sender.unit_text) for found in tables.activities]
    nil = nil_statement(letter.text)
    doubts = [*_letter_doubts(letter, document, known=known, names=names), *tables.doubts]
    if nil and activities:
        doubts.append(Doubt("nil_with_figures", NIL_WITH_FIGURES, {"words": letter.text[nil[0] : nil[1]]}))
    if not figures and not nil and not _PLAN.search(letter.title) and _holds_counts(letter.text):
        doubts.append(Doubt("nothing_read", NOTHING_READ, blocks=False))
    is_nil = bool(nil) and not activities and not figures
    if is_nil and nil and (not known.sender or is_of_another(letter.sender, known_sender=known.sender, names=names)):
        # Whoever sent it, the statement is the named unit's: it is proposed and not taken as the sender's.
        activities = [_nil_activity(letter, nil, known=known)]
    return Reading(
        format=document.format,
        activities=tuple(activities),
        questions=tables.questions,
        doubts=tuple(doubts),
        skipped=tuple(skipped),
        text=document.text,
        signed_nil=is_nil,
        period_from=known.from_on,
        period_to=known.to_on,
    )


def take_apart(document: DocumentText, *, known: Known, names: UnitNames) -> Letter:
    """Return a document's letter: where its title, body and signature are, whose it is, which days it names."""
    text = document.text
    for table in document.tables:
        text = text[: table.start] + "\n" * (table.end - table.start) + text[table.end :]
    lines = lines_of(text)
    year = year_of(text, default=known.from_on.year if known.from_on else None)
    moments = moments_of(text, year=year, month=known.from_on.month if known.from_on else None)
    sender = sender_of(text, lines, names=names)
    signed_on = last_day(moments, after=sender.signed_from)
    title = title_of(text, lines, names=names)
    return Letter(text, lines, sentences_of(text), sender, moments, signed_on, title)


def _told(letter: Letter, figures: list[ProseFigure], *, known: Known, names: UnitNames) -> list[ReadActivity]:
    """Return the activities that the running text tells."""
    signed_from = letter.sender.signed_from
    passages = passages_of(
        letter.text,
        lines=[line for line in letter.lines if line.start < signed_from],
        sentences=letter.sentences,
        moments=[m for m in letter.moments if m.start < signed_from and not _is_excepted(letter.text, m)],
        names=names,
        own_code=names.code(letter.sender.unit_text or known.sender),
    )
    groups = groups_of(passages, figures)
    activities = []
    totals: set[int] = set()
    for group in groups:
        passage = group.passages[0]
        if group.figures:
            measures = measures_of(group, figures, sentences=letter.sentences)
            totals |= {figures[index].start for index in group.totals}
        elif passage.is_told(letter.text):
            measures = ()  # An event is told even where nothing was counted.
        else:
            continue
        activities.append(_activity(letter, group, measures, known=known))
    activities.sort(key=lambda activity: activity.locator.start or 0)
    return marked_parts(activities, totals=totals)


def _is_excepted(text: str, moment: Moment) -> bool:
    """Whether a day stands in an exception: 除参加6月10日的集中咨询活动外, what follows was not on that day."""
    before, after = text[max(0, moment.start - 12) : moment.start], text[moment.start : moment.start + 40]
    return bool(re.search(r"除[^，。；]{0,11}$", before)) and bool(re.search(r"^[^，。；]*外", after))


def _activity(letter: Letter, group: Group, measures: tuple[ReadMeasure, ...], *, known: Known) -> ReadActivity:
    passage = group.passages[0]
    is_line = passage.tells != "event"
    start, end = (passage.pieces[0][0], passage.pieces[-1][1])
    if is_line and measures:
        start, end = group.piece_of(measures[0].locator.start or 0)
    said = passage.words(letter.text)
    doubts: tuple[Doubt, ...] = ()
    if not is_line and passage.from_on is None:
        doubts = (Doubt("no_event_date", NO_EVENT_DATE, {"title": name_of(said)}, blocks=False),)
    elif not is_line and not passage.is_exact_day:
        doubts = (Doubt("several_days", SEVERAL_DAYS, {"title": name_of(said)}, blocks=False),)
    if passage.tells == "to_date" and passage.of_the_year:
        doubts = (Doubt("since_before_month", SINCE_BEFORE_MONTH, blocks=False),)
    if passage.by:
        doubts = (*doubts, Doubt("told_of_another_unit", TOLD_OF_ANOTHER, {"unit": passage.by}, blocks=False))
    from_on, to_on = passage.from_on, passage.to_on
    if passage.tells == "period":
        from_on, to_on = known.from_on, known.to_on
    elif passage.tells == "to_date":
        from_on, to_on = (None if passage.of_the_year else known.from_on), to_on or letter.signed_on or known.to_on
        if from_on and to_on and to_on < from_on:
            from_on = None
    return ReadActivity(
        unit_text=passage.by or letter.sender.unit_text,
        locator=_place(letter, start, end),
        measures=measures,
        title=letter.title[:60] if is_line else name_of(said),
        kind="" if is_line else passage.kind,
        place="" if is_line else place_of(said),
        from_on=from_on,
        to_on=to_on,
        participants=() if is_line else partners_of(said),
        is_report_line=is_line,
        doubts=doubts,
    )


def _nil_activity(letter: Letter, place: tuple[int, int], *, known: Known) -> ReadActivity:
    start, end = place
    return ReadActivity(
        unit_text=letter.sender.unit_text,
        locator=_place(letter, start, end),
        measures=(),
        title=letter.title[:60],
        from_on=known.from_on,
        to_on=known.to_on,
        is_report_line=True,
        is_nil=True,
    )


def _place(letter: Letter, start: int, end: int) -> Locator:
    return Locator("span", start=start, end=end, sentence=at(letter.sentences, start).number)


def _holds_counts(text: str) -> bool:
    """Whether a text holds numbers with measure words of counts (份, 人次, 家), days and money apart."""
    return any(quantity.unit_word not in ("", "元") for quantity in find_chinese_quantities(text))


def _grids(document: DocumentText) -> list[Grid]:
    return [
        Grid(name=f"table {number}", rows=[[cell or None for cell in row] for row in rows])
        for number, rows in enumerate(document.grids, start=1)
    ]


def _letter_doubts(letter: Letter, document: DocumentText, *, known: Known, names: UnitNames) -> list[Doubt]:
    doubts = []
    sender = letter.sender
    if _PLAN.search(letter.title):
        doubts.append(Doubt("is_a_plan", IS_A_PLAN, {"title": letter.title[:60]}, blocks=False))
    if not sender.unit_text:
        doubts.append(Doubt("no_unit_in_letter", NO_UNIT, blocks=False))
    if sender.other:
        doubts.append(Doubt("two_units", TWO_UNITS, {"title": sender.other, "signature": sender.unit_text}))
    if is_of_another(sender, known_sender=known.sender, names=names):
        params = {"unit": sender.unit_text, "sender": known.sender}
        doubts.append(Doubt("letter_of_another_unit", OF_ANOTHER, params, blocks=False))
    if known.from_on is None and year_of(letter.text, default=None) is None and names_days(letter.text):
        doubts.append(Doubt("no_year", NO_YEAR, blocks=False))
    for words in impossible_days(letter.text):
        doubts.append(Doubt("no_such_day", NO_SUCH_DAY, {"day": words}))
    if document.pages_without_text:
        pages = ", ".join(map(str, document.pages_without_text))
        doubts.append(Doubt("pages_without_text", PAGES_WITHOUT_TEXT, {"pages": pages}, blocks=False))
    return doubts
