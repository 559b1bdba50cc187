"""Plain text, and joining lines that a program broke in the middle of a sentence."""

import re
import unicodedata
from collections.abc import Sequence

from safemonth.collect.readers.letters.document import DocumentText
from safemonth.lib.containers import decode_text

_SENTENCE_END = re.compile(r"[。！？；：!?;:…”』）)】》.]\s*$")
_STARTS_ANEW = re.compile(
    r"\s{2,}|\u3000|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳●■◆•]|附[：:件]|第[一二三四五六七八九十]+[章条、]"
)
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’…—]")
_SPACE_IN_CHINESE = re.compile(
    rf"(?<={_CHINESE.pattern})(?<!\u3000) +(?={_CHINESE.pattern}|\d)|(?<=\d) +(?={_CHINESE.pattern})"
)
# A line that a program broke is filled to the margin: the rest of a line is at most a word or a number
# that did not fit. Lines at least this full, of the widest of the text, may go on in the next.
_FULL = 0.8
# Below this width (in half-width columns) lines are a list, not broken prose.
_LEAST_WIDTH = 30


def text_of_plain(data: bytes) -> DocumentText:
    """Return a plain text; its lines are joined only where they were broken at a margin (`join_lines`).

    Raises Refused as `decode_text` does.
    """
    text, _ = decode_text(data)
    if _is_spaced_out(text):
        text = without_spaces(text)
    return DocumentText(join_lines(text.replace("\x0c", "\n").replace("\x1a", "").split("\n")), "txt")


def without_spaces(text: str) -> str:
    """Return a text without the spaces between Chinese signs, and between them and digits: 2026 年 is 2026年."""
    return _SPACE_IN_CHINESE.sub("", text)


def _is_spaced_out(text: str) -> bool:
    """Whether a text has a space after one Chinese sign in four or more, as some programs export it."""
    signs = len(_CHINESE.findall(text))
    return len(re.findall(rf"{_CHINESE.pattern} (?! )", text)) * 4 > signs > 0


def join_lines(lines: Sequence[str]) -> str:
    """Return lines as paragraphs: a line filled to the margin goes on in the next unless that starts anew.

    A line goes on where it has no sentence end, is at least `_FULL` as wide as the widest (a
    full-width sign counts two), and the next is neither blank nor indented nor a numbered heading. Between
    two Latin words a space is put; a number broken in Chinese text is put together again without one.
    Blank lines are dropped. Text whose lines all end sentences comes back as it was.
    """
    widths = [width_of(line.strip()) for line in lines]
    margin = _margin(widths)
    is_chinese = sum(len(_CHINESE.findall(line)) for line in lines) * 4 > sum(map(len, lines))
    paragraphs: list[str] = []
    goes_on = False
    for line, width in zip(lines, widths, strict=True):
        if not line.strip():
            goes_on = False
            continue
        if goes_on and not _STARTS_ANEW.match(line):
            paragraphs[-1] += _joint(paragraphs[-1], line.lstrip(), is_chinese=is_chinese) + line.strip()
        else:
            paragraphs.append(line.rstrip())
        goes_on = margin >= _LEAST_WIDTH and width >= margin * _FULL and not _SENTENCE_END.search(line)
        # A title broken inside its quotation marks: “安全生产 | 月”.
        goes_on = goes_on or (margin > 0 and any(line.count(a) > line.count(b) for a, b in ("“”", "《》", "（）")))
    return "\n".join(paragraphs)


def width_of(line: str) -> int:
    """Return how wide a line is in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def _margin(widths: list[int]) -> int:
    """Return the width to which lines are filled; 0 where the text has no margin (one line a paragraph).

    A margin is the width that the widest third of the lines come near; paragraphs of free length
    have widths far apart.
    """
    wide = sorted((width for width in widths if width), reverse=True)
    if len(wide) < 2:
        return 0
    widest = wide[0]
    near = sum(width >= widest * _FULL for width in wide)
    return widest if near >= 2 and widest <= 200 else 0


def _joint(before: str, after: str, *, is_chinese: bool) -> str:
    last, first = before[-1], after[0]
    if _CHINESE.match(last) or _CHINESE.match(first) or last == "-":
        return ""
    # 30 | 00份: a number cut in two. In English text two numbers side by side are two words.
    if is_chinese and (last.isdecimal() or last in ",.") and first.isdecimal():
        return ""
    return " "
