"""The words that a clerk may write in a template's tags: figure, has, every, count, names, day and a few more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from safemonth.figures.figure import Bounds, Coverage, Figure, Scope, TraceLine, UnitName, Words
from safemonth.figures.words import chinese_number, english_number, may_say_all
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.summary import figure_words
from safemonth.summary.facts import Facts, FigureSource, Language, TraceUrl, UnitList
from safemonth.summary.marks import SOURCES_MARK, mark
from safemonth.summary.supported_figure import supported_figure


@dataclass(eq=False)
class Tags:
    """The tags of one rendering: they answer from `figures` and `facts`, and keep every figure they put in the text.

    `used` holds figures by the number of their mark; the same figure has one number however often it is said.
    `is_in_body` is false while headers and notes are filled, where no figure can stand.
    """

    language: Language
    figures: FigureSource
    facts: Facts
    trace_url: TraceUrl
    used: list[Figure] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    is_in_body: bool = True
    chapters: int = 0
    sections: int = 0

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """Return the tags by the name that a template calls them by."""
        return {
            "figure": self.figure,
            "has": self.has,
            "every": self.every,
            "count": self.count,
            "rate": self.rate,
            "days": self.days,
            "supported": self.supported,
            "names": self.names,
            "missing": self.missing,
            "seats": self.seats,
            "done": self.done,
            "held": self.held,
            "place": self.place,
            "chapter": self.chapter,
            "section": self.section,
            "grouped": self.grouped,
            "day": self.day,
            "full_day": self.full_day,
            "figure_sources": self.figure_sources,
        }

    def figure(
        self,
        indicator: str,
        *,
        task: str = "",
        unit: str = "",
        basis: str = "",
        measure: str | None = None,
        noun: str | None = None,
        one: str | None = None,
    ) -> str:
        """Return a figure's words, linked to its trace; the coverage note follows where a unit is missing."""
        found = self._ask(indicator, task=task, unit=unit, basis=basis)
        phrase = figure_words.figure_phrase(found, self.language, measure=measure, noun=noun, one=one)
        return mark("figure", self._use(found, self._title(found, with_unit=bool(unit))), phrase)

    def has(self, indicator: str, *, task: str = "", unit: str = "", basis: str = "") -> bool:
        """Return whether anything above nought was claimed, to leave a clause out where there is nothing to say."""
        return bool(self._ask(indicator, task=task, unit=unit, basis=basis).value)

    def every(self, whole: str, noun: str, indicator: str, *, task: str = "", unit: str = "", among: str = "") -> str:
        """Return `whole` ("各乡镇", "all townships") where each unit asked did it, else how many of `noun` did.

        `among` is a list of the facts that narrows those asked ("townships"). Nil returns are no doing.
        """
        found = self._ask(indicator, task=task, unit=unit)
        coverage = found.coverage if not among else _narrowed(found.coverage, self._list(among))
        done = len(coverage.received) - len(coverage.nil)
        phrase = (
            whole
            if may_say_all(coverage)
            else figure_words.part_of_whole(done, len(coverage.expected), noun, self.language)
        )
        return mark("share", self._use(found, self._title(found, with_unit=bool(unit))), phrase)

    def count(self, list_name: str, *, measure: str | None = None, noun: str | None = None) -> str:
        """Return how many units a list of the facts names (5个, "5 townships"), linked to the record that lists them."""
        units = self._list(list_name)
        found = count_figure(list_name, units, self.facts.get("campaign_code", ""))
        words = found.words.zh if self.language == "zh" else found.words.en
        if self.language == "zh":
            joined = words + (units.measure if measure is None else measure)
        else:
            joined = f"{words} {units.noun if noun is None else noun}".strip()
        title = figure_words.list_title(list_name, units.title, self._task_titles(), self.language)
        return mark("share", self._use(found, title, url=units.url), joined)

    def rate(self, part: str, whole: str) -> str:
        """Return what share of one list another is (66.6%), rounded down, linked to the record that lists them."""
        some, all_of_them = self._list(part), self._list(whole)
        found = rate_figure(part, some, whole, all_of_them, self.facts.get("campaign_code", ""))
        words = found.words.zh if self.language == "zh" else found.words.en
        title = figure_words.list_title(f"{part}/{whole}", some.title, self._task_titles(), self.language)
        return mark("share", self._use(found, title, url=some.url), words)

    def days(self, list_name: str, how: str = "median") -> str:
        """Return how many days those of a list took, mean or median (3.5天, "3.5 days"), rounded up, linked as `count` is."""
        units = self._list(list_name)
        if not units.days or how not in ("mean", "median"):
            raise _unknown(f"{list_name} ({how})", "lists", self.facts.get("lists", {}))
        found = days_figure(list_name, units, how, self.facts.get("campaign_code", ""))
        words = f"{found.words.zh}天" if self.language == "zh" else f"{found.words.en} days"
        title = figure_words.list_title(f"{list_name}:{how}", units.title, self._task_titles(), self.language)
        return mark("share", self._use(found, title, url=units.url), words)

    def supported(self, indicator: str) -> str:
        """Return how a figure may be said with what visits support of it, linked to the draw (facts' `tested`)."""
        known = self.facts.get("tested", {})
        if indicator not in known:
            raise _unknown(indicator, "tested", known)
        tested = known[indicator]
        found = supported_figure(indicator, tested, self.facts.get("campaign_code", ""))
        words = tested.words.zh if self.language == "zh" else tested.words.en
        return mark("share", self._use(found, tested.title, url=tested.url), words)

    def names(self, list_name: str) -> str:
        """Return the names that a list of the facts holds, as running text."""
        return figure_words.listed(figure_words.unit_names(self._list(list_name).units, self.language), self.language)

    def missing(self, indicator: str, *, task: str = "", unit: str = "") -> str:
        """Return the names of the units that were expected to report the indicator and did not."""
        coverage = self._ask(indicator, task=task, unit=unit).coverage
        return figure_words.listed(figure_words.unit_names(coverage.missing, self.language), self.language)

    def seats(self, body: str, role: str) -> str:
        """Return who holds the seats of a role (head, deputy, director, member) in a body, as running text."""
        bodies = self.facts.get("bodies", {})
        if body not in bodies:
            raise _unknown(body, "bodies", bodies)
        return figure_words.listed([seat.who for seat in bodies[body].seats if seat.role == role], self.language)

    def done(self, task: str) -> bool:
        """Return whether an activity of the task is on record (false for a task that the plan does not have)."""
        found = self.facts.get("tasks", {}).get(task)
        return found is not None and found.activities > 0

    def held(self, task: str) -> str:
        """Return the day of a task, or 活动月期间, "during the month", where it has none."""
        found = self.facts.get("tasks", {}).get(task)
        if found is None:
            raise _unknown(task, "tasks", self.facts.get("tasks", {}))
        if found.held_on is None:
            return "活动月期间" if self.language == "zh" else "during the month"
        words = self.day(found.held_on)
        return words if self.language == "zh" else f"on {words}"

    def place(self, task: str) -> str:
        """Return where a task was held ("" where that is not recorded)."""
        found = self.facts.get("tasks", {}).get(task)
        return found.place if found else ""

    def chapter(self) -> str:
        """Return the next chapter's number (一、 or "I.") and begin its sections anew."""
        self.chapters, self.sections = self.chapters + 1, 0
        return figure_words.chapter_number(self.chapters, self.language)

    def section(self) -> str:
        """Return the next section's number within the chapter: （一） or "1."."""
        self.sections += 1
        return figure_words.section_number(self.sections, self.language)

    def grouped(self, digest: str) -> str:
        """Return a digest in groups of eight signs, which a line can break and a person can compare."""
        return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))

    def day(self, when: date) -> str:
        """Return a day without its year: 6月10日, "10 June"."""
        return figure_words.day_words(when, self.language)

    def full_day(self, when: date) -> str:
        """Return a day with its year: 2019年6月10日, "10 June 2019"."""
        return figure_words.day_words(when, self.language, with_year=True)

    def figure_sources(self) -> str:
        """Return the place where the table of all figures and their sources comes (alone in its paragraph)."""
        return SOURCES_MARK

    def _ask(self, indicator: str, *, task: str, unit: str, basis: str = "") -> Figure:
        try:
            return self.figures.figure(indicator, task=task, unit=unit, basis=basis)
        except (Refused, LookupError) as refusal:
            raise Refused(
                "outline_names_what_is_not_there",
                gettext_noop(
                    "The outline asks for the figure “%(indicator)s” (task “%(task)s”, unit “%(unit)s”, basis “%(basis)s”) in "
                    "“%(paragraph)s”, and one of these names is unknown. Correct it: indicators and tasks are "
                    "listed under Plan, units under Units."
                ),
                paragraph="",
                indicator=indicator,
                task=task,
                unit=unit,
                basis=basis,
            ) from refusal

    def _list(self, name: str) -> UnitList:
        lists = self.facts.get("lists", {})
        if name not in lists:
            raise _unknown(name, "lists", lists)
        return lists[name]

    def _task_titles(self) -> dict[str, str]:
        return {code: task.title for code, task in self.facts.get("tasks", {}).items()}

    def _title(self, figure: Figure, *, with_unit: bool) -> str:
        title = self._task_titles().get(figure.scope.task, figure.scope.task)
        return figure_words.figure_title(figure, self.language, task_title=title, with_unit=with_unit)

    def _use(self, figure: Figure, title: str, *, url: str = "") -> int:
        if not self.is_in_body:
            raise Refused(
                "figure_outside_the_text",
                gettext_noop(
                    "A figure stands in a header, footer or note of the outline: “%(paragraph)s”. Move it into the "
                    "text, where it can be traced."
                ),
                paragraph="",
            )
        for number, used in enumerate(self.used):
            if used.id == figure.id:
                return number
        self.used.append(figure)
        self.titles[figure.id] = title
        address = url or self.trace_url(figure)
        if address in self.urls:  # two lists of one record: the address must still tell which figure it is
            address += f"{'-' if '#' in address else '#'}{len(self.used)}"
        self.urls[address] = figure.id
        return len(self.used) - 1


