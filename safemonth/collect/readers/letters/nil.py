"""Letters that say there is nothing to report."""

import re

_NIL = re.compile(
    r"(?:(?:本|我)(?:单位|镇|乡|局|办|村|社区|公司|校|院|部门|街道)|本月|六月份?|6月份?|活动月?期间|安全生产月期间|[，。；：\s]|^)[^，。；]{0,14}?"
    r"(?:(?:无|没有)(?:任何)?(?:相关|有关|此类|该类|此项|需)?(?:安全生产月?)?(?:活动|情况|数据|数字|内容|事项)(?:需要?|可)?(?:上报|报送|填报|开展)?"
    r"|(?:未|没有)(?:组织)?(?:开展|组织|举办|进行)(?:任何|过)?(?:相关|有关|此项|此类|该项|集中)?(?:的)?(?:[“\"]?安全生产月?[”\"]?)?(?:宣传|咨询)?活动"
    r"|零报告|零上报|无(?:需)?上报|无报送)",
)
_NIL_EN = re.compile(
    r"nothing to report|nil return|"
    r"no activit(?:y|ies) (?:was|were|to|in|during|this)|did not (?:hold|carry out|organi[sz]e) any",
    re.IGNORECASE,
)
# 未开展活动的单位要…: a demand or a condition, and 以外 an exception, are no statement.
_NO_STATEMENT = re.compile(r"的(?:单位|企业|部门|村|，)|对(?:未|没有)|如(?:未|无|没有)|若|凡|不得|要求|严禁|除")


def nil_statement(text: str) -> tuple[int, int] | None:
    """Return where a text says that nothing was done or is to be reported [start, end), None where it does not.

    "No accidents" and "no hazards" are good news and not nil returns.
    """
    for pattern in (_NIL, _NIL_EN):
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 6) : match.end() + 4]
            if not _NO_STATEMENT.search(around):
                start = match.start() + len(match[0]) - len(match[0].lstrip("，。；：\n "))
                return start, match.end()
    return None
