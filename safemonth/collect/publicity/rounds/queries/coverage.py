"""Reads of what was done: visits as reported, and each village by name with what has become of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F, Q

from safemonth.collect.activities.models import Activity
from safemonth.collect.forms.answers import answers_of
from safemonth.collect.forms.models import Instance, Purpose
from safemonth.collect.forms.queries import design_of_version
from safemonth.collect.publicity.rounds.models import Round, VillagePosition
from safemonth.collect.publicity.rounds.queries.plans import DayStops, current_plan, days_of_plan
from safemonth.collect.publicity.rounds.queries.setup import positions_of, villages_of
from safemonth.collect.publicity.rounds.rules import State, Visit, first_visits, state_of, stop_is_done, village_meant
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import county, names_of_units, units_seen_by
from safemonth.organisation.rules import units_named
from safemonth.plan.models import ActivityKind


@dataclass(frozen=True)
class VillageLine:
    """A village with what has become of it: where it is planned, and who was there first."""

    village: Unit
    state: State
    planned: tuple[DayStops, ...] = ()
    visit: Visit | None = None
    position: VillagePosition | None = None


@dataclass(frozen=True)
class Coverage:
    """All villages of a round by name. `unknown` are visits reported of places that are no village of the round."""

    lines: tuple[VillageLine, ...]
    visits: tuple[Visit, ...]
    unknown: tuple[str, ...] = ()
    done: frozenset[int] = field(default_factory=frozenset)

    def of(self, state: State) -> list[VillageLine]:
        """The villages in a state, in tree order."""
        return [line for line in self.lines if line.state == state]

    def within(self, codes: Collection[str]) -> "Coverage":
        """The same of some villages only; places that are no village belong to nobody and fall away."""
        lines = tuple(line for line in self.lines if line.village.code in codes)
        visits = tuple(visit for visit in self.visits if visit.village in codes)
        return replace(self, lines=lines, visits=visits, unknown=())

    @property
    def reached(self) -> frozenset[str]:
        """The codes of the villages reached."""
        return frozenset(line.village.code for line in self.lines if line.state == "reached")


def coverage_of(round: Round, *, today: date) -> Coverage:
    """Return what has become of each village of a round by a day.

    A filled form `village_stop` counts as soon as it has arrived; an activity (publicity vehicles) of one
    day and one place counts however it was reported. `done` are the keys of stops that their own unit reported on their
    own day; a village counts as reached by whoever was there, on any day of the round.
    """
    villages = list(villages_of(round))
    days = days_of_plan(current_plan(round))
    visits, unknown = _visits(round, villages, days)
    reached = first_visits(visits)
    planned: dict[int, list[DayStops]] = {}
    done: set[int] = set()
    for one in days:
        for stop in one.stops:
            planned.setdefault(stop.village_id, []).append(one)
            if stop_is_done(stop.village.code, day=one.day.day, unit=one.day.vehicle.unit.code, visits=visits):
                done.add(stop.pk)
    positions = positions_of(villages)
    lines = tuple(
        VillageLine(
            village=unit,
            state=state_of(
                unit.code, reached=reached, planned_on=[d.day.day for d in planned.get(unit.pk, ())], today=today
            ),
            planned=tuple(planned.get(unit.pk, ())),
            visit=reached.get(unit.code),
            position=positions.get(unit.pk),
        )
        for unit in villages
    )
    return Coverage(lines=lines, visits=tuple(visits), unknown=tuple(unknown), done=frozenset(done))


def coverage_seen_by(user: User, round: Round, *, today: date) -> Coverage:
    """Return the coverage of the villages that a user may see: all, or their own and those that their vehicles go to."""
    coverage = coverage_of(round, today=today)
    if sees_all(user):
        return coverage
    own = set(units_seen_by(user).values_list("code", flat=True))
    days = days_of_plan(current_plan(round), user=user)
    return coverage.within(own | {stop.village.code for one in days for stop in one.stops})


def _visits(round: Round, villages: Sequence[Unit], days: Sequence[DayStops]) -> tuple[list[Visit], list[str]]:
    """Return the visits reported within the round's days, and the places among them that are no village of it."""
    names, top = names_of_units(), county().name
    codes = {village.code for village in villages}
    expected: dict[tuple[str, date], set[str]] = {}
    for one in days:
        expected.setdefault((one.day.vehicle.unit.code, one.day.day), set()).update(s.village.code for s in one.stops)
    visits: dict[tuple[str, date, str], Visit] = {}
    unknown: dict[str, None] = {}
    for place, day, unit, source in [*_activities(round), *_answers(round, names, top)]:
        if not round.from_on <= day <= round.to_on:
            continue
        named = units_named(place, names=names, county=top)
        meant = village_meant(named, expected=expected.get((unit, day), ()), villages=codes)
        if meant is not None:
            visits.setdefault((meant, day, unit), Visit(meant, day, unit, source))
        elif not named or codes & set(named):
            # A tour of a whole township names no village, and that is no mistake.
            unknown[place] = None
    return list(visits.values()), list(unknown)


def _activities(round: Round) -> list[tuple[str, date, str, str]]:
    rows = Activity.objects.filter(
        campaign=round.campaign,
        kind=ActivityKind.VEHICLE_TOUR,
        is_current=True,
        is_withdrawn=False,
        is_report_line=False,
        duplicate_of=None,
        from_on__gte=round.from_on,
        from_on__lte=round.to_on,
    ).exclude(place="")
    rows = rows.filter(Q(to_on=None) | Q(to_on=F("from_on")))
    return [
        (place, day, unit, f"activity {key}")
        for place, day, unit, key in rows.values_list("place", "from_on", "host__code", "pk")
        if day is not None
    ]


def _answers(round: Round, names: Mapping[str, Collection[str]], top: str) -> list[tuple[str, date, str, str]]:
    """Return what filled forms say that have not become activities: those that have are corrected and withdrawn there."""
    found = []
    rows = (
        Instance.objects.filter(campaign=round.campaign, is_current=True, form_version__purpose=Purpose.VILLAGE_STOP)
        .exclude(submission__in=Activity.objects.filter(campaign=round.campaign).values("submission"))
        .select_related("form_version__form", "submission", "unit")
    )
    for row in rows:
        said = {
            answer.question.meaning: answer.text.strip()
            for answer in answers_of(bytes_kept(row.submission.sha256), design_of_version(row.form_version))
            if answer.question.meaning
        }
        units = units_named(said.get("unit", ""), names=names, county=top)
        unit = units[0] if len(units) == 1 else row.unit.code if row.unit else ""
        try:
            day = date.fromisoformat(said.get("from_on", ""))
        except ValueError:
            continue
        if said.get("place"):
            found.append((said["place"], day, unit, f"form {row.pk}"))
    return found