def count_figure(list_name: str, units: UnitList, campaign: str) -> Figure:
    """Return the count of a list of units as a figure: exact, with a trace line for each unit naming the record."""
    number = len(units.units)
    return Figure(
        id=f"list:{list_name}@{campaign}",
        indicator=f"list:{list_name}",
        scope=Scope(campaign=campaign, unit=UnitName("", ""), basis="places"),
        value=number,
        aggregation="distinct",
        coverage=Coverage(),
        state="claimed",
        bounds=Bounds(lower=number, upper=number, lower_is_open=False, method="counted_from_a_list"),
        words=Words(english_number(number), chinese_number(number)),
        trace=tuple(TraceLine(0, unit, 1, "exact", "places", 0, units.title, units.source) for unit in units.units),
    )


def rate_figure(part: str, some: UnitList, whole: str, all_of_them: UnitList, campaign: str) -> Figure:
    """Return the share of a list that another names, in tenths of a percent rounded down (66.6: two of three).

    Its trace has each of the whole, counted where it is among the part. An empty whole gives a share of nought.
    """
    codes = {unit.code for unit in some.units}
    among = sum(unit.code in codes for unit in all_of_them.units)
    tenths = 1000 * among // len(all_of_them.units) if all_of_them.units else 0
    trace = tuple(
        TraceLine(0, unit, 1, "exact", "things", 0, all_of_them.title, all_of_them.source, unit.code in codes)
        for unit in all_of_them.units
    )
    return _of_a_list(f"{part}/{whole}", tenths, f"{tenths / 10:g}%", campaign, trace)


