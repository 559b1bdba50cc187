"""What papers lack, what they may follow, and that Word and PDF say the same."""

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from safemonth.collect.inspection.papers.content import sheet_of, texts_of
from safemonth.collect.inspection.papers.kinds import KINDS, NUMBER_PATTERN, number_text
from safemonth.collect.inspection.papers.pdf import pdf_file, print_page
from safemonth.collect.inspection.papers.rules import Earlier, missing_of, signatures_hold
from safemonth.collect.inspection.papers.word import word_file
from safemonth.lib.word_xml import paragraphs_of, text_of

ON = date(2019, 6, 12)
OFFICE = {
    "name": "山县应急管理局",
    "review_body": "山县人民政府",
    "court": "山县人民法院",
    "address": "北街1号",
    "contact_post": "值班室",
    "contact_phone": "000",
}
SAID = {
    "workplace": "北山采石场",
    "address": "北乡东关村",
    "head": "矿长",
    "head_post": "矿长",
    "phone": "000",
    "place": "采石面",
    "from_at": "2019-06-12T09:05+08:00",
    "to_at": "2019-06-12T10:40+08:00",
    "certificates_shown": "yes",
    "findings": "1．有浮石。",
    "officers": [{"post": "甲", "certificate": "A1"}, {"post": "乙", "certificate": "A2"}],
    "found_on": "2019-06-12",
    "recheck_on": "2019-06-12",
    "basis": "《安全生产法》第六十五条",
    "measures": "停止作业",
    "opinion": "合格",
    "to_name": "公安局",
    "case": "涉嫌非法储存",
    "reason": "超出管辖",
    "materials": "照片6张",
}
ITEM = {"hazard": "h1", "text": "有浮石", "spot": "采石面", "deadline_on": "2019-06-20", "result": "done"}
EARLIER = {
    "decision": Earlier("record", "issued", ON, "w"),
    "recheck": Earlier("order", "served", ON, "w", frozenset({"h1"})),
}


def codes(kind, *, said=None, items=None, earlier=None, blocking=True, **changed):
    found = missing_of(
        kind,
        said={**SAID, **(said or {})},
        items=[ITEM] if items is None else items,
        office={**OFFICE, **changed},
        workplace="w",
        earlier=earlier if earlier is not None else EARLIER.get(kind),
        on=ON,
    )
    return [(each.code, each.field_name) for each in found if each.is_blocking == blocking]


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_a_whole_paper_lacks_nothing(kind):
    assert codes(kind) == []
    assert codes(kind, blocking=False) == []


@pytest.mark.parametrize(
    ("kind", "changed", "code"),
    [
        ("record", {"said": {"to_at": ""}}, ("field", "to_at")),
        ("record", {"said": {"to_at": "2019-06-12T08:00+08:00"}}, ("times", "")),
        ("record", {"said": {"officers": SAID["officers"][:1]}}, ("officers", "")),
        ("record", {"said": {"officers": [{"post": "甲", "certificate": ""}] * 2}}, ("certificate_number", "")),
        ("record", {"said": {"officers": [SAID["officers"][0]] * 2}}, ("certificate_number", "")),
        ("record", {"said": {"certificates_shown": "no"}}, ("certificates", "")),
        ("order", {"items": []}, ("items", "")),
        ("order", {"items": [ITEM, ITEM]}, ("items", "")),
        ("order", {"items": [{**ITEM, "deadline_on": ""}]}, ("deadline", "")),
        ("order", {"items": [{**ITEM, "deadline_on": "2019-06-11"}]}, ("deadline", "")),
        ("order", {"court": ""}, ("office", "court")),
        ("decision", {"earlier": Earlier("order", "issued", ON, "w")}, ("earlier_kind", "")),
        ("decision", {"earlier": Earlier("record", "draft", None, "w")}, ("earlier_state", "")),
        ("decision", {"earlier": Earlier("record", "void", ON, "w")}, ("earlier_state", "")),
        ("decision", {"earlier": Earlier("record", "issued", ON, "other")}, ("earlier_place", "")),
        ("decision", {"earlier": Earlier("record", "issued", date(2019, 6, 13), "w")}, ("earlier_day", "")),
        ("decision", {"earlier": Earlier("record", "issued", ON, "w", replaced_by="2号")}, ("earlier_replaced", "")),
        ("recheck", {"items": [{**ITEM, "hazard": "h2"}]}, ("not_in_earlier", "")),
        ("recheck", {"items": [{**ITEM, "result": ""}]}, ("result", "")),
        ("recheck", {"items": [{**ITEM, "result": "not_done", "new_deadline_on": "2019-07-01"}]}, ("reason", "")),
        ("recheck", {"items": [{**ITEM, "result": "not_done", "reason": "未装"}]}, ("deadline", "")),
        ("referral", {"said": {"to_name": " "}}, ("field", "to_name")),
    ],
)
def test_what_is_missing_is_said(kind, changed, code):
    assert code in codes(kind, **changed)


