"""Whose letter it is: the title, the labels and the signature, held against the known units."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from safemonth.collect.readers.letters.sentences import Stretch
from safemonth.organisation.rules import name_forms, normalise_name

_UNIT_END = (
    "局|镇|乡|街道|办事处|办公室|办|委|委员会|会|政府|公司|集团|厂|矿|店|场|超市|酒店|宾馆|饭店|医院|卫生院|学校|小学|中学|高中|幼儿园|"
    "中心|大队|中队|支队|派出所|所|站|院|社|处|队|部|村|社区|联合会|总工会|工会|法院|检察院|银行|支行|电视台|台|库|园|区"
)
_TITLE = re.compile(r"总结|报告|汇报|小结|简报|情况|信息|summary|report", re.IGNORECASE)
_UNIT_AT_START = re.compile(
    rf"\s*(?:关于)?(?P<unit>[^\s，。：:《“\"（(0-9]{{1,22}}?(?:{_UNIT_END}))"
    r"(?=关于|开展|组织|贯彻|落实|20\d\d|二〇|二○|第|六月|6月|[“\"]?安全|[“\"]|消防|上半年|年|活动|工作|$)"
)
_LABEL = re.compile(
    r"(?:报送|填报|上报|报告|汇报|发文|编报|责任)?(?:单位|部门)(?:名称)?(?:（盖章）|\(盖章\)|（公章）)?\s*[:：]\s*(?P<unit>[^\s：:，。；]{2,30})"
    r"|(?:reported by|submitted by|reporting unit|from)\s*:\s*(?P<unit_en>[^\n:;]{3,60})",
    re.IGNORECASE,
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_STAMP = re.compile(r"[（(](?:盖章|公章|印章|章|印|代章)[)）]|\s+")
_DATE_ALONE = re.compile(
    rf"[\s\d年月日〇○零一二三四五六七八九十./-]+|(?:{_MONTH} )?\d{{1,2}}(?: {_MONTH})?,? 20\d\d", re.IGNORECASE
)
_DATE_AFTER = re.compile(r"[,，]?(?:20\d\d|二[〇○零]..)[-./年][\d一二三四五六七八九十\-./月日]+$")
_SIGNATURE = re.compile(rf"[^\d，。；：:、！？]{{1,30}}(?:{_UNIT_END})")
_SIGNATURE_EN = re.compile(
    r"[A-Z][^\d.:;!?]{2,60}(?:Office|Bureau|Government|Committee|Company|School|Hospital|Station|Town|Township)"
)
_LINES_OF_SIGNATURE = 5
_LINES_OF_TITLE = 4
_LONGEST_TITLE = 60


class UnitNames:
    """The known units, found by any form of their name."""

    def __init__(self, unit_names: Mapping[str, str]) -> None:
        self._codes: dict[str, str] = {}
        for name, code in unit_names.items():
            self._codes.setdefault(normalise_name(name), code)
        self._longest = max(map(len, self._codes), default=0)
        self._spaced = sorted((name for name in unit_names if " " in name), key=len, reverse=True)

    def code(self, text: str) -> str:
        """Return the code of the unit that a text names, "" where it names none that is known."""
        for form in name_forms(text):
            if form in self._codes:
                return self._codes[form]
        # 易县公安局 where the list has 公安局: the county's name stands before it.
        county = re.match(r".{1,4}?[县市区旗]", text)
        if county and len(text) - county.end() >= 2:
            return next((self._codes[form] for form in name_forms(text[county.end() :]) if form in self._codes), "")
        return ""

    def at_start(self, text: str) -> str:
        """Return the longest known name (of at least three signs) that a text begins with, "" for none."""
        for length in range(min(self._longest, len(text)), 2, -1):
            if text[:length] in self._codes:
                return text[:length]
        return ""

    def written_in(self, text: str) -> str:
        """Return the longest known name of several words (an English one) that a text holds, "" for none."""
        plain = text.casefold()
        return next((name for name in self._spaced if name.casefold() in plain), "")

    def first_in(self, text: str) -> str:
        """Return the first known name in a text, the longest where several begin there; "" for none."""
        return next((name for start in range(len(text)) if (name := self.at_start(text[start:]))), "")


@dataclass(frozen=True)
class Sender:
    """Whose letter it is.

    `unit_text` is the unit as the letter names it, "" where it names none. `other` is a second unit that the
    title names where the signature names another. `signed_from` is where the signature begins in the text.
    """

    unit_text: str = ""
    other: str = ""
    signed_from: int = 0


def sender_of(text: str, lines: list[Stretch], *, names: UnitNames) -> Sender:
    """Return whose letter a text is: a label says it, else the signature, else the title.

    The addressee (县安委办：) is never taken. A unit that is not known is returned as it stands, so that it can
    be asked about; known ones go first.
    """
    if not lines:
        return Sender()
    signed_from = len(text)
    label = next((match for match in _LABEL.finditer(text)), None)
    signed = ""
    for line in reversed(lines[-_LINES_OF_SIGNATURE:]):
        said = text[line.start : line.end].strip("（）()【】 ")
        said = _DATE_AFTER.sub("", _STAMP.sub("", said) if _is_chinese(text) else said)
        if not said or _DATE_ALONE.fullmatch(said):
            signed_from = line.start
            continue
        if line.number > 1 and (_SIGNATURE.fullmatch(said) or _SIGNATURE_EN.fullmatch(said) or names.code(said)):
            signed, signed_from = said, line.start
        break
    titled = _unit_of_title(text, lines[:_LINES_OF_TITLE], names=names)
    if label:
        named = (label["unit"] or label["unit_en"]).strip()
        return Sender(named, _differs(titled, named, names), signed_from)
    if signed:
        return Sender(signed, _differs(titled, signed, names), signed_from)
    return Sender(titled, "", signed_from)


def _is_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def _unit_of_title(text: str, lines: list[Stretch], *, names: UnitNames) -> str:
    for line in lines:
        said = text[line.start : line.end].strip()
        if said.endswith(("：", ":")) or "。" in said or len(said) > _LONGEST_TITLE:
            break
        if names.code(said):
            return said  # A letterhead: the unit alone in its line.
        if _TITLE.search(said):
            plain = said.removeprefix("关于")
            known = names.at_start(plain)
            match = _UNIT_AT_START.match(said)
            if known and (not match or len(known) >= len(match["unit"])):
                return known
            if match and not re.fullmatch(r"(?:全|我|本|各).{0,2}", match["unit"]):
                return match["unit"]
            return known or names.first_in(said) or names.written_in(said)
    return ""


def _differs(titled: str, named: str, names: UnitNames) -> str:
    """Return the title's unit where both are known and not the same, else ""."""
    code, other = names.code(named), names.code(titled) if titled else ""
    return titled if code and other and code != other and not code.startswith(other) else ""


def title_of(text: str, lines: list[Stretch], *, names: UnitNames) -> str:
    """Return the title of a letter: the first of its first lines that is one, "" where none is."""
    for line in lines[:_LINES_OF_TITLE]:
        said = text[line.start : line.end].strip()
        if _LABEL.search(said) or said.endswith(("：", ":")) or names.code(said) or _DATE_ALONE.fullmatch(said):
            continue
        if len(said) <= _LONGEST_TITLE and not re.search(r"[。；，：]|\d[份条人家处次册]", said):
            return said
    return ""


def is_of_another(sender: Sender, *, known_sender: str, names: UnitNames) -> bool:
    """Return whether a letter is of another known unit than the one that sent it, and not of one below it.

    Codes of divisions say who is below whom: a village's begins with its township's (GB/T 10114).
    """
    code, own = names.code(sender.unit_text), names.code(known_sender) if known_sender else ""
    return bool(code and own and not code.startswith(own))
