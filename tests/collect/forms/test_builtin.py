"""The forms that come with the office: short, in two languages, with the right numbers, and the same in Excel."""

import re
import time
from datetime import UTC, datetime

import pytest

from safemonth.collect.forms.answers import check_answers
from safemonth.collect.forms.builtin import NAMES, builtin_forms, xlsx_of
from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.lib.indicators import load_indicators
from tests.collect.forms.forms_made import builtin

INDICATORS = load_indicators()
NOW = datetime(2019, 6, 20, 8, 0, tzinfo=UTC)
PURPOSES = {
    "activity_report": "activity",
    "return": "return",
    "village_stop": "village_stop",
    "inspection": "inspection",
    "recheck": "recheck",
    "supervision_visit": "supervision_visit",
}
# What both @getodk/web-forms 0.22 and ODK Collect can ask.
ASKABLE = {"text", "integer", "decimal", "date", "select_one", "select_multiple", "geopoint", "image", "note"}


def test_there_is_a_form_for_each_purpose():
    assert [name for name, _ in builtin_forms()] == [f"{name}.md" for name in NAMES]
    assert {name: builtin(name).purpose for name in NAMES} == PURPOSES
    assert {name: builtin(name).form_id for name in NAMES} == {name: name for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
class TestEachForm:
    def test_it_raises_no_warning_of_ours_or_of_pyxform(self, name):
        assert builtin(name).warnings == ()

    def test_every_word_is_there_in_both_languages(self, name):
        design = builtin(name)
        assert design.languages == ("zh", "en")
        assert set(design.titles) == {"zh", "en"}
        for question in design.questions:
            if question.is_asked and not question.path.startswith("/data/meta"):
                assert set(question.labels) == {"zh", "en"}, question.path
                assert not question.constraint or set(question.constraint_message) == {"zh", "en"}, question.path
            for labels in question.choice_labels.values():
                assert set(labels) == {"zh", "en"}, question.path
        chinese = [q.labels["zh"] for q in design.questions if q.labels]
        assert [label for label in chinese if re.search("[A-Za-z]{2}", label)] == []

    def test_it_asks_only_what_every_program_can_ask(self, name):
        assert {q.type for q in builtin(name).questions if q.is_asked} <= ASKABLE

    def test_it_is_short_enough_for_a_phone(self, name):
        always = [q for q in builtin(name).questions if q.is_asked and not q.relevant and not q.repeat]
        assert len(always) <= 15
        assert max(len(q.labels["zh"]) for q in builtin(name).questions if q.labels) <= 16

    def test_it_says_who_and_when_and_where(self, name):
        words = set(builtin(name).meanings.values())
        assert "unit" in words
        asked = {
            "return": {"period_from", "period_to", "nil"},
            "inspection": {"key", "from_on", "started_at", "ended_at", "workplace", "signed_how", "hazard.text"},
            "recheck": {"key", "from_on", "recheck.hazard", "recheck.result", "signed_how"},
        }
        assert words >= asked.get(name, {"from_on", "place", "title"})

    def test_units_come_from_the_list_of_the_account(self, name):
        more = {"inspection": ("visits.csv", "workplaces.csv"), "recheck": ("hazards.csv",)}
        assert builtin(name).media == ("units.csv", *more.get(name, ()))
        assert builtin(name).by_path["/data/unit"].choices_file == "units.csv"

    def test_excel_gives_the_same_form(self, name):
        md = dict(builtin_forms())[f"{name}.md"]
        again = read_xlsform(xlsx_of(md), file_name=f"{name}.xlsx", indicators=INDICATORS)
        assert again == builtin(name)

    def test_it_is_made_in_less_than_a_second(self, name):
        md = dict(builtin_forms())[f"{name}.md"]
        times = []
        for _ in range(3):
            started = time.perf_counter()
            read_xlsform(md, file_name="a.md", indicators=INDICATORS)
            times.append(time.perf_counter() - started)
        assert min(times) < 1  # measured 0.06 s for the largest


@pytest.mark.parametrize("name", ["inspection", "recheck"])
def test_what_goes_into_the_register_of_hazards_counts_nothing_by_itself(name):
    assert set(builtin(name).meanings.values()) & set(INDICATORS) == set()


def test_a_supervision_visit_counts_nothing_of_the_unit():
    assert set(builtin("supervision_visit").meanings.values()) & set(INDICATORS) == set()


def test_each_number_of_the_activity_report_is_asked_under_its_own_name():
    design = builtin("activity_report")
    counted = {q.name: q.meaning for q in design.questions if q.meaning in INDICATORS}
    assert len(counted) > 15
    assert all(name == meaning for name, meaning in counted.items())
    assert set(design.by_path["/data/counted"].choices or ()) == set(counted)


def test_an_inspection_with_hazards_fits():
    xml = """<data id="inspection" version="2"><unit>1301</unit><where>other</where><inspected>北山矿</inspected>
    <from_on>2019-06-10</from_on><started_at>09:05</started_at><inspectors_deployed>2</inspectors_deployed>
    <inspectors_who>执法员甲，执法员乙</inspectors_who><certificates>yes</certificates>
    <position>39.3 115.2 0 5</position><found>yes</found>
    <hazard><hazard_key>uuid:1</hazard_key><what>配电箱无盖</what><grade>ordinary</grade><spot>二车间</spot>
      <photo>1.jpg</photo><on_the_spot>yes</on_the_spot><deadline/></hazard>
    <hazard><hazard_key>uuid:2</hazard_key><what>顶板开裂</what><grade>major</grade><spot>井下</spot>
      <photo>2.jpg</photo><on_the_spot>no</on_the_spot><deadline>2019-06-25</deadline></hazard>
    <ended_at>10:40</ended_at><sign_inspector>s1.png</sign_inspector><signed_how>signed</signed_how>
    <sign_workplace>s2.png</sign_workplace><key>0b4a66fc-9a4e-4b64-9e3f-2f1f7f5b7e11</key>
    <meta><instanceID>uuid:1</instanceID></meta></data>"""
    design = builtin("inspection")
    assert check_answers(xml.encode(), design, choices={"units.csv": {"1301"}}, now=NOW) == []
    late = xml.replace("2019-06-25", "2019-06-01").encode()
    assert [d.code for d in check_answers(late, design, choices={}, now=NOW)] == ["rule_not_met"]
    backwards = xml.replace("10:40", "09:00").encode()
    assert [d.code for d in check_answers(backwards, design, choices={}, now=NOW)] == ["rule_not_met"]


def test_an_excel_file_is_no_formula_for_what_starts_like_one():
    md = b"| survey |\n| | type | name | label | constraint |\n| | text | a | =A1 | .='x' |\n| settings |\n| | form_id |\n| | t |"
    design = read_xlsform(xlsx_of(md), file_name="a.xlsx", indicators=INDICATORS)
    assert design.by_path["/data/a"].labels == {"": "=A1"}
