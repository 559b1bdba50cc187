"""Checklists by trade: each item has its clause, each becomes a form that phones can fill, and a table can be changed."""

import re

import pytest

from safemonth.collect.forms.answers import check_answers
from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.collect.inspection.checklists.building import build_form, with_items
from safemonth.collect.inspection.checklists.tables import (
    MOST_ITEMS,
    read_items,
    shipped_checklists,
    write_items,
)
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused

INDICATORS = load_indicators()
CLAUSE = re.compile(r"《[^》]+》第[一二三四五六七八九十]+条(；《[^》]+》第[一二三四五六七八九十]+条)*")
HEADER = "code,item_zh,item_en,basis_zh,basis_en,grade\n"


def design_of(checklist):
    name, data = build_form(checklist)
    return read_xlsform(data, file_name=name, indicators=INDICATORS)


def test_there_is_a_checklist_for_each_of_the_trades_that_the_month_looks_at():
    trades = {each.trade for each in shipped_checklists()}
    assert trades == {"general", "mine", "dangerous_goods", "construction", "fireworks", "crowded_place"}
    assert all(10 <= len(each.items) <= 16 for each in shipped_checklists())


@pytest.mark.parametrize("checklist", shipped_checklists(), ids=lambda each: each.trade)
class TestEachChecklist:
    def test_every_item_names_its_clause_in_both_languages(self, checklist):
        for item in checklist.items:
            assert CLAUSE.fullmatch(item.basis_zh), item.code
            assert item.basis_zh.count("第") == item.basis_en.count("art. ")
            assert not re.search("[\u4e00-\u9fff]", item.item_en + item.basis_en)

    def test_it_becomes_a_form_without_a_warning_that_counts_nothing_by_itself(self, checklist):
        design = design_of(checklist)
        assert design.warnings == ()
        assert design.purpose == "inspection"
        assert design.languages == ("zh", "en")
        words = set(design.meanings.values())
        assert not words & set(INDICATORS)
        assert {f"item {item.basis_zh}" for item in checklist.items} <= words
        assert {"key", "workplace", "sign.inspector", "sign.workplace", "hazard.text"} <= words

    def test_a_breach_asks_for_its_hazard_and_nothing_else_does(self, checklist):
        design = design_of(checklist)
        item = checklist.items[0]
        spot = design.by_path[f"/data/{item.code}/{item.code}_spot"]
        assert "not_met" in spot.relevant
        answered = f'<data id="{checklist.form_id}"><{item.code}><{item.code}_result>RESULT</{item.code}_result></{item.code}></data>'
        missing = {
            result: {
                doubt.path
                for doubt in check_answers(answered.replace("RESULT", result).encode(), design, choices={})
                if doubt.path.startswith(f"/data/{item.code}/")
            }
            for result in ("met", "not_met")
        }
        assert missing["met"] == set()
        assert {path.rpartition("_")[2] for path in missing["not_met"]} >= {"spot", "photo", "grade"}


def test_the_same_table_gives_the_same_form_and_a_changed_one_its_next_version():
    first = shipped_checklists()[0]
    assert build_form(first) == build_form(with_items(first, first.items))
    changed = with_items(first, first.items[1:])
    assert design_of(changed).form_id == design_of(first).form_id
    assert design_of(changed).version != design_of(first).version


def test_a_table_goes_through_a_spreadsheet_and_back():
    for checklist in shipped_checklists():
        assert read_items(write_items(checklist.items)) == checklist.items


def test_what_would_break_the_forms_own_table_is_made_harmless():
    table = HEADER + "a1,左|右 ,,《安全生产法》第四十一条,,\n"
    (item,) = read_items(table.encode())
    assert (item.item_zh, item.item_en, item.grade) == ("左／右", "左／右", "ordinary")
    assert len(design_of(with_items(shipped_checklists()[0], [item])).questions) > 20


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1a,项,,依据,,", "code"),
        ("a1,,,依据,,", "item_zh"),
        ("a1,项,,,,", "basis_zh"),
        ("a1,项,,依据,,serious", "grade"),
        (f"a1,{'项' * 121},,依据,,", "item_zh"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(row, column):
    with pytest.raises(Refused) as refused:
        read_items((HEADER + row + "\n").encode())
    assert (refused.value.code, refused.value.params["row"], refused.value.params["column"]) == ("table_row", 2, column)


def test_a_code_twice_no_columns_and_too_many_items_are_refused():
    line = "{},项,,依据,,\n"
    for table, code in (
        (HEADER + line.format("a1") * 2, "table_row"),
        ("a,b\n1,2\n", "table_columns"),
        (HEADER, "table_columns"),
        (HEADER + "".join(line.format(f"a{n}") for n in range(MOST_ITEMS + 1)), "table_size"),
    ):
        with pytest.raises(Refused) as refused:
            read_items(table.encode())
        assert refused.value.code == code
