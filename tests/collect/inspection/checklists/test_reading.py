"""What a filled inspection says: moments, people, items, hazards with lasting keys, and what is strange about it."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.collect.inspection.checklists.building import build_form, with_items
from safemonth.collect.inspection.checklists.reading import is_inspection_form, read_inspection, version_key
from safemonth.collect.inspection.checklists.tables import shipped_checklists
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused
from tests.collect.forms.forms_made import builtin, design_from, survey
from tests.collect.inspection.checklists.filling import KEY, hazard, hazard_key, inspection_xml, recheck_xml

CHINA = ZoneInfo("Asia/Shanghai")
ARRIVED = datetime(2019, 6, 20, 8, 0, tzinfo=UTC)


def read(xml, design=None):
    return read_inspection(xml, design or builtin("inspection"), choices={}, zone=CHINA, received_at=ARRIVED)


def test_times_of_day_are_moments_of_the_day_where_it_was():
    said = read(inspection_xml("uuid:1", place="北山采石场"))
    assert (said["started_at"], said["ended_at"]) == ("2019-06-12T09:05:00+08:00", "2019-06-12T10:40:00+08:00")
    assert (said["inspectors"], said["who"]) == (2, ["执法员甲", "执法员乙"])
    assert (said["certificates_shown"], said["signed_how"], said["key"]) == (True, "signed", str(KEY))
    assert said["doubts"] == []


def test_an_end_before_the_beginning_is_said_and_left_out():
    said = read(inspection_xml("uuid:1", place="北山采石场", started="11:00"))
    assert said["ended_at"] == ""
    assert "ends_first" in {doubt["code"] for doubt in said["doubts"]}


def test_hazards_keep_the_keys_that_the_phone_gave_them():
    said = read(inspection_xml("uuid:1", place="矿", hazards=[hazard(1), hazard(2, on_the_spot=True)]))
    assert [each["key"] for each in said["hazards"]] == [str(hazard_key(1)), str(hazard_key(2))]
    assert [(each["on_the_spot"], each["deadline_on"]) for each in said["hazards"]] == [
        (False, "2019-06-25"),
        (True, ""),
    ]


def test_a_turn_that_was_copied_with_its_key_is_a_hazard_of_its_own():
    said = read(inspection_xml("uuid:1", place="矿", hazards=[hazard(1), hazard(1)]))
    assert len({each["key"] for each in said["hazards"]}) == 2


def test_a_breach_of_an_item_is_a_hazard_with_the_items_basis_and_the_same_key_on_every_phone():
    shipped = shipped_checklists()[0]
    name, data = build_form(with_items(shipped, shipped.items[:2]))
    design = read_xlsform(data, file_name=name, indicators=load_indicators())
    first, second = (item.code for item in shipped.items[:2])
    items = (
        f"<{first}><{first}_result>met</{first}_result></{first}><{second}><{second}_result>not_met</{second}_result>"
        f"<{second}_grade>major</{second}_grade><{second}_spot>车间</{second}_spot></{second}>"
    )
    keys = set()
    for instance in ("uuid:1", "uuid:2"):
        said = read(inspection_xml(instance, place="厂", items=items, form=shipped.form_id), design)
        assert [item["result"] for item in said["items"]] == ["met", "not_met"]
        (found,) = said["hazards"]
        assert (found["text"], found["basis"]) == (
            f"不符合：{shipped.items[1].item_zh}",
            shipped.items[1].basis_zh,
        )
        assert (found["grade"], found["spot"], found["item"]) == ("major", "车间", second)
        keys.add(found["key"])
    assert len(keys) == 1


def test_a_visit_that_was_drawn_is_the_identity_for_both_inspectors():
    visit = str(UUID(int=7))
    said = [read(inspection_xml(f"uuid:{n}", place="", visit=visit, key=f"{n}")) for n in (1, 2)]
    assert {each["key"] for each in said} == {visit}


def test_an_edit_without_a_key_of_its_own_is_of_the_same_visit():
    first = (
        read(inspection_xml("uuid:1", place="矿", key="")),
        read(inspection_xml("uuid:2", place="矿", key="", made_from="uuid:1")),
    )
    assert len({each["key"] for each in first}) == 1


def test_a_recheck_says_which_hazard_and_what_it_answers():
    said = read(recheck_xml("uuid:r", 1, result="not_yet", deadline="2019-07-01"), builtin("recheck"))
    assert said["is_recheck"]
    (recheck,) = said["rechecks"]
    assert (recheck["hazard"], recheck["result"], recheck["deadline_on"]) == (
        str(hazard_key(1)),
        "not_yet",
        "2019-07-01",
    )
    assert (recheck["reason"], recheck["photos"], recheck["answers"]) == ("还没装好", ["after.jpg"], "")


def test_other_content_under_one_number_is_another_version_and_another_layout_is_not():
    one, other = inspection_xml("uuid:1", place="矿"), inspection_xml("uuid:1", place="厂")
    spaced = one.replace(b"><", b">\n <")
    assert version_key(one) == version_key(spaced) != version_key(other)
    assert version_key(one)[1:] == ("uuid:1", "")
    assert version_key(inspection_xml("uuid:2", place="矿", made_from="uuid:1"))[1:] == ("uuid:2", "uuid:1")


@given(st.text(max_size=30), st.text(max_size=12), st.text(max_size=40))
def test_whatever_was_written_it_is_read_and_nothing_is_raised(day, time, place):
    import html

    said = read(
        inspection_xml(
            "uuid:1",
            place=html.escape(place.translate(dict.fromkeys([*range(32), 0xFFFE, 0xFFFF]))),
            day="".join(c for c in day if c.isalnum()),
            started="".join(c for c in time if c.isalnum() or c == ":"),
        )
    )
    assert datetime.fromisoformat(said["started_at"]).tzinfo is not None
    assert UUID(said["key"])


FORM = "\n| settings |\n| | form_id | version | safemonth_purpose |\n| | trial | 1 | {} |"
COLUMNS = "type | name | label | calculation | safemonth"
WHOLE = (
    "calculate | key | | once(uuid()) | key",
    "text | unit | 单位 | | unit",
    "date | day | 日期 | | from_on",
    "text | w | 单位 | | workplace",
)


def test_the_offices_own_form_goes_the_inspections_way_where_it_names_a_workplace():
    assert is_inspection_form(design_from(survey(*WHOLE, columns=COLUMNS), FORM.format("inspection")))
    assert not is_inspection_form(design_from(survey(*WHOLE[1:3], columns=COLUMNS), FORM.format("inspection")))
    assert not is_inspection_form(builtin("activity_report"))


@pytest.mark.parametrize(
    ("rows", "purpose", "code"),
    [
        (WHOLE, "activity", "meaning_misplaced"),
        (WHOLE[1:], "inspection", "inspection_incomplete"),
        ((*WHOLE[:3], "text | h | 隐患 | | hazard.text"), "inspection", "inspection_incomplete"),
        ((*WHOLE, "integer | n | 隐患数 | | hazards_found"), "inspection", "counted_by_the_register"),
        ((*WHOLE, "text | a | 一 | | hazard.text", "text | b | 二 | | hazard.text"), "inspection", "meaning_twice"),
        ((*WHOLE, "text | s | 签名 | | sign.inspector"), "inspection", "meaning_misplaced"),
        ((*WHOLE, "text | s | 隐患 | | hazard.txt"), "inspection", "unknown_meaning"),
    ],
)
def test_a_form_that_would_count_twice_or_lose_something_is_refused(rows, purpose, code):
    with pytest.raises(Refused) as refused:
        design_from(survey(*rows, columns=COLUMNS), FORM.format(purpose))
    assert refused.value.code == code
