"""From what a reader read to what a clerk is asked: units found, tasks guessed, doubts added. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches

from safemonth.collect.activities.rules import EventFacts, EventIndex, kind_of_title, likely_double
from safemonth.collect.readers.reading import Doubt, ReadActivity, Reading, ReadMeasure
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.rules import is_within, name_forms, normalise_name, units_named

# A month's papers speak of its eve (plan, mobilisation) and of what was wound up after it.
DAYS_BEFORE_AND_AFTER = 31


@dataclass(frozen=True)
class UnitFacts:
    """What is asked about a unit: name, kind and path (codes from the top)."""

    code: str
    name: str
    kind: str
    path: str
    population: int | None = None


# "主办：县文教局" at the foot of a web page.
_LABEL = re.compile(r"^\s*(?:主办|承办|来源|发布|供稿|报送|单位|部门|报送单位|填报单位)(?:单位|部门)?\s*[:：]\s*")
# What one unit can reach at most where its population is not known, by kind: the largest village has under 20,000
# residents and the largest township under 300,000 (census 2020); others draw on the county (global limits).
RESIDENTS = {"village": 20_000, "township": 300_000}
# Leaflets and person-times a resident in one month: more is a slip of the pen.
MOST_TIMES_EACH = 10


@dataclass(frozen=True)
class TaskFacts:
    """What is asked about a task; `asked_of` are unit codes, `indicators` codes."""

    code: str
    kind: str
    held_on: date | None = None
    is_one_event: bool = False
    asked_of: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Office:
    """All that is known when a file is read: units and their names, the month, the plan, what was recorded.

    `sender` is the code of the unit that sent the file (empty: the clerk loads it for others);
    `reports_for_all` are codes that may speak for any unit (the county and its office).
    """

    units: Mapping[str, UnitFacts] = field(default_factory=dict)
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    county: str = ""
    sender: str = ""
    reports_for_all: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    tasks: Sequence[TaskFacts] = ()
    task: str = ""
    known: EventIndex = field(default_factory=EventIndex)

    def sent_by(self, code: str) -> "Office":
        """Return the same knowledge for a file that another unit sent (empty: the clerk loads it)."""
        return replace(self, sender=code)


@dataclass(frozen=True)
class Proposed:
    """One proposal: what was read, the unit (None: not found), kind, task (empty: none), all doubts."""

    read: ReadActivity
    unit: str | None
    participants: tuple[str, ...]
    kind: str
    task: str
    doubts: tuple[Doubt, ...]
    double_of: int | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it can be accepted without a look: no doubt on it or on any of its values."""
        return not self.doubts and not any(measure.doubts for measure in self.read.measures)

    @property
    def blocks(self) -> bool:
        """Whether it cannot be accepted as it is."""
        return any(doubt.blocks for doubt in self.doubts)


def propose(reading: Reading, office: Office) -> list[Proposed]:
    """Return one proposal for each activity of a reading, in order; nothing read is left out."""
    proposed: list[Proposed] = []
    # Rows of one file are held against what was recorded and against each other.
    within = EventIndex()
    for position, read in enumerate(reading.activities):
        proposal = _propose(read, office)
        facts = facts_of(proposal, office)
        found = likely_double(facts, office.known.near(facts))
        if found:
            proposal = replace(
                proposal,
                double_of=found[0],
                doubts=(
                    *proposal.doubts,
                    Doubt(
                        "likely_double",
                        gettext_noop("This looks like activity %(activity)s, which is recorded already (%(reasons)s)."),
                        {"activity": found[0], "reasons": ", ".join(found[1])},
                    ),
                ),
            )
        elif not _is_one_event(proposal, office):
            near = {identity: other for identity, other in within.near(facts) if _says_the_same(facts, other)}
            if twin := likely_double(facts, near.items()):
                proposal = replace(
                    proposal,
                    doubts=(
                        *proposal.doubts,
                        Doubt(
                            "double_in_file",
                            gettext_noop("This looks like proposal %(number)s of the same file (%(reasons)s)."),
                            {"number": twin[0] + 1, "reasons": ", ".join(twin[1])},
                        ),
                    ),
                )
        within.add(position, facts)
        proposed.append(proposal)
    return proposed


