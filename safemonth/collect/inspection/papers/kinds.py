"""The kinds of enforcement papers, what each must stand on, and how their numbers are written. Plain data.

Titles, order of fields and standing sentences follow the standard enforcement papers (安全生产执法文书, issued by the
Ministry of Emergency Management); what must be in them follows the Work Safety Law (2021) art. 65 to 70, the Administrative
Reconsideration Law art. 20 (60 days) and the Administrative Litigation Law art. 46 (six months).
"""

from dataclasses import dataclass
from typing import Final

from safemonth.lib.refusals import gettext_noop


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: `number_word` stands in its number; `follows` are the kinds one of which it must name.

    `must_follow`: without that it cannot be issued; else it may name one. `has_items`: it names hazards, one an item.
    """

    code: str
    name: str
    title: str
    title_en: str
    number_word: str
    follows: tuple[str, ...] = ()
    must_follow: bool = False
    has_items: bool = True


RECORD: Final = "record"
DECISION: Final = "decision"
ORDER: Final = "order"
RECHECK: Final = "recheck"
REFERRAL: Final = "referral"

KINDS: Final = (
    PaperKind(
        RECORD,
        gettext_noop("record of on-site inspection"),
        "现场检查记录",
        "Record of on-site inspection",
        "现记",
        has_items=False,
    ),
    PaperKind(
        DECISION,
        gettext_noop("decision on on-site measures"),
        "现场处理措施决定书",
        "Decision on on-site measures",
        "现决",
        follows=(RECORD,),
        must_follow=True,
    ),
    PaperKind(
        ORDER,
        gettext_noop("order to rectify by a date"),
        "责令限期整改指令书",
        "Order to rectify by a date",
        "责改",
        follows=(RECORD,),
    ),
    PaperKind(
        RECHECK,
        gettext_noop("opinion after recheck"),
        "整改复查意见书",
        "Opinion after recheck",
        "复查",
        follows=(DECISION, ORDER),
        must_follow=True,
    ),
    PaperKind(
        REFERRAL,
        gettext_noop("referral of a case"),
        "案件移送书",
        "Referral of a case",
        "移送",
        follows=(RECORD, DECISION, ORDER, RECHECK),
    ),
)
KIND: Final = {kind.code: kind for kind in KINDS}

DRAFT: Final = "draft"
ISSUED: Final = "issued"
SERVED: Final = "served"
VOID: Final = "void"
DROPPED: Final = "dropped"
# What has a number and stands.
STANDING: Final = (ISSUED, SERVED)

# How a number is written where an office has not said otherwise: （易）应急现记〔2019〕1号.
NUMBER_PATTERN: Final = "（{prefix}）{system}{kind}〔{year}〕{number}号"
NUMBER_PLACES: Final = frozenset({"prefix", "system", "kind", "year", "number"})


def number_text(pattern: str, *, prefix: str, system: str, kind: str, year: int, number: int) -> str:
    """Return a paper's number as it is printed; `kind` is a kind's code. Raises KeyError for a place that is not known."""
    return pattern.format(prefix=prefix, system=system, kind=KIND[kind].number_word, year=year, number=number)
