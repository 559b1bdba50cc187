"""Runs the demo's files and filled forms through the real intake, in the order in which they came.

Then decides what a clerk would decide; the rest stays held.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from safemonth.collect.activities.actions import sign_return
from safemonth.collect.activities.models import Activity
from safemonth.collect.readers.actions import TakenIn, accept_sure, decide, derive, take_in, teach_heading
from safemonth.collect.readers.models import Proposal, ProposalState
from safemonth.collect.readers.queries import current_reading, proposals_of
from safemonth.collect.readers.sheets import normalise_heading
from safemonth.demo.appraisal import appraisal_steps
from safemonth.demo.field.filled import FilledForm, filled_forms
from safemonth.demo.field.sending import send_filled
from safemonth.demo.files import SentFile, all_drafts, write_files
from safemonth.demo.inspection import inspection_steps
from safemonth.demo.month import CLERK
from safemonth.demo.publicity.steps import publicity_steps
from safemonth.demo.rectification import rectification_steps
from safemonth.demo.step import Step
from safemonth.demo.supervision import supervision_steps
from safemonth.demo.tips import tip_steps
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign

# What the clerk answers when a file asks what a heading counts; others stay asked.
TAUGHT = {"播放《法佑平安》（场次）": "films_shown", "播发新闻（条）": "media_reports"}


@dataclass
class Built:
    """What became of the demo's files and forms, for the terminal and for tests; `filled` by the form's number."""

    files: list[SentFile] = field(default_factory=list)
    taken: dict[str, TakenIn] = field(default_factory=dict)
    filled: dict[int, list[str]] = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)


def send_files(campaign: Campaign, folder: Path, *, step: Callable[[str], None]) -> Built:
    """Let the month happen in order of time: files and forms arrive and are decided on, the office does its part."""
    built = Built(files=write_files(folder))
    units = {unit.code: unit for unit in Unit.objects.all()}
    for _, name, happen in sorted(_happenings(campaign, built, units), key=lambda each: each[0]):
        happen()
        step(name)
    return built


def office_steps() -> list[Step]:
    """Return what the office does, in order of time."""
    steps = [
        *publicity_steps(),
        *inspection_steps(),
        *rectification_steps(),
        *tip_steps(),
        *supervision_steps(),
        *appraisal_steps(),
    ]
    return sorted(steps, key=lambda step: step.at)


def count_steps() -> int:
    """Return how often `send_files` calls its `step`."""
    return len(all_drafts()) + len(filled_forms()) + len(office_steps())


def _happenings(
    campaign: Campaign, built: Built, units: dict[str, Unit]
) -> Iterator[tuple[datetime, str, Callable[[], object]]]:
    """Yield when and what: each file's arrival, each form's, each thing that the office does."""

    def send(filled: FilledForm) -> None:
        built.filled[filled.number] = send_filled(campaign, filled)

    for sent in built.files:
        yield sent.received_at, sent.path.name, partial(_receive, campaign, built, sent, units)
    for filled in filled_forms():
        yield filled.sent_at, f"{filled.form} {filled.number}", partial(send, filled)
    for each in office_steps():
        yield each.at, each.name, partial(each.do, campaign, by=CLERK, at=each.at)


def _receive(campaign: Campaign, built: Built, sent: SentFile, units: dict[str, Unit]) -> None:
    """Take one file in at the time at which it arrived, and decide on what it says."""
    built.taken[sent.path.name] = take_in(
        campaign=campaign,
        data=sent.path.read_bytes(),
        file_name=sent.path.name,
        channel=sent.channel,
        sender=units.get(sent.sender),
        by=CLERK,
        at=sent.received_at,
        task=sent.task,
    )
    _answer(built, sent)
    _decide(built, sent)
    _sign(campaign, built, sent, units)


def _decide(built: Built, sent: SentFile) -> None:
    """Decide as the clerk would who knows the file: doubles joined, corrections made; all else stays held."""
    reading = current_reading(built.taken[sent.path.name].submission)
    if reading is None:
        return
    correction_of = next((word.partition(":")[2] for word in sent.expect if word.startswith("correction:")), "")
    at = sent.received_at + timedelta(hours=1)
    for proposal in proposals_of(reading):
        if proposal.state != ProposalState.OPEN or proposal.likely_double_of is None or proposal.unit is None:
            continue
        is_same_event = bool(proposal.task and proposal.task.is_one_event)
        if (
            sent.expect == ("accept",)
            and not is_same_event
            and [doubt["code"] for doubt in proposal.doubts] == ["likely_double"]
        ):
            decide(proposal=proposal, decision="accept", reason="另一次活动", by=CLERK, at=at)
            built.decisions.append(f"{sent.path.name}: an activity of its own")
            continue
        current = Activity.objects.get(key=proposal.likely_double_of.key, is_current=True)
        if correction_of:
            decide(proposal=proposal, decision="correction", of=current, reason="单位来文更正", by=CLERK, at=at)
            built.decisions.append(f"{sent.path.name}: correction of activity {current.pk}")
        elif is_same_event or _is_joint(proposal, sent):
            decide(proposal=proposal, decision="duplicate", of=current, reason="同一次联合活动", by=CLERK, at=at)
            built.decisions.append(f"{sent.path.name}: the same event as activity {current.pk}")


def _answer(built: Built, sent: SentFile) -> None:
    """Answer what headings mean, and read the file again with the answers."""
    taken = built.taken[sent.path.name]
    at = sent.received_at + timedelta(minutes=30)
    answers = {normalise_heading(heading): meaning for heading, meaning in TAUGHT.items()}
    asked = {question["subject"] for question in taken.reading.questions} & answers.keys()
    for subject in sorted(asked):
        teach_heading(heading=subject, meaning=answers[subject], by=CLERK, at=at)
        built.decisions.append(f"{sent.path.name}: {subject} = {answers[subject]}")
    if asked:
        reading = derive(submission=taken.submission, by=CLERK, at=at)
        accept_sure(reading=reading, by=CLERK, at=at)


def _sign(campaign: Campaign, built: Built, sent: SentFile, units: dict[str, Unit]) -> None:
    """Sign the returns that a file completes: its sender's statement that what is listed is all there was."""
    taken = built.taken[sent.path.name]
    if "nil" in sent.expect or not taken.is_new:
        return
    for code in sent.returns_for:
        sign_return(
            campaign=campaign,
            unit=units[code],
            period_from=campaign.starts_on,
            period_to=campaign.ends_on,
            is_nil=False,
            signed_by=units[code].name,
            submission=taken.submission,
            by=CLERK,
            at=sent.received_at,
        )


def _is_joint(proposal: Proposal, sent: SentFile) -> bool:
    return not proposal.is_report_line and any(word.startswith("hold:duplicate") for word in sent.expect)