def _says_the_same(one: EventFacts, other: EventFacts) -> bool:
    """Whether two rows of one file could be one event: a file may well list two events of a day."""
    if one.is_report_line:
        return bool(one.units & other.units)
    return bool(one.values) and one.values == other.values and one.title == other.title


def facts_of(proposal: Proposed, office: Office) -> EventFacts:
    """Return what a proposal is compared by."""
    unit = proposal.unit or ""
    return EventFacts(
        units=frozenset(filter(None, (unit, *proposal.participants))),
        kind=proposal.kind,
        title=proposal.read.title,
        place=proposal.read.place,
        from_on=proposal.read.from_on,
        to_on=proposal.read.to_on or proposal.read.from_on,
        is_report_line=proposal.read.is_report_line,
        task=proposal.task,
        is_one_event=_is_one_event(proposal, office),
        is_to_date=any(measure.period_kind == "to_date" for measure in proposal.read.measures),
        values={
            (measure.indicator, unit): int(measure.value)
            for measure in proposal.read.measures
            if measure.indicator and measure.value is not None
        },
    )


def _is_one_event(proposal: Proposed, office: Office) -> bool:
    return any(task.is_one_event for task in office.tasks if task.code == proposal.task)


def _propose(read: ReadActivity, office: Office) -> Proposed:
    unit, doubts = unit_meant(read.unit_text, office)
    kind = read.kind or kind_of_title(read.title)
    read = replace(read, measures=tuple(_sized(measure, unit, office) for measure in read.measures))
    asked = next((known for known in office.tasks if known.code == office.task), None)
    if asked and asked.is_one_event:
        # The clerk said that the file answers this task: its rows are the event, on the event's day.
        kind = asked.kind
        read = replace(
            read, is_report_line=False, from_on=read.from_on or asked.held_on, to_on=read.to_on or asked.held_on
        )
    participants = tuple(code for text in read.participants if (code := _participant(text, office)) and code != unit)
    task = office.task or _task(read, kind=kind, unit=unit, office=office)
    if kind == "other" and task:
        kind = next((known.kind for known in office.tasks if known.code == task), kind)
    doubts += _date_doubts(read, office)
    return Proposed(
        read=read,
        unit=unit,
        participants=tuple(dict.fromkeys(participants)),
        kind=kind,
        task=task,
        doubts=(*read.doubts, *doubts),
    )


def _participant(text: str, office: Office) -> str:
    """The unit that took part under a name; of several the only highest one (坡仓 is the township, not its village)."""
    codes = units_named(text, names=office.names, county=office.county)
    if not codes:
        return ""
    depths = [office.units[code].path.count("/") for code in codes]
    highest = [code for code, depth in zip(codes, depths, strict=True) if depth == min(depths)]
    return highest[0] if len(highest) == 1 else ""


def unit_meant(text: str, office: Office) -> tuple[str | None, list[Doubt]]:
    """Return the code of the unit that a file's words mean (None: none, or several), and what is doubtful in it.

    Empty words mean the sender.
    """
    if not text.strip():
        if office.sender:
            return office.sender, []
        return None, [Doubt("no_unit", gettext_noop("No unit is named here, and it is not known who sent the file."))]
    said = _LABEL.sub("", text)
    codes = units_named(said, names=office.names, county=office.county)
    if len(codes) > 1 and office.sender:
        # A township's own village rather than another's of the same name.
        within = [
            code for code in codes if is_within(path=office.units[code].path, of=office.units[office.sender].path)
        ]
        codes = within or codes
    if len(codes) > 1:
        return None, [
            Doubt(
                "ambiguous_unit",
                gettext_noop("“%(unit)s” may be any of: %(units)s."),
                {"unit": text, "units": ", ".join(_full_name(code, office) for code in codes[:6])},
            )
        ]
    if not codes:
        return None, [_unknown_unit(text, office)]
    code = codes[0]
    speaks_for_itself = office.sender and office.sender not in office.reports_for_all
    if speaks_for_itself and not is_within(path=office.units[code].path, of=office.units[office.sender].path):
        return code, [
            Doubt(
                "other_unit",
                gettext_noop("The file names “%(unit)s” but was sent by “%(sender)s”."),
                {"unit": office.units[code].name, "sender": office.units[office.sender].name},
            )
        ]
    return code, []


