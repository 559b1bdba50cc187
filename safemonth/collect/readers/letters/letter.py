"""From a letter to activities: whose it is, when, and which figures belong to which event (docs/reading-letters.md)."""

import re
from dataclasses import dataclass, replace
from datetime import date

from safemonth.collect.activities.rules import kind_of_title
from safemonth.collect.readers.known import Known
from safemonth.collect.readers.letters.document import DocumentText
from safemonth.collect.readers.letters.extract import extract_text
from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.collect.readers.prose.lexicon import load_lexicon
from safemonth.collect.readers.prose.reader import read_figures
from safemonth.collect.readers.reading import Doubt, Locator, ReadActivity, Reading, ReadMeasure
from safemonth.collect.readers.sheets import read_grids
from safemonth.collect.readers.sheets.grid import Grid
from safemonth.collect.readers.sheets.layout import Names
from safemonth.lib.dates import find_dates
from safemonth.lib.refusals import gettext_noop

SENTENCE = re.compile(r"[^。！？!?\n；;]*[。！？!?\n；;]|[^。！？!?\n；;]+$")
# What sums up a period rather than telling one event.
PERIOD_WORDS = re.compile(
    r"活动期间|活动月期间|安全(生产)?月期间|月期间|据不完全统计|据统计|全月|整个活动|活动以来|开展以来|本月|6月份|六月份|during the (month|campaign|period)|over the month|in total",
    re.IGNORECASE,
)
TO_DATE = re.compile(r"截至|截止|累计|to date|so far|as of", re.IGNORECASE)
NIL = re.compile(
    r"(无相关活动|没有(开展|组织)(任何)?(相关)?活动|未(开展|组织)(相关)?活动|无(任何)?(情况|数据)(上报|报送)?|零报告|无需上报|nothing to report|no activities (were|to))",
    re.IGNORECASE,
)
PLACE = re.compile(r"在([^，。；、]{2,20}?(?:广场|路口|公园|街口|街道|大街|社区|学校|中学|小学|礼堂|会议室|集市|大集|车站|超市|商场|村委会|矿区|工地|厂区|门前))")
JOINT = re.compile(r"(?:联合|会同|组织|协同)([^，。；]{2,80}?)(?:等)?(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:部门|单位|乡镇)")
OWN = re.compile(r"我(局|镇|乡|委|办|单位|公司|厂|矿|院|校|村|大队|中心|部|街道|社区)")
MOST_SENTENCES = 20_000


@dataclass(frozen=True)
class Sentence:
    """One sentence: its number from 1 and its characters [start, end)."""

    number: int
    start: int
    end: int
    text: str


def read_letter(data: bytes, *, file_name: str, known: Known) -> Reading:
    """Return what a letter claims; tables in it are read as sheets are. Raises Refused where it cannot be opened."""
    document = extract_text(data, file_name=file_name)
    return read_document(document, known=known)


def read_document(document: DocumentText, *, known: Known) -> Reading:
    """Return what a document's text and tables claim.

    One activity for each event (sentences with a day or kind of their own), and one line for what sums up the
    period. A total that events of the same letter may be part of is marked, not added.
    """
    text = document.text
    names = Names(known.unit_names)
    unit = unit_of(text, known=known, names=names)
    figures = read_figures(text, lexicon=load_lexicon(known.lexicon_path))
    table = read_grids(_grids(document), known=known) if document.grids else Reading("sheet")
    in_tables = {str(m.surface) for a in table.activities for m in a.measures}
    sentences = sentences_of(text)
    if in_tables:
        figures = [f for f in figures if "\t" not in _sentence_at(sentences, f.start).text]
    activities = _activities(text, figures, sentences, unit=unit, known=known)
    for activity in table.activities:
        activities.append(replace(activity, unit_text=activity.unit_text or unit))
    span = find_dates(text[:60], default_year=known.from_on.year if known.from_on else None)
    return Reading(
        format=document.format,
        activities=tuple(activities),
        questions=table.questions,
        doubts=table.doubts,
        skipped=table.skipped,
        text=text,
        signed_nil=bool(NIL.search(text)) and not activities,
        period_from=span.from_on if span else None,
        period_to=span.to_on if span else None,
    )


def _grids(document: DocumentText) -> list[Grid]:
    return [
        Grid(name=f"table {number}", rows=[[cell or None for cell in row] for row in rows])
        for number, rows in enumerate(document.grids, start=1)
        if any(any(row) for row in rows)
    ]


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of a text in order; a line's end ends one too."""
    found = []
    for match in SENTENCE.finditer(text):
        if match[0].strip():
            found.append(Sentence(len(found) + 1, match.start(), match.end(), match[0]))
        if len(found) >= MOST_SENTENCES:
            break
    return found


def _sentence_at(sentences: list[Sentence], position: int) -> Sentence:
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= position:
            low = middle + 1
        else:
            high = middle
    return sentences[min(low, len(sentences) - 1)]