@pytest.mark.parametrize("kind", ["decision", "recheck"])
def test_a_paper_that_needs_an_earlier_one_is_not_issued_without(kind):
    found = missing_of(kind, said=SAID, items=[ITEM], office=OFFICE, workplace="w", earlier=None, on=ON)
    assert "earlier" in {each.code for each in found if each.is_blocking}


def test_a_name_that_is_not_known_is_a_blank_and_stops_nothing():
    assert codes("record", said={"head": ""}, blocking=False) == [("field", "head")]
    assert codes("record", said={"head": ""}) == []


def test_signatures_hold_only_for_the_words_that_were_signed():
    assert signatures_hold("record", SAID, SAID)
    assert not signatures_hold("record", SAID, {**SAID, "findings": "无"})
    assert not signatures_hold("order", SAID, SAID)


def test_numbers_are_written_as_the_county_writes_them():
    said: dict[str, Any] = {"prefix": "易", "system": "应急", "kind": "record", "year": 2019, "number": 1}
    assert number_text(NUMBER_PATTERN, **said) == "（易）应急现记〔2019〕1号"
    assert number_text("{prefix}安监{kind}〔{year}〕第{number}号", **said) == "易安监现记〔2019〕第1号"


def sheet(kind, language="zh", *, items=None, said=None, **more):
    return sheet_of(
        kind,
        said={**SAID, **(said or {})},
        items=[ITEM, {**ITEM, "hazard": "h2", "text": "无护栏", "deadline_on": "2019-06-18"}]
        if items is None
        else items,
        office=OFFICE,
        number="（山）应急现记〔2019〕1号",
        issued_on="2019-06-12",
        earlier={"kind": "order", "number": "（山）应急责改〔2019〕1号", "day": "2019-06-01"},
        language=language,
        **more,
    )


def plain(texts):
    """Texts without the space that a renderer breaks lines with."""
    return "".join("".join(texts).split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_word_and_the_page_of_the_pdf_say_the_same_in_the_same_order(kind, language):
    made = sheet(kind, language)
    word = Document(io.BytesIO(word_file(made, pictures={}, on=ON, author="x")))
    in_word = [text_of(paragraph) for paragraph in paragraphs_of(word)]
    expected = plain(texts_of(made))
    assert plain(in_word) == expected
    body = html.fromstring(print_page(made, pictures={}).encode()).find("body")
    assert body is not None
    assert plain(body.itertext()) == expected


def test_the_pdf_holds_the_text_and_counts_its_pages():
    made = sheet("order")
    data = pdf_file(made, pictures={})
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = plain(page.extract_text() for page in reader.pages)
    assert f"共{len(reader.pages)}页第1页" in text
    assert "60日内" in text and "6个月内" in text
    assert data == pdf_file(sheet("order"), pictures={})


def test_an_order_names_each_hazard_under_its_number_and_day():
    texts = list(texts_of(sheet("order")))
    assert any(text.startswith("1．采石面：有浮石") for text in texts)
    assert any("第2项问题于2019年6月18日前" in text for text in texts)
    assert any("第1项问题于2019年6月20日前" in text for text in texts)
    assert any("依法追究有关人员的责任" in text for text in texts)


@given(st.dictionaries(st.sampled_from(sorted(SAID)), st.text(max_size=60).filter(lambda text: "\x00" not in text)))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_is_text_and_never_markup(said):
    said.pop("officers", None)
    for kind in KINDS:
        page = print_page(sheet(kind.code, said=said), pictures={})
        assert page.count("<script") == 0
        assert page.count("<body>") == 1


@given(
    kind=st.sampled_from([kind.code for kind in KINDS]),
    said=st.dictionaries(st.sampled_from(sorted(SAID)), st.just("")),
)
def test_a_blank_field_never_stops_a_paper_from_being_drawn(kind, said):
    said.pop("officers", None)
    assert list(texts_of(sheet(kind, said=said)))
    lacking = {name for code, name in codes(kind, said=said) if code == "field"}
    assert lacking <= set(said)
