"""What a file is, and which files are not opened."""

import io
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safemonth.lib.containers import checked_kind, decode_text, kind_of, limits, office_zip, open_office_zip
from safemonth.lib.refusals import Refused
from tests.lib.making_containers import CONTENT_TYPES, ole_file, word_file, zipped

LETTER = "<w:p><w:r><w:t>发放资料300份。</w:t></w:r></w:p>"


def workbook() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["单位", "发放宣传资料"])  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "file_name", "kind"),
    [
        (b"", "a.xlsx", "empty"),
        (workbook(), "报表.xlsx", "xlsx"),
        (workbook(), "no-suffix", "xlsx"),
        (word_file(LETTER), "总结.docx", "docx"),
        (word_file(LETTER), "总结.doc", "docx"),
        (word_file(LETTER, more={"word/vbaProject.bin": b"x"}), "总结.docx", "docm"),
        (zipped({"a.txt": "x"}), "a.zip", "zip"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, method=zipfile.ZIP_STORED), "a.odt", "odt"),
        (ole_file("WordDocument"), "a.doc", "doc"),
        (ole_file("Workbook"), "a.xls", "xls"),
        (ole_file("WordDocument", "Workbook"), "a.xls", "xls"),
        (ole_file("WordDocument", "Workbook"), "a.doc", "doc"),
        (ole_file("EncryptedPackage"), "a.xlsx", "encrypted"),
        (b"%PDF-1.7\n", "a.pdf", "pdf"),
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image"),
        (b"<!DOCTYPE html><p>x", "a.html", "html"),
        ("\ufeff<html><body>发放</body>".encode(), "a", "html"),
        ("<table><tr><td>发放".encode("utf-16"), "a", "html"),
        ("单位,数量\n".encode(), "a.csv", "csv"),
        ("单位\t数量\n".encode("gb18030"), "a.tsv", "tsv"),
        ("发放资料300份。".encode("utf-16"), "a.txt", "txt"),
        (b"\x00\x01\x02\x03", "a.txt", "binary"),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, file_name: str, kind: str) -> None:
    assert kind_of(data, file_name=file_name) == kind


@pytest.mark.parametrize(
    ("data", "file_name", "code"),
    [
        (b"", "a.docx", "empty_file"),
        (ole_file("EncryptedPackage"), "a.docx", "encrypted_file"),
        (word_file(LETTER, more={"word/vbaProject.bin": b"x"}), "a.docx", "macro_file"),
        (workbook(), "a.xlsm", "macro_file"),
        (ole_file("Workbook", "_VBA_PROJECT_CUR"), "a.xls", "macro_file"),
        ("发放资料300份。".encode(), "a.docx", "not_what_its_name_says"),
        (b"<html><table>", "a.xls", "not_what_its_name_says"),
        (b"%PDF-1.7", "a.docx", "not_what_its_name_says"),
        (workbook(), "a.docx", "not_what_its_name_says"),
        (zipped({"a.txt": "x"}), "a.docx", "not_what_its_name_says"),
        (zipped({"a.txt": "x"}), "a.xlsx", "not_what_its_name_says"),
        (b"\x00\x01\x02\x03", "a.pdf", "not_what_its_name_says"),
    ],
)
def test_what_no_reader_takes_is_refused_with_a_sentence_that_names_the_file(
    data: bytes, file_name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        checked_kind(data, file_name=file_name)
    assert refused.value.code == code
    assert file_name in str(refused.value)


def test_a_whole_office_file_opens_and_gives_its_parts() -> None:
    office = open_office_zip(word_file(LETTER), file_name="a.docx")
    assert office.kind == "docx"
    assert "发放资料300份".encode() in office.read("word/document.xml")
    with pytest.raises(Refused, match="broken_file"):
        office.read("word/nothing.xml")
    assert open_office_zip(workbook(), file_name="a.xlsx").kind == "xlsx"


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/media/big.bin": b"\0" * (limits.SHRUNK_FLOOR_BYTES * 3)}, "zip_bomb"),
        ({f"word/media/{number}.bin": b"x" for number in range(limits.MOST_ENTRIES)}, "zip_bomb"),
        ({"word/inside.bin": zipped({"a": "b"})}, "archive_inside"),
        ({"/etc/passwd": "x"}, "unsafe_paths"),
        ({"word/../../x.xml": "x"}, "unsafe_paths"),
        ({"C:\\x.xml": "x"}, "unsafe_paths"),
        ({"word/styles.xml": DTD}, "xml_entities"),
        ({"word/styles.xml": DTD.encode("utf-16")}, "xml_entities"),
        ({"word/styles.xml": " " * ((1 << 20) - 4) + DTD}, "xml_entities"),
        ({"word/_rels/document.xml.rels": DTD}, "xml_entities"),
    ],
)
def test_a_hostile_part_refuses_the_whole_file(parts: dict[str, bytes | str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        open_office_zip(word_file(LETTER, more=parts), file_name="a.docx")
    assert refused.value.code == code


def test_an_embedded_workbook_is_let_be() -> None:
    data = word_file(LETTER, more={"word/embeddings/sheet.xlsx": workbook()})
    assert open_office_zip(data, file_name="a.docx").kind == "docx"


def test_many_parts_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_zip, "MOST_UNPACKED_BYTES", 3_000_000)
    parts = {f"word/media/{number}.bin": bytes(range(256)) * 4_000 for number in range(4)}
    with pytest.raises(Refused, match="zip_bomb"):
        open_office_zip(word_file(LETTER, more=dict(parts)), file_name="a.docx")


def test_an_archive_that_lies_about_a_size_is_refused() -> None:
    honest = word_file(LETTER, more={"word/media/a.bin": b"\0" * 1_000_000})
    size = (1_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    with pytest.raises(Refused, match="broken_file"):
        open_office_zip(honest.replace(size, (10).to_bytes(4, "little")), file_name="a.docx")


def test_a_second_part_of_the_same_name_is_refused() -> None:
    out = io.BytesIO(word_file(LETTER))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "other")
    with pytest.raises(Refused, match="unsafe_paths"):
        open_office_zip(out.getvalue(), file_name="a.docx")


def test_an_unusual_compression_and_a_password_are_refused() -> None:
    with pytest.raises(Refused, match="broken_file"):
        open_office_zip(
            zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "x"}, method=zipfile.ZIP_LZMA),
            file_name="a.docx",
        )
    locked = bytearray(word_file(LETTER))
    for at in (i for i in range(len(locked)) if locked[i : i + 4] == b"PK\x01\x02"):
        locked[at + 8] |= 1
    with pytest.raises(Refused, match="encrypted_file"):
        open_office_zip(bytes(locked), file_name="a.docx")


