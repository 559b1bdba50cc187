"""The lists that forms ask for, as the signed-in account gets them: units, workplaces, planned visits, open hazards."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from safemonth.collect.forms import queries as forms
from safemonth.collect.forms.models import FormVersion
from safemonth.collect.inspection.drives.models import DrawnVisit
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent
from safemonth.collect.inspection.hazards.states import AWAITED, REPORTED_DONE, STATES
from safemonth.collect.inspection.inspections.queries import visits_open_to
from safemonth.collect.inspection.inspections.rules import visit_key
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.queries import workplaces_seen_by
from safemonth.organisation.models import User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign
from safemonth.plan.queries import campaign_called

OPEN_STATES = tuple(state.code for state in STATES if state.is_open and state.code != AWAITED)


def media_for(version: FormVersion, user: User) -> dict[str, bytes]:
    """Return the lists that a form asks for, by name, as the signed-in user gets them (CSV with `name` and `label`).

    `units.csv` as `forms.queries.media_for` says. `workplaces.csv`: those whose records the user may see (`name` is the key).
    `visits.csv`: visits drawn for the user's team and not made yet. `hazards.csv`: open hazards of the user's units, with
    `reported` (yes where it was reported as done) and `last`, the event that a recheck answers. A list that the office does not
    know stays out.
    """
    lists = forms.media_for(version, user)
    campaign = campaign_called() if set(version.media) & {"visits.csv", "hazards.csv"} else None
    if "workplaces.csv" in version.media:
        rows = workplaces_seen_by(user).filter(is_working=True).order_by("township__path", "name", "pk")
        lists["workplaces.csv"] = _csv(("name", "label", "trade", "township"), map(_workplace_row, rows))
    if "visits.csv" in version.media and campaign:
        lists["visits.csv"] = _csv(("name", "label", "workplace"), map(_visit_row, visits_open_to(user, campaign)))
    if "hazards.csv" in version.media and campaign:
        columns = ("name", "label", "workplace", "state", "reported", "last", "grade", "deadline")
        lists["hazards.csv"] = _csv(columns, _hazard_rows(open_hazards(user, campaign)))
    return lists


def choices_of(version: FormVersion) -> dict[str, Collection[str]]:
    """Return what may be chosen from each of a form's lists, by the list's name, whoever chose it and when.

    A hazard may be rechecked on paper before its finding has arrived, so hazards and visits are not held to a list.
    """
    choices = forms.choices_of(version)
    if "workplaces.csv" in version.media:
        choices["workplaces.csv"] = {str(key) for key in Workplace.objects.values_list("key", flat=True)}
    return choices


def names_chosen(chosen: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return what was chosen from the lists of inspections as people call it: value -> (Chinese, English).

    `chosen` are pairs of a list's name and a value of it; values that the records do not have are left out.
    """
    asked: dict[str, set[UUID]] = {}
    for name, value in chosen:
        with suppress(ValueError):
            asked.setdefault(name, set()).add(UUID(value))
    places = Workplace.objects.filter(key__in=asked.get("workplaces.csv", ())).values_list("key", "name")
    hazards = Hazard.objects.filter(key__in=asked.get("hazards.csv", ())).values_list("key", "code", "text")
    named = {str(key): name for key, name in places} if "workplaces.csv" in asked else {}
    if "hazards.csv" in asked:
        named |= {str(key): f"{code} {text}"[:120] for key, code, text in hazards}
    return {value: (name, name) for value, name in named.items()}


def open_hazards(user: User, campaign: Campaign) -> QuerySet[Hazard]:
    """Return the open hazards that are the user's to recheck: found by, in charge of or in the township of their units."""
    rows = Hazard.objects.filter(campaign=campaign, state__in=OPEN_STATES).select_related("workplace")
    if not sees_all(user):
        units = units_seen_by(user)
        rows = rows.filter(Q(found_by__in=units) | Q(charge_of__in=units) | Q(township__in=units))
    return rows.order_by("deadline_on", "found_on", "code")


def _workplace_row(workplace: Workplace) -> tuple[str, ...]:
    label = f"{workplace.name}（{workplace.township.name}）"
    return str(workplace.key), label, workplace.trade, workplace.township.code


def _visit_row(visit: DrawnVisit) -> tuple[str, ...]:
    key = visit_key(drive=visit.draw.drive_id, workplace=visit.workplace.key)
    label = f"{visit.visit_on:%m-%d} {visit.workplace.name}（{visit.draw.drive.title}）"
    return str(key), label, str(visit.workplace.key)


def _hazard_rows(hazards: QuerySet[Hazard]) -> Iterator[tuple[str, ...]]:
    rows = list(hazards)
    # Where all events fit, any later one is settled, and a recheck may answer it; where some are held, none is named.
    settled = HazardEvent.objects.filter(hazard_key__in=[row.key for row in rows if not row.held]).exclude(move="find")
    last = dict(settled.order_by().values_list("hazard_key").annotate(last=Max("pk")))
    keys = dict(HazardEvent.objects.filter(pk__in=last.values()).values_list("pk", "key"))
    for row in rows:
        place = row.workplace.name if row.workplace else ""
        label = f"{row.code} {place} {row.spot} {row.text}"[:120]
        event = keys.get(last.get(row.key, 0), "")
        reported = "yes" if row.state == REPORTED_DONE else "no"
        deadline = row.deadline_on.isoformat() if row.deadline_on else ""
        yield str(row.key), label, place, row.state, reported, str(event), row.grade, deadline


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()
