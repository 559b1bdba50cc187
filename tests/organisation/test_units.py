"""The unit tree: loading, names, finding."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from safemonth.lib.tables import read_table
from safemonth.organisation.actions import NewUnit, add_units, name_unit
from safemonth.organisation.models import Unit
from safemonth.organisation.queries import names_of_units, subtree, unit_by_code, unit_called
from safemonth.organisation.rules import name_forms, units_named
from safemonth.organisation.unit_sheet import read_unit_rows
from tests.cast import AT, UNITS


def test_yi_county_is_loaded_from_its_real_codes():
    data = files("safemonth").joinpath("organisation/data/yixian.csv").read_bytes()
    rows = read_unit_rows(read_table(data, file_name="yixian.csv"))
    kinds = [row.kind for row in rows]
    assert (kinds.count("county"), kinds.count("township"), kinds.count("village")) == (1, 29, 472)
    assert rows[0].parent_code == ""
    assert {row.parent_code for row in rows if row.kind == "township"} == {"130633"}


def test_a_chinese_list_with_parents_by_name_is_read():
    table = [
        ["某县单位名录", "", ""],
        ["单位名称", "类别", "上级单位"],
        ["河县", "县", ""],
        ["东镇", "乡镇", "河县"],
        ["一村", "村", "东镇"],
        ["河县公安局", "部门", "河县"],
    ]
    rows = read_unit_rows(table)
    assert [(row.name, row.kind) for row in rows] == [
        ("河县", "county"),
        ("东镇", "township"),
        ("一村", "village"),
        ("河县公安局", "department"),
    ]
    assert rows[2].parent_code == rows[1].code
    assert len({row.code for row in rows}) == 4


def test_a_code_made_for_a_unit_stays_when_the_list_is_reordered():
    head = ["名称", "类别", "上级"]
    county, a, b = ["河县", "县", ""], ["东镇", "乡镇", "河县"], ["西镇", "乡镇", "河县"]
    first = {row.name: row.code for row in read_unit_rows([head, county, a, b])}
    again = {row.name: row.code for row in read_unit_rows([head, county, b, a])}
    assert first == again


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["其他", "列"], ["一", "二"]], "no_unit_header"),
        ([["name", "kind"], ["甲", "飞船"]], "unknown_unit_kind"),
        ([["code", "name"], ["1", "甲县"], ["1", "乙镇"]], "unit_code_twice"),
        ([["name", "parent"], ["甲县", ""], ["乙镇", "丙县"]], "unknown_parent_name"),
        ([["name"], [""]], "no_units_in_file"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused_with_its_row(rows, code):
    with pytest.raises(Refused) as refused:
        read_unit_rows(rows)
    assert refused.value.code == code


@pytest.mark.django_db
def test_loading_the_same_list_twice_changes_nothing():
    assert add_units(units=UNITS, by="test", at=AT) == (len(UNITS), 0)
    entries = Entry.objects.count()
    assert add_units(units=UNITS, by="test", at=AT) == (0, 0)
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_parents_may_come_after_their_children():
    add_units(units=list(reversed(UNITS)), by="test", at=AT)
    assert unit_by_code("130101").path == "13/1301/130101/"


@pytest.mark.django_db
def test_units_in_a_circle_are_refused_and_nothing_is_stored():
    with pytest.raises(Refused) as refused:
        add_units(units=[NewUnit("a", "甲", "department", "b"), NewUnit("b", "乙", "department", "a")], by="t", at=AT)
    assert refused.value.code == "units_in_a_circle"
    assert not Unit.objects.exists()


def test_a_subtree_is_the_unit_and_all_below_it(county):
    assert {unit.code for unit in subtree(county.unit("1301"))} == {"1301", "130101", "130102"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("北乡", "1301"),
        ("山县北乡人民政府", "1301"),
        ("安监局", "d1"),
        ("县安监局", "d1"),
        ("山县公安局", "d2"),
        (" 公 安 局 ", "d2"),
        ("北乡东关村", "130101"),
        ("safety bureau", "d1"),
    ],
)
def test_a_unit_is_found_by_what_people_call_it(county, text, code):
    if text == "县安监局":
        name_unit(unit=county.unit("d1"), name="山县安监局", by="test", at=AT)
    assert unit_called(text).code == code


def test_a_name_of_two_villages_is_ambiguous_and_not_guessed(county):
    with pytest.raises(Refused) as refused:
        unit_called("东关村")
    assert refused.value.code == "ambiguous_unit"


def test_a_name_once_taught_is_remembered(county):
    name_unit(unit=county.unit("d3"), name="气象台", by="clerk", at=AT)
    assert units_named("气象台", names=names_of_units()) == ["d3"]


@given(st.text(max_size=30), st.text(max_size=5))
def test_name_forms_never_fail_and_never_repeat(name, top):
    forms = name_forms(name, county=top)
    assert len(forms) == len(set(forms))
    assert all(forms)
