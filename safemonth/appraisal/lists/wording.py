"""The words of notices that commend and criticise. Plain Python: no Django, no database, no clock.

Phrases follow the founding case: 对组织得力、方法得当、效果明显的单位予以表扬，对敷衍应付、态度冷淡的单位予以批评.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from safemonth.lib.official.document import OfficialText

Language = Literal["zh", "en"]
_TITLES: Final = {
    ("commend", "zh"): "关于对{campaign}活动先进单位予以通报表扬的通知",
    ("criticise", "zh"): "关于对{campaign}活动落实不力单位予以通报批评的通知",
    ("commend", "en"): "Notice of commendation: {campaign}",
    ("criticise", "en"): "Notice of criticism: {campaign}",
}
_LEADS: Final = {
    "commend": ("在{campaign}活动中，以下单位组织得力、方法得当、效果明显，经活动领导小组负责人批准，予以通报表扬："),
    "criticise": "在{campaign}活动中，以下单位落实不力、敷衍应付，经活动领导小组负责人批准，予以通报批评：",
}
_ENDS: Final = {
    "commend": "希望受表扬的单位再接再厉。各单位要以先进为榜样，落实安全生产责任，做好各项工作。",
    "criticise": "受批评的单位要认真查找原因，切实整改，并将整改情况报送活动办公室。各单位要引以为戒。",
}
_BASIS: Final = (
    "评分依据任务记录、佐证资料和报送时效等，按评分表逐项计分。考核结果已向各单位反馈并告知异议期限，{objections}。"
)


def title_of(kind: str, campaign: str, language: Language) -> str:
    """Return a notice's title; `kind` is `commend` or `criticise`."""
    return _TITLES[(kind, language)].format(campaign=campaign)


def body_text(kind: str, *, campaign: str, units: Sequence[str], objections: int, unanswered: int) -> str:
    """Return a notice's text, a paragraph a line; `units` are full names in the order of the tree, at least one.

    `objections` were made to the scores in all, of which `unanswered` are not answered yet: the text says what became of
    them, and never that all are answered where they are not.
    """
    said = f"收到异议{objections}件，均已答复" if objections else "期限内未收到异议"
    if unanswered:
        said = f"收到异议{objections}件，其中{unanswered}件正在答复"
    basis = _BASIS.format(objections=said)
    return "\n".join((_LEADS[kind].format(campaign=campaign), "、".join(units) + "。", basis, _ENDS[kind]))


def notice_text(
    *,
    issuer: str,
    number: str,
    title: str,
    body: str,
    issued_on: date,
    recipients: str = "各乡镇人民政府、县直有关部门",
) -> OfficialText:
    """Return an issued notice as an official document: the issuer's red head, number, title, text, signature and day."""
    return OfficialText(
        title=title,
        paragraphs=(
            ("RedHead", f"{issuer}文件"),
            ("DocumentNumber", number),
            ("Title", title),
            ("", ""),
            ("Recipients", f"{recipients}："),
            *(("BodyText", line) for line in body.splitlines() if line.strip()),
            ("Signature", issuer),
            ("IssueDate", f"{issued_on.year}年{issued_on.month}月{issued_on.day}日"),
        ),
        author=issuer,
        on=issued_on,
    )