def _sized(measure: ReadMeasure, unit: str | None, office: Office) -> ReadMeasure:
    """Doubt a value that is more than a unit of its size can have."""
    facts = office.units.get(unit or "")
    if facts is None or measure.value is None:
        return measure
    residents = facts.population or RESIDENTS.get(facts.kind)
    if residents is None:
        return measure
    most = {"people": residents, "person_times": residents * MOST_TIMES_EACH, "things": residents * MOST_TIMES_EACH}
    limit = most.get(measure.basis)
    if limit is None or measure.value <= limit or measure.indicator in ("sms_sent", "online_audience"):
        return measure
    doubt = Doubt(
        "more_than_the_unit_can",
        gettext_noop("%(value)s is more than %(unit)s can have (%(most)s)."),
        {"value": str(measure.value), "unit": facts.name, "most": limit},
    )
    return replace(measure, doubts=(*measure.doubts, doubt))


def _unknown_unit(text: str, office: Office) -> Doubt:
    near = get_close_matches(normalise_name(text), list(office.names), n=5, cutoff=0.5)
    forms = name_forms(text, county=office.county)
    near += [name for name in office.names if any(len(form) >= 2 and form in name for form in forms)][:5]
    codes = list(dict.fromkeys(code for name in near for code in office.names[name]))[:3]
    if not codes:
        return Doubt("unknown_unit", gettext_noop("There is no unit “%(unit)s” in the unit list."), {"unit": text})
    return Doubt(
        "unknown_unit_near",
        gettext_noop("There is no unit “%(unit)s” in the unit list. Is it one of: %(near)s?"),
        {"unit": text, "near": ", ".join(_full_name(code, office) for code in codes)},
    )


def _full_name(code: str, office: Office) -> str:
    """A unit's name with its parent's before it, where that is not the county."""
    unit = office.units[code]
    parents = unit.path.rstrip("/").split("/")[:-1]
    parent = office.units.get(parents[-1]) if len(parents) > 1 else None
    return f"{parent.name}{unit.name}" if parent else unit.name


def _date_doubts(read: ReadActivity, office: Office) -> list[Doubt]:
    if office.starts_on is None or office.ends_on is None:
        return []
    if any(doubt.code == "date_outside_month" for doubt in read.doubts):
        return []
    first = office.starts_on - timedelta(days=DAYS_BEFORE_AND_AFTER)
    last = office.ends_on + timedelta(days=DAYS_BEFORE_AND_AFTER)
    doubts = []
    for day in filter(None, (read.from_on, read.to_on)):
        if read.is_report_line and first <= day <= last:
            continue
        if not office.starts_on <= day <= office.ends_on:
            doubts.append(
                Doubt(
                    "date_outside_month",
                    gettext_noop("%(day)s is outside the month (%(first)s to %(last)s)."),
                    {"day": day.isoformat(), "first": office.starts_on.isoformat(), "last": office.ends_on.isoformat()},
                    blocks=not first <= day <= last,
                )
            )
            break
    return doubts


def _task(read: ReadActivity, *, kind: str, unit: str | None, office: Office) -> str:
    """The task that an activity most likely belongs to; empty where none fits.

    An event belongs to a task of its kind (on its day, where all take part in one event); a line of
    counts to the task asked of the unit whose indicators it answers most.
    """
    counted = {measure.indicator for measure in read.measures if measure.indicator}
    best: tuple[tuple[int, int, int], str] | None = None
    for task in office.tasks:
        if task.is_one_event:
            fits = not read.is_report_line and kind == task.kind and read.from_on == task.held_on
            if not fits:
                continue
        same_kind = int(kind == task.kind)
        shared = len(counted & task.indicators)
        asked = int(unit in task.asked_of)
        if not same_kind and not (shared and asked and (read.is_report_line or kind in ("publicity", "other"))):
            continue
        rank = (same_kind * (1 + asked), shared, asked) if not read.is_report_line else (asked, shared, same_kind)
        if best is None or rank > best[0]:
            best = (rank, task.code)
    return best[1] if best else ""


def measure_is_ready(measure: ReadMeasure) -> bool:
    """Whether a value can be recorded: read, not negative, whole, matched to an indicator, nothing that blocks."""
    return (
        measure.indicator is not None
        and measure.value is not None
        and measure.value >= 0
        and measure.value == int(measure.value)
        and not any(doubt.blocks for doubt in measure.doubts)
    )
