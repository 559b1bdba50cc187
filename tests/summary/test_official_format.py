"""The shipped outlines: in the official format, made from their texts, with no number typed by hand."""

import io
import zipfile

import docx
import pytest
from lxml import etree

from safemonth.lib.word_xml import W
from safemonth.summary.facts import Language
from safemonth.summary.outlines import built_outline, shipped_outline
from safemonth.summary.typed_numbers import typed_numbers

MM = 36000


def part(name: str, lang: Language = "zh") -> etree._Element:
    """Return a part of the shipped outline."""
    with zipfile.ZipFile(io.BytesIO(shipped_outline(lang))) as package:
        return etree.fromstring(package.read(name))


def style(style_id: str) -> etree._Element:
    """Return a style of the Chinese outline."""
    return next(found for found in part("word/styles.xml") if found.get(f"{W}styleId") == style_id)


def value(element: etree._Element, path: str, name: str = "val") -> str | None:
    """Return an attribute of the element at a path like "pPr/ind"."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_shipped_outline_is_the_one_made_from_its_text(lang: Language) -> None:
    assert shipped_outline(lang) == built_outline(lang), "run python -m safemonth.summary.outlines"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_number_is_typed_into_a_shipped_outline(lang: Language) -> None:
    assert typed_numbers(shipped_outline(lang)) == []


def test_the_page_is_a4_with_the_margins_of_the_standard() -> None:
    section = docx.Document(io.BytesIO(shipped_outline("zh"))).sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sizes += [section.left_margin, section.right_margin]
    assert [round((size or 0) / MM) for size in sizes] == [210, 297, 37, 35, 28, 26]


def test_the_grid_has_22_lines_of_28_characters() -> None:
    (grid,) = part("word/document.xml").iter(f"{W}docGrid")
    assert grid.get(f"{W}type") == "linesAndChars"
    pitch, space = int(grid.get(f"{W}linePitch") or 0), int(grid.get(f"{W}charSpace") or 0)
    height, width = 225 / 25.4 * 72, 156 / 25.4 * 72
    assert int(height * 20 / pitch) == 22 and abs(pitch / 20 - 28.99) < 0.05
    assert round(width / (16 + space / 4096), 2) == 28


def test_the_text_is_size_3_fangsong_on_exact_lines_with_two_characters_indent() -> None:
    normal = style("Normal")
    assert value(normal, "rPr/sz") == "32" and value(normal, "rPr/rFonts", "eastAsia") == "仿宋_GB2312"
    assert value(normal, "pPr/spacing", "line") == "579" and value(normal, "pPr/spacing", "lineRule") == "exact"
    assert value(style("BodyText"), "pPr/ind", "firstLineChars") == "200"
    # 28 characters as condensed fit into 156 mm.
    condensed = int(value(normal, "rPr/spacing") or 0)
    assert 28 <= 156 / 25.4 * 72 / (16 + condensed / 20) < 29


def test_title_headings_and_signature_are_those_of_the_standard() -> None:
    assert (value(style("Title"), "rPr/sz"), value(style("Title"), "pPr/jc")) == ("44", "center")
    assert value(style("Title"), "rPr/rFonts", "eastAsia") == "方正小标宋简体"
    assert value(style("Heading1"), "rPr/rFonts", "eastAsia") == "黑体"
    assert value(style("Heading2"), "rPr/rFonts", "eastAsia") == "楷体_GB2312"
    for lower in ("Heading3", "Heading4"):
        assert value(style(lower), "rPr/rFonts", "eastAsia") is None  # 仿宋, as the text
    for name in ("Signature", "IssueDate"):
        assert (value(style(name), "pPr/ind", "rightChars"), value(style(name), "pPr/jc")) == ("400", "right")


def test_page_numbers_stand_outside_between_dashes_in_size_4() -> None:
    document = docx.Document(io.BytesIO(shipped_outline("zh")))
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((document.sections[0].footer, "right"), (document.sections[0].even_page_footer, "left")):
        paragraph = footer._element.find(f"{W}p")
        assert "".join(t.text or "" for t in paragraph.iter(f"{W}t")) == "— 1 —"
        assert value(paragraph, "pPr/jc") == side and value(paragraph, "fldSimple", "instr") == " PAGE "
    assert value(style("Footer"), "rPr/sz") == "28"


def test_the_language_is_chinese_for_chinese_text() -> None:
    (language,) = part("word/styles.xml").iter(f"{W}lang")
    assert language.get(f"{W}eastAsia") == "zh-CN"
    assert docx.Document(io.BytesIO(shipped_outline("zh"))).core_properties.language == "zh-CN"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("共有300人参加。", 1),
        ("组织二十个部门上街。", 1),
        ("3名干部，发放{{ figure('banners_hung') }}，４００份。", 2),
        ("6月10日，按照《2019年方案》（易安委〔2019〕5号）第12条，拨打12350。", 0),
        ("{{ figure('banners_hung', task='x-20') }}只计一次。", 0),
        ("On 10 June 2019 they gave out 5,000 leaflets.", 1),
        ("1. 第一项", 0),
    ],
)
def test_numbers_typed_by_hand_are_found_and_days_and_documents_are_not(sentence: str, found: int) -> None:
    assert len(typed_numbers(built_outline("zh", sentence))) == found


def test_digits_in_headings_are_not_reported() -> None:
    assert typed_numbers(built_outline("zh", "Title| 2019年300人\nHeading1| 一、300人")) == []
