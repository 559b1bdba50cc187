"""The one place that says what follows what.

A job asks the records what is still to be done and does it, one thing at a time; doing a thing twice changes nothing.
So nothing is lost where the machine stops half-way, and no queue can disagree with the records.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from safemonth.collect.evidence.actions import examine
from safemonth.collect.forms.models import Instance, Rival
from safemonth.collect.inspection.checklists.actions import refresh_figures, take_in_inspection
from safemonth.collect.inspection.checklists.queries import figures_waiting, inspections_waiting
from safemonth.collect.inspection.hazards.queries.following import out_of_step
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.tips.actions import remove_personal_data
from safemonth.worker.hazards import enter_rise, follow_workplace, rises_to_enter, seen_to_take_over, take_over_seen
from safemonth.worker.queries import photos_waiting, second_uses, tips_with_personal_data_due

log = logging.getLogger(__name__)

# Who acts, as the ledger names it.
WORKER = "worker"
# What fails is tried again after this many rounds of the worker, so that one bad photo holds up no other.
ROUNDS_UNTIL_AGAIN = 60


@dataclass(frozen=True)
class Job:
    """One thing that follows another: `after` names it for people, `waiting` gives keys, `do` does one.

    `is_lasting`: a key stays in `waiting` when it was done.
    """

    name: str
    after: str
    waiting: Callable[[], Iterable[str]]
    do: Callable[[str, datetime], None]
    is_lasting: bool = False


def _examine(sha256: str, at: datetime) -> None:
    examine(sha256=sha256, by=WORKER, at=at)


def _raise_hazard(key: str, at: datetime) -> None:
    enter_rise(key, at, WORKER)


def _follow_workplace(key: str, at: datetime) -> None:
    follow_workplace(key, at, WORKER)


def _take_over_seen(number: str, at: datetime) -> None:
    take_over_seen(number, at, WORKER)


def _take_in_inspection(key: str, at: datetime) -> None:
    kind, _, number = key.partition(":")
    sent = (Instance if kind == "instance" else Rival).objects.get(pk=int(number))
    take_in_inspection(sent=sent, by=WORKER, at=at)


def _refresh_figures(key: str, at: datetime) -> None:
    refresh_figures(inspection=Inspection.objects.get(key=key), by=WORKER, at=at)


def _note_second_use(key: str, at: datetime) -> None:
    examine(sha256=key.partition(":")[0], by=WORKER, at=at)


def _remove_personal_data(key: str, at: datetime) -> None:
    remove_personal_data(key=UUID(key), by=WORKER, at=at)


JOBS = (
    Job(name="photo.examine", after="a photo arrived", waiting=photos_waiting, do=_examine),
    # Waits for ever, since what was done leaves the file used twice: a worker does each key once.
    Job(
        name="photo.second_use",
        after="a photo arrived that another filled form has too",
        waiting=second_uses,
        do=_note_second_use,
        is_lasting=True,
    ),
    # Done at once where it can be; this is for what was cut off in between.
    Job(
        name="inspection.take_in",
        after="a filled inspection arrived",
        waiting=inspections_waiting,
        do=_take_in_inspection,
    ),
    Job(
        name="hazard.take_over",
        after="a hazard was seen on a day of law to the countryside",
        waiting=seen_to_take_over,
        do=_take_over_seen,
    ),
    Job(
        name="hazard.follow_workplace",
        after="a hazard's workplace was merged, or another unit is in charge of it",
        waiting=out_of_step,
        do=_follow_workplace,
    ),
    Job(name="hazard.raise", after="a deadline passed", waiting=rises_to_enter, do=_raise_hazard),
    Job(
        name="inspection.figures",
        after="a hazard moved or its workplace was merged",
        waiting=figures_waiting,
        do=_refresh_figures,
    ),
    Job(
        name="tip.remove_personal_data",
        after="the day has come that was stated to who reported a hazard",
        waiting=tips_with_personal_data_due,
        do=_remove_personal_data,
    ),
)


@dataclass(frozen=True)
class Done:
    """What became of one key of a job; `error` is empty where it was done, `is_lasting` as in `Job`."""

    job: str
    key: str
    error: str = ""
    is_lasting: bool = False


def do_waiting(
    *, jobs: Iterable[Job], now: Callable[[], datetime], skip: Collection[tuple[str, str]]
) -> Iterator[Done]:
    """Do what waits, job by job, and yield what became of each; what `skip` names (job, key) is left for later.

    An error of one key is logged and yielded and stops nothing else.
    """
    for job in jobs:
        for key in list(job.waiting()):
            if (job.name, key) in skip:
                continue
            try:
                job.do(key, now())
            except Exception as error:  # Whatever went wrong with this key, the others are done.
                log.exception("%s %s", job.name, key)
                yield Done(job.name, key, f"{type(error).__name__}: {error}"[:200])
            else:
                yield Done(job.name, key, is_lasting=job.is_lasting)
