"""Reads for intake: what the office knows when a file is read, and what waits for a decision."""

from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet

from safemonth.collect.activities.queries import Near, events_known
from safemonth.collect.activities.rules import EventIndex
from safemonth.collect.forms.queries import design_of_version, instance_of
from safemonth.collect.inspection.checklists.lists import choices_of
from safemonth.collect.readers.known import Known
from safemonth.collect.readers.models import HeadingMeaning, Proposal, ProposalState, ProposedMeasure, ReadingRecord
from safemonth.collect.readers.proposals import Office, TaskFacts, UnitFacts, unit_meant
from safemonth.collect.readers.reading import Reading
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import Seat, Unit
from safemonth.organisation.queries import names_of_units
from safemonth.plan.models import Assignment, Campaign, TaskIndicator
from safemonth.plan.queries import indicator_names, tasks_of


def unit_facts_and_names() -> tuple[dict[str, UnitFacts], dict[str, list[str]], str]:
    """Return all units by code, every name form with its codes, and the county's name (empty: no units)."""
    rows = Unit.objects.order_by("path").values_list("code", "name", "kind", "path", "population")
    units = {row[0]: UnitFacts(*row) for row in rows}
    top = next((unit.name for unit in units.values()), "")
    return units, names_of_units(), top


def office_of(campaign: Campaign, *, sender: Unit | None = None, task: str = "", with_known: bool = True) -> Office:
    """Return what is known for reading a file of a campaign that `sender` sent (None: the clerk loads it)."""
    units, names, _ = unit_facts_and_names()
    asked: dict[int, set[str]] = {}
    for task_id, code in Assignment.objects.filter(task__campaign=campaign).values_list("task", "unit__code"):
        asked.setdefault(task_id, set()).add(code)
    expected: dict[int, set[str]] = {}
    for task_id, indicator in TaskIndicator.objects.filter(task__campaign=campaign).values_list("task", "indicator"):
        expected.setdefault(task_id, set()).add(indicator)
    speaks_for_all = set(Seat.objects.filter(body=campaign.office).values_list("unit__code", flat=True))
    if campaign.office and campaign.office.located_at:
        speaks_for_all.add(campaign.office.located_at.code)
    return Office(
        units=units,
        names=names,
        county=campaign.unit.name,
        sender=sender.code if sender else "",
        reports_for_all=frozenset({campaign.unit.code, *speaks_for_all}),
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        tasks=[
            TaskFacts(
                code=row.code,
                kind=row.kind,
                held_on=row.held_on,
                is_one_event=row.is_one_event,
                asked_of=frozenset(asked.get(row.pk, ())),
                indicators=frozenset(expected.get(row.pk, ())),
            )
            for row in tasks_of(campaign)
        ],
        task=task,
        known=EventIndex(events_known(campaign) if with_known else ()),
    )


def with_known_near(office: Office, campaign: Campaign, reading: Reading) -> Office:
    """Return the same knowledge with the activities on record that those of a reading may be doubles of."""
    days = [day for read in reading.activities for day in (read.from_on, read.to_on) if day]
    # A task that is one event gives its day to rows that name none.
    days += [task.held_on for task in office.tasks if task.code == office.task and task.held_on]
    lines = {unit_meant(read.unit_text, office)[0] for read in reading.activities}
    near = Near(
        first=min(days, default=None),
        last=max(days, default=None),
        line_units=frozenset(code for code in lines if code),
    )
    return replace(office, known=EventIndex(events_known(campaign, near=near)))


def known_to_readers(campaign: Campaign | None, office: Office) -> Known:
    """Return the same knowledge as the readers take it."""
    lexicon = settings.DATA / "lexicon.csv"
    sender = office.units[office.sender].name if office.sender else ""
    names: dict[str, str] = {form: codes[0] for form, codes in office.names.items()}
    names |= {unit.name: unit.code for unit in reversed(list(office.units.values()))}
    return Known(
        indicators=indicator_names(),
        headings=dict(HeadingMeaning.objects.values_list("heading", "meaning")),
        unit_names=names,
        from_on=campaign.starts_on if campaign else None,
        to_on=campaign.ends_on if campaign else None,
        sender=sender if office.sender not in office.reports_for_all else "",
        lexicon_path=lexicon if lexicon.exists() else None,
    )


def known_of_form(known: Known, submission: Submission) -> Known:
    """Return the same knowledge with the form that a submission was filled in with, where it is a filled form."""
    instance = instance_of(submission)
    if instance is None:
        return known
    version = instance.form_version
    return replace(
        known,
        form=design_of_version(version),
        choices=choices_of(version),
        received_at=instance.received_at,
    )


def current_reading(submission: Submission) -> ReadingRecord | None:
    """Return the reading of a submission that stands, None where it was never read."""
    return ReadingRecord.objects.filter(submission=submission, is_current=True).first()


def proposals_of(reading: ReadingRecord) -> QuerySet[Proposal]:
    """Return a reading's proposals in order, with unit, task, source and what came of them."""
    return (
        Proposal.objects.filter(reading=reading)
        .select_related("unit", "task", "source", "activity", "likely_double_of")
        .order_by("number")
    )


def measures_proposed(proposals: QuerySet[Proposal]) -> dict[int, list[ProposedMeasure]]:
    """Return the values of proposals by proposal key, in order."""
    by_proposal: dict[int, list[ProposedMeasure]] = {}
    rows = (
        ProposedMeasure.objects.filter(proposal__in=proposals)
        .select_related("indicator", "source", "measure")
        .order_by("proposal_id", "number")
    )
    for row in rows:
        by_proposal.setdefault(row.proposal_id, []).append(row)
    return by_proposal


def waiting_proposals(campaign: Campaign) -> QuerySet[Proposal]:
    """Return what a person must still look at, oldest first."""
    return (
        Proposal.objects.filter(
            reading__submission__campaign=campaign, reading__is_current=True, state=ProposalState.OPEN
        )
        .select_related("reading__submission", "unit", "task", "likely_double_of")
        .order_by("reading__submission__received_at", "reading_id", "number")
    )


def waiting_measures(campaign: Campaign) -> QuerySet[ProposedMeasure]:
    """Return values left open in proposals that were otherwise accepted, oldest first."""
    return ProposedMeasure.objects.filter(
        proposal__reading__submission__campaign=campaign,
        proposal__reading__is_current=True,
        proposal__state=ProposalState.ACCEPTED,
        state=ProposalState.OPEN,
    ).select_related("proposal__reading__submission", "proposal__unit", "indicator", "source")
