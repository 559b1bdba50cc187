"""From a document to the text that a reader of the page sees, and its tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.readers.letters import extract_text
from safemonth.collect.readers.letters.plain_text import join_lines, without_spaces
from tests.collect.readers.letters.making import pdf_letter, word_letter
from tests.lib.making_containers import word_file


def word_text(body: str) -> str:
    return extract_text(word_file(body), file_name="a.docx").text


def html_text(body: str) -> str:
    return extract_text(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), file_name="a.html").text


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraphs_and_tables_of_a_word_letter_come_in_order() -> None:
    rows = [["单位", "资料（份）"], ["东关村", "300"]]
    document = extract_text(word_letter(["富岗乡总结", rows, "特此报告。"]), file_name="a.docx")
    assert document.text == "富岗乡总结\n单位\t资料（份）\n东关村\t300\n特此报告。"
    assert document.grids == [rows]
    (table,) = document.tables
    assert document.text[table.start : table.end] == "单位\t资料（份）\n东关村\t300"


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    body = f"<w:p>{run('发放资料')}<w:del>{run('9')}<w:r><w:delText>500</w:delText></w:r></w:del><w:ins>{run('300')}</w:ins>{run('份')}</w:p>"
    assert word_text(body) == "发放资料300份"


def test_moved_words_are_read_once_and_where_they_went() -> None:
    body = f"<w:p><w:moveFrom>{run('横幅8条')}</w:moveFrom>{run('一')}</w:p><w:p><w:moveTo>{run('横幅8条')}</w:moveTo></w:p>"
    assert word_text(body) == "一\n横幅8条"


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert word_text(f"<w:p>{mark}{run('发放30')}</w:p><w:p>{run('00份')}</w:p>") == "发放3000份"


@pytest.mark.parametrize("properties", ["<w:vanish/>", "<w:strike/>", '<w:dstrike w:val="1"/>'])
def test_hidden_and_struck_words_are_not_read(properties: str) -> None:
    assert word_text(f"<w:p>{run('发放')}{run('500', properties)}{run('300份')}</w:p>") == "发放300份"


def test_a_mark_that_is_switched_off_hides_nothing() -> None:
    off = '<w:strike w:val="0"/>'
    assert word_text(f"<w:p>{run('300份', off)}</w:p>") == "300份"


def test_a_deleted_row_is_no_row() -> None:
    def row(text: str, properties: str = "") -> str:
        cells = "".join(f"<w:tc><w:p>{run(word)}</w:p></w:tc>" for word in text.split())
        return f"<w:tr>{properties}{cells}</w:tr>"

    table = f"<w:tbl>{row('单位 份')}{row('东关 9', '<w:trPr><w:del/></w:trPr>')}{row('西关 8')}</w:tbl>"
    assert extract_text(word_file(table), file_name="a.docx").grids == [[["单位", "份"], ["西关", "8"]]]


def test_a_text_box_is_read_once() -> None:
    inside = f"<w:txbxContent><w:p>{run('发放资料300份')}</w:p></w:txbxContent>"
    body = f"<w:p><w:r><Choice>{inside}</Choice><Fallback>{inside}</Fallback></w:r>{run('正文')}</w:p>"
    assert word_text(body) == "正文\n发放资料300份"


def test_a_field_gives_its_result_and_not_its_code() -> None:
    field = "<w:r><w:instrText>DATE 2026</w:instrText></w:r>" + run("6月30日")
    assert word_text(f"<w:p>{field}</w:p>") == "6月30日"


def test_content_controls_and_links_are_read() -> None:
    control = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink>{run('横幅8条')}</w:hyperlink></w:p></w:sdtContent></w:sdt>"
    )
    assert word_text(control) == "横幅8条"


def test_merged_cells_stand_once_in_the_grid() -> None:
    table = (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{run("宣传")}</w:p></w:tc></w:tr>'
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p>{run("甲")}</w:p></w:tc><w:tc><w:p>{run("1")}</w:p></w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{run('x')}</w:p></w:tc><w:tc><w:p>{run('2')}</w:p></w:tc></w:tr></w:tbl>"
    )
    assert extract_text(word_file(table), file_name="a.docx").grids == [[["宣传", ""], ["甲", "1"], ["", "2"]]]


def test_a_form_with_one_big_box_is_prose() -> None:
    told = "6月16日，我乡在集市开展安全宣传咨询日活动，发放宣传资料300份，悬挂横幅8条，接受群众咨询120人次，出动宣传车2辆，受到群众的欢迎。"
    document = extract_text(word_letter([[["活动情况", told], ["填报人", "办公室主任"]]]), file_name="a.docx")
    assert document.grids == []
    assert told in document.text.split("\n")


def test_what_a_browser_hides_is_not_read() -> None:
    page = (
        "<script>var n='900份'</script><style>p{}</style><p>发放<b>300</b>份</p><p hidden>1份</p>"
        "<p style='DISPLAY : none'>2份</p><template>3份</template><del>4份</del><!-- 5份 --><span>横幅</span><span>8条</span>"
    )
    assert html_text(page) == "发放300份\n横幅8条"


def test_a_number_broken_by_the_source_line_stays_whole() -> None:
    assert html_text("<p>发放宣传资料\n   3000份，悬挂\n横幅</p>") == "发放宣传资料3000份，悬挂横幅"


def test_a_page_in_gb18030_is_read() -> None:
    page = '<html><head><meta charset="gb2312"><title>总结</title></head><body>发放资料300份</body></html>'
    assert extract_text(page.encode("gb18030"), file_name="a.htm").text == "发放资料300份"


def test_the_table_of_a_page_is_a_grid_with_merged_cells() -> None:
    table = (
        "<table><tr><th rowspan=2>单位</th><th colspan=2>宣传</th></tr><tr><th>资料</th><th>横幅</th></tr>"
        "<tr><td>东关村<td>300<td>8</tr></table>"
    )
    document = extract_text(f"<p>统计</p>{table}<p>完</p>".encode(), file_name="a.html")
    assert document.grids == [[["单位", "宣传", ""], ["", "资料", "横幅"], ["东关村", "300", "8"]]]
    (place,) = document.tables
    assert document.text[place.start : place.end].startswith("单位\t宣传")
    assert document.text.endswith("\n完")


def test_a_table_that_lays_out_a_page_is_not_a_grid() -> None:
    page = "<table><tr><td><p>发放资料300份</p><table><tr><td>单位</td><td>份</td></tr></table></td></tr></table>"
    document = extract_text(page.encode(), file_name="a.html")
    assert document.grids == [[["单位", "份"]]]
    assert document.text.startswith("发放资料300份\n")


@pytest.mark.parametrize("size", ["11pt", "14pt", "16pt", "19pt"])
def test_lines_of_a_pdf_are_joined_and_no_number_is_broken(size: str) -> None:
    told = "6月16日，我乡组织应急办、派出所、电管所等在富岗集市开展安全宣传咨询日活动，共发放宣传资料3000余份，悬挂横幅20条，接受群众咨询1500余人次，出动宣传车2辆，检查企业132家次。"
    pdf = pdf_letter(f"<p>{told}</p><p>特此报告。</p><p>富岗乡人民政府</p><p>2026年6月30日</p>", size=size)
    document = extract_text(pdf, file_name="a.pdf")
    assert document.text == f"{told}\n特此报告。\n富岗乡人民政府\n2026年6月30日"
    assert document.format == "pdf"


def test_pages_that_are_pictures_are_named() -> None:
    blank = "<div style='page-break-before:always'></div>"
    document = extract_text(pdf_letter(f"<p>发放宣传资料3000份，悬挂横幅20条。</p>{blank}"), file_name="a.pdf")
    assert document.pages_without_text == (2,)


def test_plain_text_broken_at_a_margin_is_joined() -> None:
    lines = [
        "　　6月16日，我乡在富岗集市开展安全宣传咨询日活动，共发放宣传资料30",
        "00余份，悬挂横幅20条，接受群众咨询500余人次，出动宣传车2辆，受到群",
        "众欢迎。",
        "富岗乡人民政府",
    ]
    assert join_lines(lines).split("\n") == ["".join(lines[:3]), "富岗乡人民政府"]


def test_lines_of_their_own_are_left_alone() -> None:
    lines = ["富岗乡总结", "一、加强领导", "发放资料300份。", "富岗乡人民政府", "2026年6月30日"]
    assert join_lines(lines) == "\n".join(lines)


def test_a_heading_after_a_full_line_begins_anew() -> None:
    full = "我乡高度重视安全生产月活动并且召开了动员会对工作作出了全面的安排"
    assert join_lines([full, "二、广泛宣传发动群众参与安全生产月的各项活动内容"]).count("\n") == 1


def test_english_lines_are_joined_with_a_space() -> None:
    lines = [
        "On June 16 the township gave out more than 500 leaflets at the",
        "market and hung 20 banners in the main street and in all villages.",
    ]
    assert join_lines(lines) == " ".join(lines)


def test_spaced_out_chinese_is_closed_up() -> None:
    assert (
        without_spaces("2026 年 6 月 18 日 开 展 检查 ， 检查 6 家 on 3 sites")
        == "2026年6月18日开展检查，检查6家 on 3 sites"
    )


@given(st.lists(st.text(alphabet="安全生产月发放300份。 \u3000一、abc“”", max_size=40), max_size=12))
def test_joining_loses_no_sign(lines: list[str]) -> None:
    joined = join_lines(lines)
    assert "".join(joined.split()) == "".join("".join(lines).split())
