"""Bytes to text: the few encodings that Chinese offices send, and nothing guessed."""

import codecs
import re

from safemonth.lib.containers.limits import MOST_TEXT_BYTES
from safemonth.lib.refusals import Refused, gettext_noop

# Control characters other than tab, line ends, form feed and the old end-of-file mark: no text has them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")

# In Chinese prose well over 95 % of the characters beyond ASCII are symbols of rows 1-3 or level-1 hanzi
# of GB 2312 (the 3,755 most used; first byte 0xB0-0xD7). Big5, EUC-JP, Shift-JIS or Latin-1 bytes read
# as GB18030 give below 70 % (tests/lib/test_containers.py).
_LEAST_COMMON_SHARE = 0.8
# Kana (rows 4 and 5): EUC-JP has the same form of bytes, and no Chinese letter is written in kana.
_MOST_KANA = 0.02


def decode_text(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and its encoding: `utf-8`, `utf-16` (with a mark) or `gb18030`.

    A byte-order mark is dropped, and line ends of all kinds become one line feed. Text is never repaired: a single byte
    that does not fit refuses the file. Raises Refused `text_too_long` above MOST_TEXT_BYTES,
    `binary_data`, `unknown_encoding`.
    """
    if len(data) > MOST_TEXT_BYTES:
        raise Refused(
            "text_too_long",
            gettext_noop(
                "The file holds %(size)s MB of text; at most %(most)s MB are read. Send only the letter or the table."
            ),
            size=len(data) // 2**20,
            most=MOST_TEXT_BYTES // 2**20,
        )
    text, encoding = _decoded(data)
    if _CONTROL.search(text):
        raise Refused(
            "binary_data",
            gettext_noop("The file is not text. Send a .docx, .xlsx, .csv, .txt or .html file."),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig"), "utf-8"
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "utf-16"
    except UnicodeDecodeError as error:
        raise _unknown_encoding() from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _unknown_encoding() from error
    kana = sum("\u3041" <= character <= "\u30fe" for character in text)
    if _common_share(text) < _LEAST_COMMON_SHARE or kana > _MOST_KANA * len(text):
        raise _unknown_encoding()
    return text, "gb18030"


def _common_share(text: str) -> float:
    """Return which share of the characters beyond ASCII is common in Chinese, 0 to 1."""
    beyond = [character for character in text if character > "\x7f"]
    common = 0
    for character in beyond:
        code = character.encode("gb2312", errors="ignore")
        common += bool(code) and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)
    return common / len(beyond) if beyond else 1.0


def _unknown_encoding() -> Refused:
    return Refused(
        "unknown_encoding",
        gettext_noop("It cannot be told in which encoding the file was saved. Save it as UTF-8 and send it again."),
    )
