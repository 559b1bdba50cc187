"""Writes of merges: two lines that are one workplace. Rows, papers and interests stay where they are."""

from datetime import datetime

from safemonth.collect.inspection.workplaces.models import Workplace, WorkplaceMerge
from safemonth.collect.inspection.workplaces.queries import merges_standing
from safemonth.collect.inspection.workplaces.rules import check_merge, survivors
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop


def merge(*, workplace: Workplace, into: Workplace, reason: str, by: str, at: datetime) -> WorkplaceMerge:
    """Say that `workplace` is the same as `into`; all that hangs on either is found under the one that stands.

    Nothing is moved or deleted: each row keeps its papers and points to its survivor. The same merge again is the one
    that stands. Whatever the order of merges, the rows end the same (`rules.survivors`). Raises Refused
    `reason_missing`, `merge_of_one`, `merge_ring`.
    """
    reason = reason.strip()[:200]
    if not reason:
        raise Refused("reason_missing", gettext_noop("Say why they are one workplace."))
    known = WorkplaceMerge.objects.filter(workplace=workplace, into=into, undone_at__isnull=True).first()
    if known:
        return known
    with writing(by=by, at=at, action="workplace.merge", about=f"{workplace.name} → {into.name}") as write:
        # Held until the end, so that of two merges at once the second sees the first.
        list(Workplace.objects.select_for_update().filter(pk__in=(workplace.pk, into.pk)).order_by("pk"))
        check_merge(workplace.pk, into.pk, merges_standing())
        made = write.create(WorkplaceMerge(workplace=workplace, into=into, reason=reason, merged_by=by, merged_at=at))
        _point(write)
    _refresh(workplace, into)
    return made


def split(*, merge: WorkplaceMerge, reason: str, by: str, at: datetime) -> WorkplaceMerge:
    """Undo a merge: the rows stand as if it had never been said.

    Two that other merges join as well stay one. Raises Refused `reason_missing`, `merge_undone`, and `uscc_taken` where
    a row that would stand again has a credit code that another bears by now.
    """
    reason = reason.strip()[:200]
    if not reason:
        raise Refused("reason_missing", gettext_noop("Say why they are two workplaces."))
    if merge.undone_at is not None:
        raise Refused("merge_undone", gettext_noop("That merge was undone before."))
    with writing(by=by, at=at, action="workplace.split", about=f"{merge.workplace.name} ≠ {merge.into.name}") as write:
        write.change(merge, undone_reason=reason, undone_by=by, undone_at=at)
        _point(write)
    _refresh(merge.workplace, merge.into)
    return merge


def _point(write: Write) -> None:
    """Set every row's pointer to what the merges that stand say."""
    standing = survivors(merges_standing())
    pointed = Workplace.objects.filter(merged_into__isnull=False).values_list("pk", flat=True)
    rows = {row.pk: row for row in Workplace.objects.filter(pk__in={*standing, *pointed})}
    changed = [row for pk, row in rows.items() if row.merged_into_id != standing.get(pk)]
    again = [row for row in changed if row.pk not in standing]
    for row in again:
        other = Workplace.objects.filter(uscc=row.uscc, merged_into__isnull=True).exclude(pk=row.pk).first()
        if row.uscc and other is not None and other.pk not in standing:
            raise Refused(
                "uscc_taken",
                gettext_noop(
                    "The credit code %(code)s stands on “%(name)s” already. If they are one workplace, merge them."
                ),
                code=row.uscc,
                name=other.name,
            )
    # Those that stop standing first: a credit code may stand on one row only, at every moment.
    for part in ([row for row in changed if row.pk in standing], again):
        write.change_each([(row, {"merged_into_id": standing.get(row.pk)}) for row in part])


def _refresh(*rows: Workplace) -> None:
    for row in rows:
        row.refresh_from_db(fields=["merged_into"])
