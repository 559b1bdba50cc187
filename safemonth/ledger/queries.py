"""Reads of the ledger: the root, a row's history, and whether the records still agree with it."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from safemonth.ledger.models import Change, Entry, Root
from safemonth.ledger.rules import change_line, changes_digest, entry_leaf, plain
from safemonth.lib.digests import canonical_json
from safemonth.lib.merkle import root_hash


@dataclass(frozen=True)
class Disagreement:
    """One place where the records and the ledger differ: `code`, the table and key, and what differs."""

    code: str
    table: str
    key: str
    detail: str = ""


def table_of(model: type[models.Model]) -> str:
    """Return the name under which a model's rows stand in the ledger (`collect.activity`)."""
    return model._meta.label_lower


def row_json(row: models.Model) -> str:
    """Return a row's fields as canonical JSON, less those its model names in `unledgered`."""
    left_out = getattr(row, "unledgered", ())
    return canonical_json(
        {
            field.attname: plain(_as_read_back(field, getattr(row, field.attname)))
            for field in row._meta.concrete_fields
            if field.attname not in left_out
        }
    )


def _as_read_back(field: "models.Field[Any, Any]", value: object) -> object:
    """A value as the database gives it back: a decimal column set to 6 is read as Decimal(6)."""
    return field.to_python(value) if isinstance(field, models.DecimalField) else value


def ledgered_models() -> list[type[models.Model]]:
    """Return the models whose rows are only written through the ledger: all of ours but its own."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("safemonth.") and config.label != "ledger"
        for model in config.get_models()
        if not model._meta.auto_created
    ]


def root_now() -> tuple[int, str]:
    """Return the tree's size and root (64 hexadecimal digits) as it stands."""
    leaves = list(Entry.objects.order_by("seq").values_list("leaf_hash", flat=True))
    return len(leaves), root_hash(bytes.fromhex(leaf) for leaf in leaves).hex()


def history_of(row: models.Model) -> models.QuerySet[Change]:
    """Return a row's changes, oldest first, each with its entry."""
    return (
        Change.objects.filter(table=table_of(type(row)), key=str(row.pk)).select_related("entry").order_by("entry_id")
    )


def histories(table: str, keys: Collection[str]) -> dict[str, tuple[int, datetime]]:
    """Return for rows of a table (by key as text) how often each was written and when last; one statement, none for none.

    A row that the ledger does not know is not in the answer.
    """
    if not keys:
        return {}
    found = Change.objects.filter(table=table)
    if len(keys) <= 500:
        found = found.filter(key__in=keys)
    rows = found.values_list("key").annotate(count=models.Count("pk"), last=models.Max("entry__at"))
    return {key: (count, last) for key, count, last in rows.order_by() if key in keys}


def latest_entries(count: int = 50) -> models.QuerySet[Entry]:
    """Return the newest entries, newest first."""
    return Entry.objects.order_by("-seq")[:count]


def disagreements(*, printed: Iterable[tuple[int, str]] = ()) -> Iterator[Disagreement]:
    """Yield every place where the ledger is not whole or the records are not what it says.

    `printed` are (size, root) pairs kept outside the database (on a bulletin): each must still be the
    root of the first `size` entries. Empty: only the roots kept inside are held against the tree.
    """
    yield from _tree_faults(printed)
    yield from _row_faults()


def _tree_faults(printed: Iterable[tuple[int, str]]) -> Iterator[Disagreement]:
    leaves: list[bytes] = []
    changes = groupby(Change.objects.order_by("entry_id", "position").iterator(chunk_size=5000), lambda c: c.entry_id)
    seq_of_changes, group = next(changes, (None, iter(())))
    for expected, entry in enumerate(Entry.objects.order_by("seq").iterator(chunk_size=5000)):
        if entry.seq != expected:
            yield Disagreement("entry_missing", "ledger.entry", str(expected))
            return  # Every later number is off by this one; one missing entry is told once.
        lines: list[str] = []
        if seq_of_changes == entry.seq:
            lines = [change_line(table=c.table, key=c.key, before=c.before, after=c.after) for c in group]
            seq_of_changes, group = next(changes, (None, iter(())))
        if changes_digest(lines) != entry.changes_digest:
            yield Disagreement("entry_changes_altered", "ledger.entry", str(entry.seq))
        leaf = entry_leaf(
            seq=entry.seq, at=entry.at, by=entry.by, action=entry.action, about=entry.about, digest=entry.changes_digest
        )
        if leaf != entry.leaf_hash:
            yield Disagreement("entry_altered", "ledger.entry", str(entry.seq))
        leaves.append(bytes.fromhex(leaf))
    kept = Root.objects.order_by("size").values_list("size", "root_hash")
    for size, root in [*kept, *printed]:
        if size > len(leaves):
            yield Disagreement("entries_missing", "ledger.root", str(size), f"{len(leaves)} < {size}")
        elif root_hash(leaves[:size]).hex() != root:
            yield Disagreement("root_differs", "ledger.root", str(size), root)


def _row_faults() -> Iterator[Disagreement]:
    for model in ledgered_models():
        table = table_of(model)
        entered = dict(
            Change.objects.filter(table=table)
            .order_by("entry_id", "position")
            .values_list("key", "after")
            .iterator(chunk_size=5000)
        )
        for row in model._default_manager.order_by("pk").iterator(chunk_size=2000):
            key = str(row.pk)
            after = entered.pop(key, None)
            if after is None:
                yield Disagreement("row_not_entered", table, key)
            elif after != (now := row_json(row)):
                yield Disagreement("row_changed", table, key, _difference(after, now))
        for key, after in entered.items():
            if after:
                yield Disagreement("row_missing", table, key)


def _difference(entered: str, now: str) -> str:
    was, now_is = json.loads(entered), json.loads(now)
    return "; ".join(
        f"{name}: {was.get(name)!r} -> {now_is.get(name)!r}"
        for name in sorted({*was, *now_is})
        if was.get(name) != now_is.get(name)
    )
