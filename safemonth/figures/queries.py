"""Figures from the records: value, coverage, bounds, words and trace, for any unit, task and dates."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from safemonth.collect.activities.models import Measure
from safemonth.collect.submissions.queries import place_of
from safemonth.figures.bounds import widen
from safemonth.figures.columns import BASES, NONE, Selection
from safemonth.figures.counting import OUT_OF_SCOPE, REASONS, Counting, count
from safemonth.figures.coverage import Expected, cover
from safemonth.figures.figure import Caution, Coverage, Figure, Number, Scope, TraceLine
from safemonth.figures.records import Records, load_records
from safemonth.figures.rollup import Total, main_basis, roll_up
from safemonth.figures.words import words_of
from safemonth.lib.refusals import gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


class FigureDesk:
    """Answers what a figure is; records are loaded once and each scope is added up once."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._read_at: dict[str, dict[int, tuple[str, int, str, str]]] = {}
        self._scopes: dict[Selection, tuple[Counting, dict[tuple[int, str], Total]]] = {}

    @classmethod
    def of(cls, campaign: Campaign) -> "FigureDesk":
        """Return a desk over the campaign's records as they stand."""
        return cls(load_records(campaign))

    def figure(
        self,
        indicator: str,
        *,
        task: str = "",
        unit: str = "",
        basis: str = "",
        from_on: date | None = None,
        to_on: date | None = None,
        with_trace: bool = True,
    ) -> Figure:
        """Return a figure of the campaign.

        `unit` is a code (empty: the whole campaign), `task` a task's code (empty: all), `basis` one of BASES
        (empty: the one in which most units reported). Raises Refused where one of them is unknown.
        """
        records = self.records
        indicator_at = records.indicator_position(indicator)
        selection = Selection(
            unit=records.unit_position(unit),
            task=records.task_position(task),
            from_on=from_on.toordinal() if from_on else None,
            to_on=to_on.toordinal() if to_on else None,
        )
        counting, totals = self._scope(selection)
        found = {found_basis: total for (at, found_basis), total in totals.items() if at == indicator_at}
        chosen = basis or main_basis(totals, indicator_at) or ""
        total = found.get(chosen)
        coverage = self.coverage(indicator, task=task, unit=unit)
        bounds = (
            widen(
                total.interval,
                missing_kinds=[records.kinds[records.unit_at[name.code]] for name in coverage.missing],
                like_totals=self._like_totals(indicator_at, chosen, coverage, selection),
                plan_cap=self._plan_cap(indicator, selection.task),
                aggregation=records.aggregations[indicator_at],
            )
            if total
            else None
        )
        value = total.value if total else (0 if coverage.nil and coverage.is_complete else None)
        scope = Scope(
            campaign=records.campaign.code,
            unit=records.units[selection.unit or 0],
            task=task,
            from_on=from_on,
            to_on=to_on,
            basis=chosen,
        )
        return Figure(
            id=f"{indicator}@{scope.key}",
            indicator=indicator,
            scope=scope,
            value=value,
            aggregation=records.aggregations[indicator_at],
            coverage=coverage,
            state=total.state if total else "claimed",  # type: ignore[arg-type]
            bounds=bounds,
            words=words_of(value=value, bounds=bounds, coverage=coverage),
            trace=self._trace(indicator_at, chosen, counting) if with_trace else (),
            cautions=tuple(_other_bases(found, chosen)),
        )

    def all_figures(self, *, unit: str = "", with_trace: bool = False) -> list[Figure]:
        """Return a figure for each indicator and basis that was claimed in the unit's subtree, in indicator order."""
        _, totals = self._scope(Selection(unit=self.records.unit_position(unit)))
        return [
            self.figure(self.records.indicators[at].code, unit=unit, basis=basis, with_trace=with_trace)
            for at, basis in sorted(totals, key=lambda key: (key[0], BASES.index(key[1])))
        ]

    def coverage(self, indicator: str, *, task: str = "", unit: str = "") -> Coverage:
        """Return who was expected to report an indicator (those asked for a task that expects it) and who did.

        With `task`, those asked for that task. A unit has reported once anything for such a task came of
        it. A unit that signed its return (nothing to report, or that what is listed is complete) and has nothing for
        such a task has said nil.
        """
        records = self.records
        task_at = records.task_position(task)
        tasks = {task_at} if task_at is not None else {at for at, _ in records.expecting.get(indicator, ())}
        path = records.paths[records.unit_position(unit)]
        asked = [a for a in records.asked if a.task in tasks and records.paths[a.unit].startswith(path)]
        came: dict[int, date] = {}
        for (at, who), day in records.came_on.items():
            if at in tasks or (task_at is None and at == NONE):
                came[who] = min(day, came.get(who, day))
        inside = {a.unit for a in asked}
        return cover(
            [Expected(unit=records.units[a.unit], due_on=a.due_on) for a in asked],
            reported_on={records.units[who].code: day for who, day in came.items() if who in inside},
            nil_on={records.units[who].code: day for who, day in records.signed_on.items() if who in inside},
        )

    def _scope(self, selection: Selection) -> tuple[Counting, dict[tuple[int, str], Total]]:
        if selection not in self._scopes:
            records = self.records
            counting = count(records.columns, records.tree, selection, aggregations=records.aggregations)
            totals = roll_up(
                records.columns, records.tree, selection, aggregations=records.aggregations, counting=counting
            )
            self._scopes[selection] = (counting, totals)
        return self._scopes[selection]

    def _plan_cap(self, indicator: str, task: int | None) -> int | None:
        """The largest cap that the plan states for a missing unit; None where a task that asks states none."""
        caps = [cap for at, cap in self.records.expecting.get(indicator, ()) if task is None or at == task]
        stated = [cap for cap in caps if cap is not None]
        return max(stated) if stated and len(stated) == len(caps) else None

    def _like_totals(
        self, indicator_at: int, basis: str, coverage: Coverage, selection: Selection
    ) -> dict[str, list[Number]]:
        """What each expected unit that gave a number gave at most, by kind of unit; a nil return gives 0."""
        if coverage.is_complete:
            return {}
        records = self.records
        totals = records.totals
        by_kind: dict[str, list[Number]] = {}
        place = totals.keys.index((indicator_at, basis)) if (indicator_at, basis) in totals.keys else None
        nil = {unit.code for unit in coverage.nil}
        for unit in coverage.received:
            at = records.unit_at[unit.code]
            kind = by_kind.setdefault(records.kinds[at], [])
            if unit.code in nil:
                kind.append(0)
            elif place is not None and totals.measures[at, place]:
                kind.append(int(totals.upper[at, place]))
        return by_kind

    def _trace(self, indicator_at: int, basis: str, counting: Counting) -> tuple[TraceLine, ...]:
        records = self.records
        wanted = (records.columns.indicator == indicator_at) & (counting.reason != OUT_OF_SCOPE)
        if basis:
            wanted &= records.columns.basis == BASES.index(basis)
        rows = np.flatnonzero(wanted).tolist()
        code = records.indicators[indicator_at].code
        if code not in self._read_at:  # The same for every scope of the indicator.
            self._read_at[code] = _places(records.campaign, code)
        places = self._read_at[code]
        lines = []
        for row in rows:
            measure_id = int(records.columns.measure_id[row])
            title, source_id, source, qualifier = places[measure_id]
            reason = REASONS[counting.reason[row]]
            lines.append(
                TraceLine(
                    measure_id=measure_id,
                    unit=records.units[records.columns.unit[row]],
                    value=int(records.columns.value[row]),
                    qualifier=qualifier,
                    basis=BASES[records.columns.basis[row]],
                    activity_id=records.activity_ids[row],
                    activity_title=title,
                    source_id=source_id,
                    source=source,
                    counted=reason == "counted",
                    why_not="" if reason == "counted" else reason,
                )
            )
        return tuple(lines)