@pytest.mark.parametrize("kept", [4, 30, 100, 0.5, 0.9, -1, -10])
def test_a_file_cut_off_on_its_way_is_called_damaged(kept: float) -> None:
    whole = word_file(LETTER)
    cut = whole[: int(len(whole) * kept) if isinstance(kept, float) else kept]
    with pytest.raises(Refused, match="broken_file"):
        open_office_zip(cut, file_name="a.docx")


def test_a_bomb_is_refused_fast() -> None:
    data = word_file(LETTER, more={f"word/media/{n}.bin": b"\0" * 60_000_000 for n in range(2)})
    began = time.perf_counter()
    with pytest.raises(Refused, match="zip_bomb"):
        open_office_zip(data, file_name="a.docx")
    assert time.perf_counter() - began < 10  # far below what a bomb would take, far above a busy machine


@given(data=st.binary(max_size=400), front=st.sampled_from([b"", b"PK\x03\x04", ole_file()[:16], b"%PDF-", b"<html>"]))
def test_any_bytes_are_opened_or_refused_and_nothing_else(data: bytes, front: bytes) -> None:
    for name in ("a.docx", "a.xlsx", "a.txt", "a"):
        kind_of(front + data, file_name=name)
        with pytest.raises(Refused):
            open_office_zip(front + data, file_name=name)


@given(st.data())
def test_a_spoilt_office_file_is_opened_or_refused_and_nothing_else(data: st.DataObject) -> None:
    spoilt = bytearray(word_file(LETTER))
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        office = open_office_zip(bytes(spoilt), file_name="a.docx")
        for name in office.namelist():
            office.read(name)
    except Refused:
        pass


CHINESE = "各乡镇：6月16日，我局发放宣传资料3000余份，悬挂横幅20条。"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("gbk"), "gb18030"),
        (b"Leaflets: 300", "utf-8"),
    ],
)
def test_the_encodings_that_offices_send_are_read(data: bytes, encoding: str) -> None:
    text, found = decode_text(data)
    assert found == encoding
    assert text in (CHINESE, "Leaflets: 300")


def test_all_line_ends_become_one() -> None:
    assert decode_text(b"a\r\nb\rc\n")[0] == "a\nb\nc\n"


@pytest.mark.parametrize(
    "data",
    [
        "各鄉鎮舉辦安全生產月諮詢日活動，共發放宣傳單兩千餘份，接受群眾諮詢五百餘人次。".encode("big5"),
        "安全生産月間の活動について、資料を二千部配布しました".encode("euc-jp"),
        "安全生産月間の活動について、資料を二千部配布しました".encode("shift-jis"),
        "Le préfet a distribué 300 dépliants à la fête".encode("latin-1"),
        CHINESE.encode()[:-1],
        CHINESE.encode("utf-16") + b"x",
        "\ufeff".encode() + CHINESE.encode("gb18030"),
    ],
)
def test_an_encoding_that_is_not_sure_is_refused_and_not_guessed(data: bytes) -> None:
    with pytest.raises(Refused, match="unknown_encoding"):
        decode_text(data)


@pytest.mark.parametrize("data", [b"a\x00b", b"\x7fELF\x01\x01", CHINESE.encode("utf-16-le"), b"\x1b[31mred"])
def test_binary_data_is_not_text(data: bytes) -> None:
    with pytest.raises(Refused, match=r"binary_data|unknown_encoding"):
        decode_text(data)


def test_more_text_than_any_letter_has_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="text_too_long"):
        decode_text(b"a" * (limits.MOST_TEXT_BYTES + 1))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode_text(text.encode("utf-8-sig"))[0] == text


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode_text(data)
    except Refused:
        return
    assert data[:2] in (b"\xff\xfe", b"\xfe\xff") if encoding == "utf-16" else encoding in ("utf-8", "gb18030")
    assert "\r" not in text
