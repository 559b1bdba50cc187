"""Word's XML: what is written is the same each time, and text is read in order."""

import zipfile
from datetime import date
from io import BytesIO

from docx import Document

from safemonth.lib.word_format import Page, empty_document
from safemonth.lib.word_xml import W, paragraphs_of, runs_of, set_properties, style_of, text_of, w, written

FOOTER = '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


def made():
    document = empty_document(
        page=Page(top_mm=30, bottom_mm=26, left_mm=28, right_mm=26, footer_mm=14),
        styles='<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        fonts={"仿宋_GB2312": "FangSong"},
        languages=("en-GB", "zh-CN"),
        grid=None,
        odd_footer=FOOTER,
        even_footer=FOOTER,
    )
    paragraph = w("p")
    properties = w("pPr")
    properties.append(w("pStyle", val="Title"))
    paragraph.append(properties)
    for words in ("安全", "生产"):
        run, text = w("r"), w("t")
        text.text = words
        run.append(text)
        paragraph.append(run)
    document.element.body[-1].addprevious(paragraph)
    set_properties(document, title="题", author="某局", language="zh-CN", on=date(2019, 6, 1))
    return document


def test_the_same_document_is_written_as_the_same_bytes():
    assert written(made()) == written(made())


def test_a_paragraph_has_its_text_runs_and_style():
    (paragraph,) = paragraphs_of(made())
    assert (text_of(paragraph), len(runs_of(paragraph)), style_of(paragraph)) == ("安全生产", 2, "Title")


def test_an_empty_document_has_its_page_and_names_its_fonts_and_languages():
    data = written(made())
    section = Document(BytesIO(data)).sections[0]
    width, left = section.page_width, section.left_margin
    assert width is not None and left is not None
    assert (round(width.mm), round(left.mm)) == (210, 28)
    with zipfile.ZipFile(BytesIO(data)) as parts:
        assert "仿宋_GB2312" in parts.read("word/fontTable.xml").decode()
        assert 'w:eastAsia="zh-CN"' in parts.read("word/styles.xml").decode()
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert style_of(w("p")) == ""
    assert w("p").tag == f"{W}p"
