"""What an issued paper says to its hazards: ordered, stopped, passed, failed, referred; each once by the paper's key."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.hazards.states import CLOSED, FAILED, INSPECTING, REPORTED_DONE, RESPONSIBLE
from safemonth.collect.inspection.papers.kinds import ORDER
from safemonth.collect.inspection.papers.models import Paper, PaperItem
from safemonth.collect.inspection.papers.queries import items_of
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.languages import said

# What the workplace's side says on site comes just before what the inspector says of it.
_STEP = timedelta(microseconds=1)


def say_to_hazards(*, paper: Paper, by: str, at: datetime) -> None:
    """Enter a paper's events, in the order of the hazards' rows; what a filled form has said already is not said again.

    Raises Refused `hazard_refuses` with the item's number where an event does not fit where its hazard stands.
    """
    for item in sorted(items_of(paper), key=lambda each: each.hazard_id):
        hazard = Hazard.objects.get(pk=item.hazard_id)
        try:
            _say(paper, item, hazard, by=by, at=at)
        except Refused as refused:
            raise Refused(
                "hazard_refuses",
                gettext_noop("Item %(number)s (%(hazard)s): %(why)s"),
                number=item.number,
                hazard=hazard.code,
                why=said(refused.sentence, refused.params),
            ) from refused


def _say(paper: Paper, item: PaperItem, hazard: Hazard, *, by: str, at: datetime) -> None:
    said = item.said
    match paper.kind:
        case "order":
            _enter(paper, hazard, "order", {"deadline_on": said["deadline_on"]}, by=by, at=at)
        case "decision" if said.get("is_stop"):
            what = str(paper.said.get("measures") or "")[:500]
            _enter(paper, hazard, "stop", {"what": what}, by=by, at=at)
        case "referral":
            to = str(paper.said.get("to_unit") or paper.said["to_name"])
            _enter(paper, hazard, "refer", {"to_unit": to, "reason": paper.said["reason"]}, by=by, at=at)
        case "recheck" if said["result"] == "done":
            _passed(paper, hazard, by=by, at=at)
        case "recheck":
            _failed(paper, hazard, said, by=by, at=at)


def _passed(paper: Paper, hazard: Hazard, *, by: str, at: datetime) -> None:
    if hazard.state == CLOSED:
        return
    if hazard.state != REPORTED_DONE:
        # Nobody had reported it: the workplace says so on site, before the officers' eyes, and signs the opinion.
        _enter(paper, hazard, "report_done", {}, by=by, at=at - _STEP, side=RESPONSIBLE)
    _enter(paper, hazard, "pass", {}, by=by, at=at)


def _failed(paper: Paper, hazard: Hazard, said: Mapping[str, Any], *, by: str, at: datetime) -> None:
    deadline = str(said["new_deadline_on"])
    if hazard.state == REPORTED_DONE:
        _enter(paper, hazard, "fail", {"reason": said["reason"], "deadline_on": deadline}, by=by, at=at)
    elif hazard.state != FAILED or str(hazard.deadline_on) != deadline:
        # What nobody reported as done cannot fail: it is ordered anew.
        _enter(paper, hazard, "order", {"deadline_on": deadline, "reason": said["reason"]}, by=by, at=at)


def _enter(
    paper: Paper,
    hazard: Hazard,
    move: str,
    data: Mapping[str, Any],
    *,
    by: str,
    at: datetime,
    side: str = INSPECTING,
) -> None:
    """Enter one event under the key that follows from the paper's, the move and the hazard."""
    is_theirs = side == RESPONSIBLE
    number = "order_number" if paper.kind == ORDER else "paper_number"
    posts = "，".join(str(each.get("post") or "") for each in paper.said.get("officers") or ())
    enter(
        campaign=paper.campaign,
        hazard_key=hazard.key,
        move=move,
        happened_at=at,
        side=side,
        # The workplace's side acts as one, as where a filled form says so (checklists/actions/events.py).
        person=f"workplace:{paper.workplace.key}" if is_theirs else by,
        data={**data, number: paper.number_text, "paper": str(paper.key)},
        by=by,
        # The server's clock: what is entered cannot have happened later.
        at=at,
        key=uuid5(paper.key, f"{move}/{hazard.key}"),
        unit=None if is_theirs else paper.office.unit,
        post_title="" if is_theirs else posts[:120],
        inspection=paper.inspection,
        workplace=paper.workplace,
    )
