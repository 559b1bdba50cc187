"""One step of a report: the step is added, and the row made again from all its steps."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from safemonth.collect.inspection.tips.models import Tip, TipStep
from safemonth.collect.inspection.tips.queries import deadlines, root_of
from safemonth.collect.inspection.tips.rules import check_move, due_on, state_after
from safemonth.ledger.actions import Write
from safemonth.lib.refusals import Refused, gettext_noop


def held_fast(tip: Tip) -> Tip:
    """Read a report again and hold its row until the transaction ends: of two who act at once the second sees the first."""
    return Tip.objects.select_for_update(of=("self",)).select_related("campaign__unit", "hazard").get(pk=tip.pk)


def add_step(
    write: Write,
    tip: Tip,
    move: str,
    *,
    by: str,
    at: datetime,
    joined_to: Tip | None = None,
    fields: dict[str, Any] | None = None,
    **said: Any,
) -> TipStep:
    """Add a step within an open `writing` and make the report's row again; `fields` are set with it.

    Raises Refused `not_here`, `words_missing`, and of a join `ring`.
    """
    check_move(move, state=tip.state, words=str(said.get("words", "")))
    if move == "join":
        joined_to = _other(tip, joined_to)
    step = write.create(TipStep(tip=tip, move=move, taken_at=at, taken_by=by, **said))
    moves = list(TipStep.objects.filter(tip=tip).order_by("id").values_list("move", "taken_at"))
    state = state_after((each for each, _at in moves), is_held=bool(tip.suspicions))
    passed = [when for each, when in moves if each == "pass_on"]
    write.change(
        tip,
        state=state,
        joined_to=joined_to if state == "joined" else None,
        due_on=due_on(
            state,
            received_on=timezone.localdate(tip.received_at),
            passed_on=timezone.localdate(passed[-1]) if passed else None,
            deadlines=deadlines(),
        ),
        **(fields or {}),
    )
    return step


def _other(tip: Tip, other: Tip | None) -> Tip:
    if other is None or other.campaign_id != tip.campaign_id:
        raise Refused("unknown_other", gettext_noop("The other report is not in this month."))
    root = root_of(other)
    if root.pk == tip.pk:
        raise Refused("ring", gettext_noop("That report is a double of this one already."))
    return root