def _places(campaign: Campaign, indicator: str) -> dict[int, tuple[str, int, str, str]]:
    """Each measure's activity title, source (key; file and place) and qualifier, for one indicator."""
    rows = (
        Measure.objects.filter(activity__campaign=campaign, indicator=indicator, activity__is_current=True)
        .select_related("source", "source__submission", "activity")
        .only(
            "qualifier",
            "activity__title",
            "source__kind",
            "source__sheet",
            "source__row",
            "source__column",
            "source__start",
            "source__end",
            "source__field",
            "source__submission__file_name",
        )
    )
    return {
        row.pk: (
            row.activity.title,
            row.source_id,
            f"{row.source.submission.file_name} {place_of(row.source)}",
            row.qualifier,
        )
        for row in rows
    }


def _other_bases(found: dict[str, Total], chosen: str) -> Iterable[Caution]:
    for basis, total in found.items():
        if basis != chosen:
            yield Caution(
                "other_basis",
                gettext_noop("%(units)s units counted in another way (%(basis)s: %(value)s); the two are not added."),
                {"units": total.units, "basis": basis, "value": total.value},
            )


def reporting_units(desk: FigureDesk, *, task: str) -> list[Unit]:
    """Return the units that reported for a task, in tree order."""
    at = desk.records.task_position(task)
    codes = {desk.records.units[who].code for (task_at, who) in desk.records.came_on if task_at == at}
    return list(Unit.objects.filter(code__in=codes).order_by("path"))
