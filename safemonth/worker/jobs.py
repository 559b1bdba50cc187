"""The one place that says what follows what.

A job asks the records what is still to be done and does it, one thing at a time; doing a thing twice changes nothing.
So nothing is lost where the machine stops half-way, and no queue can disagree with the records.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from safemonth.collect.evidence.actions import examine
from safemonth.worker.queries import photos_waiting, second_uses

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


def _note_second_use(key: str, at: datetime) -> None:
    examine(sha256=key.partition(":")[0], by=WORKER, at=at)


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