def unit_of(text: str, *, known: Known, names: Names) -> str:
    """Return the unit that a letter speaks for: its title, else its signature; empty where the sender is meant."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines or not known.unit_names:
        return ""
    for line in lines[-3:]:  # The signature stands alone in its line.
        if len(line) <= 25 and names.is_unit(re.sub(r"(（盖章）|\(盖章\)|[:：].*)$", "", line)):
            return re.sub(r"(（盖章）|\(盖章\)|[:：].*)$", "", line)
    if len(lines[0]) <= 60 and (found := names.in_text(lines[0])):
        return found
    return ""


def _activities(
    text: str, figures: list[ProseFigure], sentences: list[Sentence], *, unit: str, known: Known
) -> list[ReadActivity]:
    groups: list[tuple[str, date | None, date | None, bool, Sentence, list[tuple[int, ProseFigure, Sentence]]]] = []
    year = known.from_on.year if known.from_on else None
    day: tuple[date | None, date | None] = (None, None)
    kind = ""
    is_period = False
    title = text.strip().split("\n")[0][:60]
    for index, figure in enumerate(figures):
        sentence = _sentence_at(sentences, figure.start)
        before = text[sentence.start : figure.start]
        span = _event_day(before, year)
        if span is not None:
            day, is_period, kind = span, False, ""
        if PERIOD_WORDS.search(before):
            day, is_period, kind = (None, None), True, ""
        paragraph_start = text.rfind("\n", 0, figure.start) + 1
        found_kind = kind_of_title(text[max(paragraph_start, sentence.start - 80) : figure.end])
        if not groups or span is not None or (is_period and groups[-1][3] != is_period):
            kind = found_kind
        where = (kind or found_kind, day[0], day[1], is_period or day[0] is None)
        if groups and groups[-1][:4] == where or (groups and groups[-1][1:4] == where[1:4] and groups[-1][1] is not None):
            groups[-1][5].append((index, figure, sentence))
        elif groups and where[3] and (standing := next((g for g in groups if g[3]), None)):
            standing[5].append((index, figure, sentence))
        else:
            groups.append((*where, sentence, [(index, figure, sentence)]))
    activities = []
    for kind_of_group, from_on, to_on, is_line, sentence, members in groups:
        activities.append(
            _activity(text, kind_of_group, from_on, to_on, is_line, sentence, members, unit=unit, title=title)
        )
    return _marked_parts(activities)


def _event_day(before: str, year: int | None) -> tuple[date, date] | None:
    span = find_dates(before[-60:], default_year=year)
    if span is None or not span.is_exact or (span.to_on - span.from_on).days > 7:
        return None
    if re.search(r"(截至|截止|as of)[^，。]{0,14}$", before):
        return None
    return span.from_on, span.to_on


def _activity(
    text: str,
    kind: str,
    from_on: date | None,
    to_on: date | None,
    is_line: bool,
    sentence: Sentence,
    members: list[tuple[int, ProseFigure, Sentence]],
    *,
    unit: str,
    title: str,
) -> ReadActivity:
    positions = {index: number for number, (index, _, _) in enumerate(members)}
    measures = tuple(
        ReadMeasure(
            indicator=figure.indicator,
            heading=figure.heading[:120],
            value=figure.value,
            qualifier=figure.qualifier,
            unit_word=figure.unit_word,
            basis=figure.basis,
            surface=figure.surface,
            locator=Locator("span", start=figure.start, end=figure.end, sentence=where.number),
            period_kind="to_date" if figure.role == "repeat" or TO_DATE.search(text[max(where.start, figure.start - 25) : figure.start]) else "period",
            part_of=positions.get(figure.part_of) if figure.part_of is not None else None,
            doubts=(*figure.doubts, *_role_doubts(figure, positions)),
        )
        for _, figure, where in members
    )
    start, end = members[0][2].start, members[-1][2].end
    passage = text[start:end]
    place = PLACE.search(passage)
    joint = JOINT.search(passage)
    return ReadActivity(
        unit_text=unit,
        locator=Locator("span", start=sentence.start, end=sentence.end, sentence=sentence.number),
        measures=measures,
        title=(title if is_line else sentence.text.strip()[:60]),
        kind="" if is_line else kind,
        place=place[1] if place and not is_line else "",
        from_on=from_on,
        to_on=to_on,
        participants=tuple(p.strip() for p in re.split(r"[、和及与]", joint[1]) if p.strip()) if joint and not is_line else (),
        is_report_line=is_line,
    )


def _role_doubts(figure: ProseFigure, positions: dict[int, int]) -> tuple[Doubt, ...]:
    if figure.role == "part" and figure.part_of not in positions:
        return (
            Doubt("part_of_unnamed", gettext_noop("“%(surface)s” is a part of another figure of this letter."), {"surface": figure.surface}),
        )
    return ()


def _marked_parts(activities: list[ReadActivity]) -> list[ReadActivity]:
    """Mark the period's totals that may contain what the letter's own events counted."""
    counted = {
        measure.indicator for activity in activities if not activity.is_report_line for measure in activity.measures
    }
    marked = []
    for activity in activities:
        if activity.is_report_line and counted:
            measures = tuple(
                replace(
                    measure,
                    doubts=(
                        *measure.doubts,
                        Doubt(
                            "may_contain_events",
                            gettext_noop("This total may contain what the letter tells of single events (%(indicator)s)."),
                            {"indicator": measure.indicator or ""},
                        ),
                    ),
                )
                if measure.indicator in counted
                else measure
                for measure in activity.measures
            )
            activity = replace(activity, measures=measures)
        marked.append(activity)
    return marked
