"""Closing the day: one activity with every unit as participant, however often it is closed."""

from datetime import datetime
from typing import Final

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity, Evidence, Measure, MeasureState
from safemonth.collect.publicity.consulting.models import BoothReport, Closing, ConsultingDay
from safemonth.collect.publicity.consulting.queries import (
    Board,
    BoothLine,
    board_of,
    closings_of,
    counted_indicators,
    event_on_record,
    expected_by_name,
    occasion_of,
)
from safemonth.collect.publicity.consulting.rules import basis_counted
from safemonth.collect.publicity.materials.actions import counts_of_handouts, settle_occasion
from safemonth.collect.publicity.materials.queries import handouts_at
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.plan.models import Indicator

# The reason that a version gets where the clerk gives none.
LATE_REPORTS: Final = "各展位补报"


def close_day(
    *, day: ConsultingDay, by: str, at: datetime, reason: str = "", in_place_of: Activity | None = None
) -> Closing:
    """Record what booths reported as the day's one event; again, after late reports, a new version of it.

    Booths that reported or said that they are there took part; each number is its unit's own, and no sum is stored
    beside them. Where nothing changed since, the last closing is returned. Raises Refused `nobody_reported`, and
    `event_on_record` where the event stands in a version that no closing made (a sheet, a correction) and
    `in_place_of` does not say that it may be replaced.
    """
    board = board_of(day)
    if not board.there:
        raise Refused("nobody_reported", gettext_noop("No booth has reported yet; there is nothing to record."))
    last = closings_of(day).last()
    own = Activity.objects.filter(key=last.activity.key, is_current=True, is_withdrawn=False).first() if last else None
    standing = own or event_on_record(day)
    is_ours = standing is not None and last is not None and standing.pk == last.activity_id
    if standing and not is_ours and (in_place_of is None or in_place_of.pk != standing.pk):
        raise Refused(
            "event_on_record",
            gettext_noop(
                "“%(title)s” is on record already, from %(file)s. Tick that the booths' numbers take its place, or leave"
                " it as it is."
            ),
            title=standing.title,
            file=standing.submission.file_name,
        )
    handouts = list(handouts_at(day.task.campaign, occasion_of(day)))
    with writing(by=by, at=at, action="consulting.close", about=day.task.code) as write:
        activity = record_deed(
            write,
            campaign=day.task.campaign,
            deed=_deed(day, board, _counts(day, board, stock=counts_of_handouts(handouts))),
            entry={"consulting_day": day.pk, "reason": reason, "booths": [_entry(line) for line in board.there]},
            file_name=f"consulting-day-{day.pk}.json",
            by=by,
            at=at,
            standing=standing,
            reason=reason.strip() or LATE_REPORTS,
        )
        settle_occasion(write, handouts=handouts, activity=activity)
        _bear_out(write, activity, board)
        if last and last.activity_id == activity.pk:
            return last
        return write.create(
            Closing(
                day=day,
                number=last.number + 1 if last else 1,
                activity=activity,
                last_report=BoothReport.objects.filter(booth__day=day).latest("pk"),
                closed_at=at,
                closed_by=by,
            )
        )


def _deed(day: ConsultingDay, board: Board, counts: list[Count]) -> Deed:
    sites = {line.place.site_id for line in board.there if line.place}
    only = next((line.place.site.name for line in board.there if line.place), "") if len(sites) == 1 else ""
    return Deed(
        kind=day.task.kind,
        title=day.task.title,
        host=day.host,
        counts=counts,
        task=day.task,
        place=only,
        from_on=day.held_on,
        to_on=day.held_on,
        participants={line.booth.unit: line.place.site.name if line.place else "" for line in board.there},
    )


def _counts(day: ConsultingDay, board: Board, *, stock: list[Count]) -> list[Count]:
    """Each unit's numbers, then what is counted by name (docs/figures/double-counting.md).

    Copies from the stock are within what a booth said that it gave out; only where it said nothing they count.
    """
    words = {indicator.pk: indicator.measure_words for indicator in counted_indicators(day)}
    for indicator in Indicator.objects.filter(pk__in={code for line in board.there for code in line.counts}):
        words.setdefault(indicator.pk, indicator.measure_words)
    counts = [
        Count(
            indicator=code,
            unit=line.booth.unit,
            value=said.value,
            basis=basis_counted(code, words.get(code, "")),
            qualifier=said.qualifier,
            heading=said.text if said.qualifier != "exact" else "",
        )
        for line in board.there
        for code, said in line.counts.items()
    ]
    stated = {(count.indicator, count.unit.pk) for count in counts}
    counts += [count for count in stock if (count.indicator, count.unit.pk) not in stated]
    expected = expected_by_name(day)
    if "departments_taking_part" in expected:
        counts += [_one("departments_taking_part", line, line.booth.unit.code) for line in board.there]
    if "consulting_sites" in expected:
        first = {line.place.site_id: line for line in reversed(board.there) if line.place}
        counts += [
            _one("consulting_sites", line, line.place.site.name) for line in reversed(first.values()) if line.place
        ]
    return counts


def _one(indicator: str, line: BoothLine, named: str) -> Count:
    return Count(indicator=indicator, unit=line.booth.unit, value=1, basis="places", named=named)


def _entry(line: BoothLine) -> dict[str, object]:
    return {
        "unit": line.booth.unit.code,
        "site": line.place.site.name if line.place else "",
        "reports": [report.pk for report in line.reports],
        "said_by": line.reports[-1].said_by,
        "said_at": line.reports[-1].said_at,
        "counts": {code: said.text for code, said in line.counts.items()},
    }


def _bear_out(write: Write, activity: Activity, board: Board) -> None:
    """Let each booth's photos bear out that unit's numbers, and no other's."""
    photos = {line.booth.unit_id: [r.photo for r in line.reports if r.photo] for line in board.there}
    borne = set(Evidence.objects.filter(activity__key=activity.key).values_list("submission", flat=True))
    sent = {photo.pk: photo for of_unit in photos.values() for photo in of_unit}
    write.create_all([Evidence(activity=activity, submission=photo) for pk, photo in sent.items() if pk not in borne])
    units = [unit for unit, of_unit in photos.items() if of_unit]
    claimed = Measure.objects.filter(activity=activity, unit__in=units, state=MeasureState.CLAIMED)
    write.change_each([(measure, {"state": MeasureState.EVIDENCED}) for measure in claimed])
