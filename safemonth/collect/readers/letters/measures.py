"""The figures of a letter as measures of its activities."""

from dataclasses import dataclass, field

from safemonth.collect.readers.letters.passages import Passage
from safemonth.collect.readers.letters.sentences import Stretch, at
from safemonth.collect.readers.prose.figure import ProseFigure
from safemonth.collect.readers.reading import Doubt, Locator, ReadMeasure
from safemonth.lib.refusals import gettext_noop

PART_OF_UNKNOWN = gettext_noop("“%(surface)s” is a part of another figure that was not found: it may count twice.")
PART_OF_ELSEWHERE = gettext_noop("“%(surface)s” is a part of “%(whole)s”, which stands under another activity.")
OTHER_PERIOD = gettext_noop("“%(surface)s” counts more than this activity: it runs from an earlier day.")
EVENT_OR_MONTH = gettext_noop(
    "“%(surface)s” may count this event or the whole month: the letter only says “during the activity”."
)


@dataclass
class Group:
    """One activity to be: the passages that tell it, the positions of its figures in the list, and which sum up."""

    passages: list[Passage]
    figures: list[int] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)

    def piece_of(self, position: int) -> tuple[int, int]:
        """Return the piece [start, end) that holds a position, the first piece where none does."""
        pieces = [piece for passage in self.passages for piece in passage.pieces]
        return next(((start, end) for start, end in pieces if start <= position < end), pieces[0])


def groups_of(passages: list[Passage], figures: list[ProseFigure]) -> list[Group]:
    """Return the activities of a letter: each event alone, all of one unit's period together, each running total.

    Every figure goes to the group whose passage holds it (a figure in the title: to the first). Events of no
    figure are kept. Only figures without any passage are left out: then there is no body at all.
    """
    groups: list[Group] = []
    by_key: dict[tuple[object, ...], Group] = {}
    for number, passage in enumerate(passages):
        key: tuple[object, ...] = (
            (number,) if passage.tells == "event" else (passage.tells, passage.by, passage.to_on, passage.of_the_year)
        )
        if key not in by_key:
            by_key[key] = Group([])
            groups.append(by_key[key])
        by_key[key].passages.append(passage)
    edges = sorted(
        (start, end, number, passage.is_sum)
        for number, group in enumerate(groups)
        for passage in group.passages
        for start, end in passage.pieces
    )
    place = 0
    for index, figure in enumerate(figures):
        while place + 1 < len(edges) and edges[place + 1][0] <= figure.start:
            place += 1
        if edges:
            group = groups[edges[place][2]]
            group.figures.append(index)
            group.totals |= {index} if edges[place][3] else set()
    return groups


def measures_of(group: Group, figures: list[ProseFigure], *, sentences: list[Stretch]) -> tuple[ReadMeasure, ...]:
    """Return a group's figures as measures, in order, with what is doubtful about each."""
    position = {index: number for number, index in enumerate(group.figures)}
    return tuple(
        _measure(figures[index], group, figures, position=position, sentence=at(sentences, figures[index].start).number)
        for index in group.figures
    )


def _measure(
    figure: ProseFigure, group: Group, figures: list[ProseFigure], *, position: dict[int, int], sentence: int
) -> ReadMeasure:
    passage = group.passages[0]
    doubts = list(figure.doubts)
    whole = figures[figure.part_of] if figure.part_of is not None else None
    within = None
    params = {"surface": figure.surface}
    if figure.role == "part" and whole is None:
        doubts.append(Doubt("part_of_unknown", PART_OF_UNKNOWN, params, blocks=False))
    elif whole is not None and figure.part_of not in position:
        within = Locator("span", start=whole.start, end=whole.end)
        doubts.append(Doubt("part_of_elsewhere", PART_OF_ELSEWHERE, {**params, "whole": whole.surface}, blocks=True))
    if figure.role == "repeat" and passage.tells != "to_date":
        doubts.append(Doubt("other_period", OTHER_PERIOD, params, blocks=False))
    if passage.may_be_month:
        doubts.append(Doubt("event_or_month", EVENT_OR_MONTH, params, blocks=False))
    return ReadMeasure(
        indicator=figure.indicator,
        heading=figure.heading,
        value=figure.value,
        qualifier=figure.qualifier,
        unit_word=figure.unit_word,
        basis=figure.basis,
        surface=figure.surface,
        locator=Locator("span", start=figure.start, end=figure.end, sentence=sentence),
        period_kind="to_date" if passage.tells == "to_date" or figure.role == "repeat" else "period",
        part_of=position.get(figure.part_of) if figure.part_of is not None else None,
        doubts=tuple(doubts),
        within=within,
    )
