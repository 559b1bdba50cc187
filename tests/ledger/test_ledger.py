"""Whatever is written is entered; whatever is changed behind the software's back is found."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from safemonth.ledger.actions import seal, writing
from safemonth.ledger.models import Change, Entry
from safemonth.ledger.queries import disagreements, history_of, root_now
from safemonth.organisation.models import Unit
from tests.cast import AT

pytestmark = pytest.mark.django_db


def _unit(code: str = "1") -> Unit:
    return Unit(code=code, name=f"单位{code}", kind="department", path=f"{code}/")


def test_an_action_is_one_entry_with_each_row_before_and_after():
    with writing(by="clerk", at=AT, action="unit.add") as write:
        unit = write.create(_unit())
        write.create_all([_unit("2"), _unit("3")])
    with writing(by="clerk", at=AT, action="unit.rename") as write:
        write.change(unit, name="新名")
    assert list(Entry.objects.values_list("seq", "by", "action")) == [
        (0, "clerk", "unit.add"),
        (1, "clerk", "unit.rename"),
    ]
    assert Change.objects.filter(entry=0).count() == 3
    last = history_of(unit).last()
    assert last is not None
    assert "单位1" in last.before
    assert "新名" in last.after


def test_an_action_that_changes_nothing_leaves_no_entry():
    with writing(by="clerk", at=AT, action="unit.add") as write:
        unit = write.create(_unit())
    with writing(by="clerk", at=AT, action="unit.rename") as write:
        write.change(unit, name=unit.name)
    assert Entry.objects.count() == 1


def test_an_action_that_fails_stores_neither_rows_nor_entry():
    def fail_half_way():
        with writing(by="clerk", at=AT, action="unit.add") as write:
            write.create(_unit())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_what_was_written_by_the_software_agrees_with_the_ledger(county):
    assert list(disagreements()) == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE organisation_unit SET name='改' WHERE code='1301'", "row_changed"),
        ("DELETE FROM organisation_unitname", "row_missing"),
        (
            "INSERT INTO organisation_unit (code, name, name_en, kind, path, premises_kind) VALUES ('x', 'x', '', 'department', 'x/', '')",
            "row_not_entered",
        ),
        ("UPDATE ledger_entry SET action='other' WHERE seq=1", "entry_altered"),
        ("UPDATE ledger_change SET after='{}' WHERE position=0 AND entry_id=1", "entry_changes_altered"),
    ],
)
def test_a_change_behind_the_softwares_back_is_found(county, sql, code):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert code in {found.code for found in disagreements()}


def test_a_rewritten_history_no_longer_has_the_root_that_was_printed(county):
    size, root = root_now()
    seal(at=AT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET by='nobody' WHERE seq=0")
    found = {row.code for row in disagreements(printed=[(size, root)])}
    assert {"root_differs", "entry_altered"} <= found


def test_an_entry_taken_away_is_told_once(county):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_change WHERE entry_id=2")
        cursor.execute("DELETE FROM ledger_entry WHERE seq=2")
    assert [row.code for row in disagreements() if row.table == "ledger.entry"] == ["entry_missing"]


def test_the_same_tree_is_sealed_once(county):
    assert seal(at=AT).pk == seal(at=datetime(2030, 1, 1, tzinfo=UTC)).pk


def test_a_root_of_more_entries_than_there_are_is_told(county):
    assert "entries_missing" in {row.code for row in disagreements(printed=[(10_000, "0" * 64)])}
