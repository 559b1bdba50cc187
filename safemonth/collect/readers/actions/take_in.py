"""The whole way of one file: kept, read, proposed, and what is sure accepted."""

from dataclasses import dataclass
from datetime import datetime

from safemonth.collect.readers.actions.accept import accept_sure
from safemonth.collect.readers.actions.derive import derive, store
from safemonth.collect.readers.models import ReadingRecord
from safemonth.collect.readers.proposals import Office
from safemonth.collect.readers.queries import current_reading
from safemonth.collect.readers.reading import Doubt, Reading
from safemonth.collect.submissions.actions import receive
from safemonth.collect.submissions.models import Submission
from safemonth.lib.refusals import Refused
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign


@dataclass(frozen=True)
class TakenIn:
    """What became of one file. `refused` is set where it could not be read: it is kept, and waits for the clerk."""

    submission: Submission
    is_new: bool
    reading: ReadingRecord
    accepted: int
    left_open: int
    refused: Refused | None = None


def take_in(
    *,
    campaign: Campaign,
    data: bytes,
    file_name: str,
    channel: str,
    sender: Unit | None,
    by: str,
    at: datetime,
    task: str = "",
    accept: str = "sure",
    office: Office | None = None,
) -> TakenIn:
    """Take in one file; `accept` is `none`, `sure` (no doubt at all) or `all` (doubts that do not block too).

    The same bytes again change nothing. A file that cannot be read is kept with the refusal as its
    reading, so that nothing that arrived is lost. Raises Refused only where nothing is kept (empty, too
    large).
    """
    submission, is_new = receive(
        campaign=campaign, data=data, file_name=file_name, channel=channel, sender=sender, by=by, at=at
    )
    standing = current_reading(submission)
    if not is_new and standing:
        return TakenIn(submission, False, standing, 0, 0)
    refused = None
    try:
        reading = derive(submission=submission, by=by, at=at, task=task, office=office)
    except Refused as caught:
        refused = caught
        unreadable = Reading(format="unreadable", doubts=(Doubt(caught.code, caught.sentence, caught.params),))
        reading = store(submission=submission, reading=unreadable, proposed=[], by=by, at=at)
    accepted = left_open = 0
    if accept != "none":
        accepted, left_open = accept_sure(reading=reading, by=by, at=at, even_doubtful=accept == "all")
    return TakenIn(submission, is_new, reading, accepted, left_open, refused)
