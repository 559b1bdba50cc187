"""The demo's enforcement papers: one of each kind, out of an inspection that found hazards. Posts stand for people."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.inspection.papers.actions import change_draft, draft_paper, issue, serve, set_office
from safemonth.collect.inspection.papers.models import Paper, PaperOffice
from safemonth.collect.inspection.papers.queries import items_of
from safemonth.demo.county import COUNTY
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign

# What the agency's papers print; the body for review and the court are the county's own.
AGENCY: Final = {
    "name": "易县应急管理局",
    "name_en": "Yi County Emergency Management Bureau",
    "prefix": "易",
    "system": "应急",
    "review_body": "易县人民政府",
    "court": "易县人民法院",
    "address": "易县城区（演示）",
    "contact_post": "执法大队值班室",
    "contact_phone": "0312-0000000",
}
# For an inspection whose form names fewer than two officers with their certificates.
OFFICERS: Final = (
    {"post": "安全生产执法大队副大队长", "certificate": "冀F-0633-001"},
    {"post": "安全生产执法大队执法员", "certificate": "冀F-0633-002"},
)
_DAY: Final = timedelta(days=1)


def set_up_agency(campaign: Campaign, *, by: str, at: datetime) -> PaperOffice:
    """Enter the agency in whose name the demo's papers go out."""
    del campaign
    return set_office(unit=unit_by_code(f"{COUNTY}-safety"), fields=AGENCY, by=by, at=at)


def one_of_each(campaign: Campaign, *, inspection: Inspection, by: str, at: datetime) -> list[Paper]:
    """Issue the record, the decision and the order of an inspection at `at`, serve them, recheck after eight days, and refer.

    The inspection has a workplace and at least one open hazard, none reported as done. The first hazard is put right
    and passes the recheck, where it is not major; the rest get a new day, and the last of those is referred.
    """
    office = set_up_agency(campaign, by=by, at=at)
    common: dict[str, Any] = {"campaign": campaign, "office": office, "inspection": inspection, "by": by, "at": at}
    officers = _officers(inspection)
    record = issue(
        paper=draft_paper(kind="record", said={"certificates_shown": "yes", **officers}, **common), by=by, at=at
    )
    decision = draft_paper(
        kind="decision",
        after=record,
        said={"measures": "立即排除险情；险情排除前，从危险区域内撤出作业人员，不得在该区域作业。", **officers},
        **common,
    )
    decision = issue(paper=decision, by=by, at=at + timedelta(minutes=10))
    order = draft_paper(kind="order", after=record, said=officers, **common)
    _give_days(order, (at + 7 * _DAY).date().isoformat(), by=by, at=at)
    order = issue(paper=order, by=by, at=at + timedelta(minutes=20))
    for paper, how, more in (
        (record, "signed", {}),
        (decision, "signed", {}),
        (order, "refused", {"witness": "村委会安全员"}),
    ):
        when = at + timedelta(minutes=40)
        serve(paper=paper, how=how, served_at=when, by=by, at=when, **more)
    recheck = _recheck(campaign, office, order, officers=officers, by=by, at=at + 8 * _DAY)
    open_ones = [item.hazard for item in items_of(recheck) if item.said["result"] == "not_done"]
    papers = [record, decision, order, recheck]
    if open_ones:
        papers.append(
            _refer(common, order, open_ones[-1:], officers=officers, by=by, at=at + 8 * _DAY + timedelta(hours=2))
        )
    return papers


def _officers(inspection: Inspection) -> dict[str, Any]:
    """Nothing where the form names two with different numbers, else the demo's own two."""
    probe = [str(each) for each in inspection.said.get("who", ())]
    return (
        {}
        if len(probe) >= 2 and all(any(sign.isdigit() for sign in each) for each in probe)
        else {"officers": [dict(each) for each in OFFICERS]}
    )


def _give_days(paper: Paper, day: str, *, by: str, at: datetime) -> None:
    items = {}
    for item in items_of(paper):
        stands = str(item.said.get("deadline_on") or "")
        items[item.pk] = {"deadline_on": stands if stands >= at.date().isoformat() else day}
    change_draft(paper=paper, said={}, items=items, after=paper.after, by=by, at=at)


def _recheck(
    campaign: Campaign, office: PaperOffice, order: Paper, *, officers: dict[str, Any], by: str, at: datetime
) -> Paper:
    paper = draft_paper(
        campaign=campaign,
        kind="recheck",
        office=office,
        after=order,
        said={"recheck_on": at.date().isoformat(), "opinion": "", **officers},
        by=by,
        at=at,
    )
    items: dict[int, dict[str, str]] = {}
    done: list[int] = []
    for item in items_of(paper):
        if item.hazard.state == "closed" or (
            not done and item.hazard.grade == "ordinary" and not item.hazard.is_stopped
        ):
            done.append(item.number)
            items[item.pk] = {"result": "done"}
        else:
            again = (at + 7 * _DAY).date().isoformat()
            items[item.pk] = {"result": "not_done", "reason": "防护设施尚未安装到位", "new_deadline_on": again}
    opinion = f"第{'、'.join(map(str, done))}项已整改完毕" if done else "均未整改完毕"
    left = "；其余各项限期继续整改。" if len(done) < len(items) else "。"
    change_draft(paper=paper, said={"opinion": opinion + left}, items=items, after=order, by=by, at=at)
    return issue(paper=paper, by=by, at=at)


def _refer(
    common: dict[str, Any],
    order: Paper,
    hazards: Sequence[Hazard],
    *,
    officers: dict[str, Any],
    by: str,
    at: datetime,
) -> Paper:
    to = unit_by_code(f"{COUNTY}-police")
    paper = draft_paper(
        **{**common, "at": at},
        kind="referral",
        after=order,
        hazards=hazards,
        said={
            "to_name": f"易县{to.name}" if not to.name.startswith("易县") else to.name,
            "to_unit": to.code,
            "case": "涉嫌违法储存危险物品",
            "reason": "该案超出本机关管辖范围",
            "materials": "现场检查记录1份\n责令限期整改指令书1份\n整改复查意见书1份",
            **officers,
        },
    )
    return issue(paper=paper, by=by, at=at)
