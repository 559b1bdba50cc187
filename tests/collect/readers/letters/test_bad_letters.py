"""Letters that cannot be read: each is refused with where and what to do; and nothing else ever comes out."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from safemonth.collect.readers.letters import extract, extract_text, page_text, read_letter, reader
from safemonth.lib.refusals import Refused
from tests.collect.readers.letters.making import JUNE, check_spans, pdf_letter, read, word_letter
from tests.lib.making_containers import OLE_MAGIC, ole_file, word_file, zipped

PAGE = "<p>6月16日，我乡在富岗集市发放宣传资料3000余份，悬挂横幅20条。</p>"
PDF = pdf_letter(PAGE)
DOCX = word_letter(["富岗乡总结", "6月16日，我乡在富岗集市发放宣传资料3000余份。", "富岗乡人民政府"])


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt(user_password=password, owner_password="owner")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture_pdf() -> bytes:
    square = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='300'><rect width='300' height='300'/></svg>"
    return pdf_letter(square)


@pytest.mark.parametrize(
    ("make", "file_name", "code"),
    [
        (lambda: b"", "总结.docx", "empty_file"),
        (lambda: DOCX[: len(DOCX) // 2], "总结.docx", "broken_file"),
        (lambda: word_file("<w:p><w:r>"), "总结.docx", "broken_document"),
        (lambda: zipped({"[Content_Types].xml": "<x/>", "word/other.xml": "<x/>"}), "总结.docx", "broken_document"),
        (lambda: word_file(PAGE, more={"word/media/a.bin": b"\0" * 30_000_000}), "总结.docx", "zip_bomb"),
        (lambda: word_file("", more={"word/vbaProject.bin": b"x"}), "总结.docx", "macro_file"),
        (lambda: DOCX, "总结.docm", "macro_file"),
        (lambda: ole_file("EncryptedPackage"), "总结.docx", "encrypted_file"),
        (lambda: "发放资料300份。".encode(), "总结.docx", "not_what_its_name_says"),
        (lambda: PDF, "总结.docx", "not_what_its_name_says"),
        (lambda: DOCX, "总结.pdf", "not_what_its_name_says"),
        (lambda: ole_file("WordDocument"), "总结.doc", "old_word_file"),
        (lambda: b"{\\rtf1 300}", "总结.rtf", "old_word_file"),
        (lambda: b"MIME-Version: 1.0\n", "总结.mht", "old_word_file"),
        (lambda: b"\x89PNG\r\n", "照片.png", "picture_file"),
        (lambda: zipped({"a.txt": "x"}), "总结.zip", "not_a_letter"),
        (lambda: OLE_MAGIC + bytes(900), "总结.bin", "not_a_letter"),
        (lambda: b"\x00\x01" * 50, "总结.txt", "not_a_letter"),
        (lambda: "安全生産月間の活動を、二千部".encode("euc-jp"), "总结.txt", "unknown_encoding"),
        (lambda: "<p>安全生産月間の活動を、二千部".encode("euc-jp"), "总结.html", "unknown_encoding"),
        (lambda: b" \n\n ", "总结.txt", "no_text"),
        (lambda: word_file("<w:p/>"), "总结.docx", "no_text"),
        (lambda: b"<html><script>300</script></html>", "总结.html", "no_text"),
        (lambda: PDF[: len(PDF) // 3], "总结.pdf", "broken_document"),
        (lambda: b"%PDF-1.7 and no more", "总结.pdf", "broken_document"),
        (lambda: locked_pdf("secret"), "总结.pdf", "encrypted_file"),
        (picture_pdf, "扫描件.pdf", "scanned_pdf"),
        (lambda: "发放资料300份。".encode() * 20_000, "总结.txt", "letter_too_long"),
        (lambda: b"a" * 10_000_000, "总结.txt", "text_too_long"),
    ],
)
def test_a_letter_that_cannot_be_read_says_why_and_what_to_do(
    make: Callable[[], bytes], file_name: str, code: str
) -> None:
    data = make()
    began = time.perf_counter()
    with pytest.raises(Refused) as refused:
        read_letter(data, file_name=file_name, known=JUNE)
    assert refused.value.code == code
    assert time.perf_counter() - began < 3
    if code not in ("unknown_encoding", "text_too_long"):
        assert file_name in str(refused.value)


def test_a_pdf_without_a_password_to_open_it_is_read() -> None:
    assert "3000余份" in extract_text(locked_pdf(""), file_name="总结.pdf").text


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_text, "MOST_PAGES", 1)
    with pytest.raises(Refused, match="too_many_pages"):
        extract_text(pdf_letter(PAGE * 40), file_name="总结.pdf")


def test_a_pdf_whose_fonts_tell_no_signs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_text, "_pages", lambda *_args, **_more: ["\ue001\ue002\ue003" * 10])
    with pytest.raises(Refused, match="unreadable_pdf_text"):
        extract_text(PDF, file_name="总结.pdf")


def test_numbers_of_which_none_was_read_are_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read_figures", lambda *_args, **_more: [])
    assert [doubt.code for doubt in read("本乡发放资料300份。\n富岗乡人民政府").doubts] == ["nothing_read"]
    assert read("本乡召开了动员会。\n富岗乡人民政府").doubts == ()


@pytest.mark.parametrize("depth", [100, 5_000, 50_000])
def test_a_page_or_letter_nested_deeply_is_read_or_refused(depth: int) -> None:
    page = "<div>" * depth + "发放资料300份" + "</div>" * depth
    table = "<table><tr><td>" * (depth // 100) + "发放资料300份"
    body = "<w:sdt><w:sdtContent>" * depth + "<w:p/>" + "</w:sdtContent></w:sdt>" * depth
    for data, name in ((page.encode(), "a.html"), (table.encode(), "b.html"), (word_file(body), "c.docx")):
        try:
            extract_text(data, file_name=name)
        except Refused:
            assert depth > 100 or name == "c.docx"


@pytest.mark.parametrize(
    "piece",
    [
        "6月",
        "6月1日",
        "6月1日至",
        "1",
        "，",
        "在",
        "一、\n",
        "组织",
        "“",
        "（",
        "a ",
        "我单位无",
        "截至",
        "6月16日，富岗乡发放资料300份。\n",
    ],
)
def test_a_very_long_letter_is_read_in_seconds_whatever_it_says(piece: str) -> None:
    text = piece * (extract.MOST_CHARACTERS // 4 // len(piece))
    began = time.perf_counter()
    read(text)
    # About a second on a quiet core.
    assert time.perf_counter() - began < 8


WORDS = st.sampled_from(
    "6月16日 6月31日 12日上午 截至目前 活动期间 据不完全统计 全乡共 富岗乡 县公安局 发放宣传资料 悬挂横幅 检查企业 300份 2万余份 20条 "
    "其中 ， 。 ； \n 一、 （二） 我单位 无相关活动 在富岗集市 联合公安、国土等部门 开展 咨询日活动 演练 将于 June 10 300 leaflets \t 　 “ ”".split(
        " "
    )
)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40).map("".join))
def test_any_words_of_letters_are_read_with_spans_that_hold(text: str) -> None:
    if text.strip():
        read(text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_letter(text.encode(errors="replace"), file_name="a.txt", known=JUNE)
    except Refused:
        return
    check_spans(reading)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), whole=st.sampled_from(["docx", "pdf", "html", "txt"]))
def test_a_spoilt_file_is_read_or_refused_and_nothing_else(data: st.DataObject, whole: str) -> None:
    source = {"docx": DOCX, "pdf": PDF, "html": PAGE.encode(), "txt": PAGE.encode("gb18030")}[whole]
    spoilt = bytearray(source)
    for _ in range(data.draw(st.integers(1, 20))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        reading = read_letter(bytes(spoilt), file_name=f"a.{whole}", known=JUNE)
    except Refused:
        return
    check_spans(reading)


@settings(max_examples=60, deadline=None)
@given(spoilt=st.binary(max_size=200), at=st.integers(0, 400))
def test_a_spoilt_document_part_is_read_or_refused_and_nothing_else(spoilt: bytes, at: int) -> None:
    with zipfile.ZipFile(io.BytesIO(word_file("<w:p><w:r><w:t>发放资料300份</w:t></w:r></w:p>" * 3))) as archive:
        part = archive.read("word/document.xml")
    data = zipped({"[Content_Types].xml": "<x/>", "word/document.xml": part[:at] + spoilt + part[at:]})
    try:
        check_spans(read_letter(data, file_name="a.docx", known=JUNE))
    except Refused:
        return
