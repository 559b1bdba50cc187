"""The only place that writes rows: whatever is written is entered, in the same transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from safemonth.ledger.models import Change, Entry, Head, Root
from safemonth.ledger.queries import root_now, row_json, table_of
from safemonth.ledger.rules import change_line, changes_digest, entry_leaf

Row = TypeVar("Row", bound=models.Model)

# Rows in one INSERT: SQLite allows 32,766 parameters in a statement, and our widest table has 25 columns.
ROWS_AT_ONCE = 1000
# Rows in one UPDATE: it names each row twice a field.
CHANGES_AT_ONCE = 200


class Write:
    """What one action writes; handed out by `writing` and of no use after it."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def create(self, row: Row) -> Row:
        """Insert one row and enter it; integrity errors of the database come through."""
        row.save(force_insert=True)
        self._note(row, before="", after=row_json(row))
        return row

    def create_all(self, rows: Sequence[Row]) -> list[Row]:
        """Insert rows of one model in few statements and enter each; keys are set on return."""
        if not rows:
            return []
        made = type(rows[0])._default_manager.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        for row in made:
            self._note(row, before="", after=row_json(row))
        return made

    def change(self, row: Row, **fields: Any) -> Row:
        """Set fields of a stored row and enter what it was and is; equal values write nothing."""
        before = row_json(row)
        for name, value in fields.items():
            setattr(row, name, value)
        after = row_json(row)
        if before != after:
            row.save(update_fields=list(fields))
            self._note(row, before=before, after=after)
        return row

    def change_each(self, changes: Sequence[tuple[Row, dict[str, Any]]]) -> None:
        """Set fields of many stored rows of one model in few statements, as `change` does one; all set the same fields."""
        changed: list[Row] = []
        names: list[str] = []
        for row, fields in changes:
            before = row_json(row)
            for name, value in fields.items():
                setattr(row, name, value)
            after = row_json(row)
            if before != after:
                names = list(fields)
                changed.append(row)
                self._note(row, before=before, after=after)
        if not changed:
            return
        manager = type(changed[0])._default_manager
        if all(fields == changes[0][1] for _, fields in changes):
            for at in range(0, len(changed), ROWS_AT_ONCE):
                manager.filter(pk__in=[row.pk for row in changed[at : at + ROWS_AT_ONCE]]).update(**changes[0][1])
        else:
            manager.bulk_update(changed, names, batch_size=CHANGES_AT_ONCE)

    def _note(self, row: models.Model, *, before: str, after: str) -> None:
        self._changes.append(
            Change(position=len(self._changes), table=table_of(type(row)), key=str(row.pk), before=before, after=after)
        )


@contextmanager
def writing(*, by: str, at: datetime, action: str, about: str = "") -> Iterator[Write]:
    """Open one transaction with one ledger entry: `with writing(by=…, at=…, action="unit.add") as write:`.

    All rows and the entry are stored together or not at all. An action that changed nothing leaves no
    entry.
    """
    with transaction.atomic():
        write = Write()
        yield write
        if write._changes:
            _append(write._changes, by=by, at=at, action=action, about=about)


def _append(changes: list[Change], *, by: str, at: datetime, action: str, about: str) -> Entry:
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    digest = changes_digest(
        change_line(table=change.table, key=change.key, before=change.before, after=change.after) for change in changes
    )
    entry = Entry.objects.create(
        seq=head.size,
        at=at,
        by=by,
        action=action,
        about=about[:200],
        changes_digest=digest,
        leaf_hash=entry_leaf(seq=head.size, at=at, by=by, action=action, about=about[:200], digest=digest),
    )
    for change in changes:
        change.entry = entry
    Change.objects.bulk_create(changes, batch_size=ROWS_AT_ONCE)
    head.size += 1
    head.save(update_fields=["size"])
    return entry


@transaction.atomic
def seal(*, at: datetime) -> Root:
    """Keep the root as it is now, for printing and handing on; the same tree is sealed only once."""
    size, root = root_now()
    return Root.objects.get_or_create(size=size, defaults={"root_hash": root, "sealed_at": at})[0]