def days_figure(list_name: str, units: UnitList, how: str, campaign: str) -> Figure:
    """Return how many days those of a list took (`how`: mean or median), in tenths of a day rounded up.

    Its trace has each with its own days. The median of an even number is the mean of the two in the middle.
    """
    ordered = sorted(units.days)
    middle = len(ordered) // 2
    chosen = ordered if how == "mean" else ordered[middle - (len(ordered) % 2 == 0) : middle + 1]
    tenths = -(-10 * sum(chosen) // len(chosen))
    trace = tuple(
        TraceLine(0, unit, taken, "exact", "things", 0, units.title, units.source)
        for unit, taken in zip(units.units, units.days, strict=True)
    )
    return _of_a_list(f"{list_name}:{how}", tenths, f"{tenths / 10:g}", campaign, trace)


def _of_a_list(name: str, tenths: int, words: str, campaign: str, trace: tuple[TraceLine, ...]) -> Figure:
    return Figure(
        id=f"list:{name}@{campaign}",
        indicator=f"list:{name}",
        scope=Scope(campaign=campaign, unit=UnitName("", ""), basis="things"),
        value=tenths,
        aggregation="tenths",
        coverage=Coverage(),
        state="claimed",
        bounds=Bounds(lower=tenths, upper=tenths, lower_is_open=False, method="counted_from_a_list"),
        words=Words(words, words),
        trace=trace,
    )


def _narrowed(coverage: Coverage, among: UnitList) -> Coverage:
    """Return the coverage of those units alone that the list names."""
    codes = {unit.code for unit in among.units}

    def within(units: tuple[UnitName, ...]) -> tuple[UnitName, ...]:
        return tuple(unit for unit in units if unit.code in codes)

    return Coverage(
        expected=within(coverage.expected),
        received=within(coverage.received),
        nil=within(coverage.nil),
        late=within(coverage.late),
        missing=within(coverage.missing),
    )


def _unknown(name: str, group: str, known: dict[str, Any]) -> Refused:
    return Refused(
        "outline_names_no_such_record",
        gettext_noop(
            "The outline asks in “%(paragraph)s” for “%(name)s” of the %(group)s, which is not there. Take one of these: %(known)s."
        ),
        paragraph="",
        name=name,
        group=group,
        known=", ".join(sorted(known)) or "—",
    )
