"""The page and the PDF of a summary: the same text as the Word file, every number with the records behind it."""

import io
import re
import shutil
import subprocess
from typing import Any

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from safemonth.figures.counting import REASONS
from safemonth.summary.document import render_docx
from safemonth.summary.facts import Facts, Language, Rendered
from safemonth.summary.figure_notes import WHY_NOT
from safemonth.summary.outlines import built_outline, shipped_outline
from safemonth.summary.pdf import render_pdf
from safemonth.summary.web import body_of, render_html
from tests.summary.made_up import MadeUpFigures, make_facts, trace_url


def summary(lang: Language, outline: bytes | None = None) -> Rendered:
    """Return the made-up county's summary."""
    return render_docx(
        outline or shipped_outline(lang),
        lang=lang,
        figures=MadeUpFigures(),
        facts=make_facts(lang),
        trace_url=trace_url,
    )


@pytest.fixture(scope="module")
def both() -> list[Rendered]:
    """Return the summary in both languages."""
    return [summary("zh"), summary("en")]


@pytest.fixture(scope="module")
def page(both: list[Rendered]) -> Any:
    """Return the page of both, read."""
    return BeautifulSoup(render_html(both), "html.parser")


def test_each_number_goes_to_its_note_and_the_note_back(both: list[Rendered], page: Any) -> None:
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {a["data-figure"] for a in page.select("a.figure")} == {f.id for one in both for f in one.used}
    for link in page.select("a[href^='#']"):
        assert page.find(id=link["href"][1:]) is not None, link
    assert all(page.find(id=a["href"][1:])["class"] == ["note-on-figure"] for a in page.select("a.figure"))


def test_a_note_lists_every_record_and_says_why_one_was_not_counted(both: list[Rendered], page: Any) -> None:
    figure = next(
        figure for figure in both[0].used if figure.indicator == "leaflets_distributed" and not figure.scope.task
    )
    link = page.select_one(f'a.figure[data-figure="{figure.id}"]')
    assert link is not None
    note = page.find(id=link["href"][1:])
    assert len(note.select("tbody tr")) == len(figure.trace)
    for line in figure.trace:
        assert line.source in note.text
    assert len(note.select("tr.not-counted")) == 1 and "与另一条为同一活动" in note.text
    assert all(unit.name in note.text for unit in figure.coverage.missing)


def test_the_page_has_headings_languages_and_nothing_from_outside(page: Any) -> None:
    assert page.html["lang"] == "zh-CN"
    assert [section["lang"] for section in page.select("article.text")] == ["zh-CN", "en-GB"]
    assert [len(page.select(f"#text-zh {name}")) for name in ("h1", "h2")] == [1, 6]
    assert (
        not page.select("script, img, link, iframe")
        and "url(" not in str(page.style)
        and "@import" not in str(page.style)
    )
    assert all(a["href"].startswith("#") for a in page.select("a"))


def test_each_reason_for_not_counting_a_record_is_said_in_words() -> None:
    assert set(REASONS) - {"counted"} == set(WHY_NOT)


def test_text_of_a_record_cannot_become_markup() -> None:
    facts: Facts = {**make_facts("zh"), "theme": "<script>alert(1)</script>"}
    rendered = render_docx(
        built_outline("zh", "{{ theme }}"), lang="zh", figures=MadeUpFigures(), facts=facts, trace_url=trace_url
    )
    assert "<script" not in render_html([rendered])


def test_on_the_office_site_a_number_goes_to_its_page_of_records(both: list[Rendered]) -> None:
    body = BeautifulSoup(body_of(render_html(both), "en"), "html.parser")
    assert {a["href"] for a in body.select("a.figure")} == set(both[1].urls)
    assert "安全生产" not in body.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_is_a4_tagged_in_its_language_and_the_same_each_time(lang: Language) -> None:
    rendered = summary(lang)
    data = render_pdf(rendered)
    assert data == render_pdf(rendered)
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    box = reader.pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (210, 297)
    assert root["/Lang"] == {"zh": "zh-CN", "en": "en-GB"}[lang]
    assert root["/MarkInfo"]["/Marked"]


def _has_chinese_font() -> bool:
    listing = shutil.which("fc-list")
    return bool(listing and subprocess.run([listing, ":lang=zh-cn"], capture_output=True, check=False).stdout)


@pytest.mark.skipif(not _has_chinese_font(), reason="no Chinese font to set the text in")
def test_the_chinese_pdf_has_22_lines_of_28_characters() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(summary("zh", built_outline("zh", "安全生产" * 400)))))
    lines = [line for line in (reader.pages[0].extract_text() or "").splitlines() if "安" in line]
    assert len(lines) == 22
    assert {len(line.strip()) for line in lines[1:]} == {28}


def test_a_pdf_has_a_note_for_each_number_also_where_the_outline_has_no_table() -> None:
    rendered = summary("en", built_outline("en", 'We hung {{ figure("banners_hung", noun="banners") }}.'))
    said = PdfReader(io.BytesIO(render_pdf(rendered))).pages[0].extract_text() or ""
    assert re.search(r"more than 80 banners", said) and "56/51" in said and "Records" in said
