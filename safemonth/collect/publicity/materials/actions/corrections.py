"""Corrections of the books: another number with its reason; what stood stays readable in the ledger."""

from datetime import datetime

from safemonth.collect.activities.actions import withdraw
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.materials.actions.handouts import recount
from safemonth.collect.publicity.materials.models import Handout, Loss, PrintRun, StockCount, Transfer
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop


def correct_copies(
    *, row: PrintRun | Transfer | Handout | StockCount | Loss, copies: int, reason: str, by: str, at: datetime
) -> None:
    """Put another number (>= 0; 0: the entry was a mistake) in the place of an entry's.

    Of a transfer it is the number sent. A hand-out that is counted by itself takes its activity along, as a new
    version of it, or withdrawn where nothing is left. Raises Refused `reason_missing`, `below_zero` or
    `nothing_changed`.
    """
    if copies < 0:
        raise Refused("below_zero", gettext_noop("A number of copies cannot be below zero."))
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say why the record is corrected; the reason stays with it."))
    standing = row.copies_sent if isinstance(row, Transfer) else row.copies
    if copies == standing:
        raise Refused("nothing_changed", gettext_noop("Nothing was changed."))
    with writing(by=by, at=at, action="materials.correct", about=reason) as write:
        correction = reason.strip()[:200]
        if isinstance(row, Transfer):
            write.change(row, copies_sent=copies, correction=correction)
            return
        write.change(row, copies=copies, correction=correction)
        if isinstance(row, Handout) and row.is_own_activity and row.activity:
            _take_along(write, row, reason=correction, by=by, at=at)


def _take_along(write: Write, corrected: Handout, *, reason: str, by: str, at: datetime) -> None:
    together = list(
        Handout.objects.filter(is_own_activity=True, activity=corrected.activity)
        .select_related("design__indicator", "design__campaign", "place", "activity")
        .order_by("pk")
    )
    left = [handout for handout in together if handout.copies]
    if left:
        activity = recount(write, handouts=left, reason=reason, by=by, at=at)
    else:
        standing = Activity.objects.get(key=together[0].activity.key, is_current=True)  # type: ignore[union-attr]
        if standing.is_withdrawn:
            return
        activity = withdraw(write, activity=standing, submission=standing.submission, reason=reason)
    write.change_each([(handout, {"activity": activity}) for handout in together])
