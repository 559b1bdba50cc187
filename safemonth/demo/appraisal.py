"""The demo's appraisal: the shipped sheet, a judgement of each unit, scores, an objection upheld, lists, two notices.

Judgements are made up by a plain rule that is said as their reason; everything else comes out of the month's records.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Count

from safemonth.appraisal.lists.actions import approve_list, decide_publication, issue_list, propose_lists
from safemonth.appraisal.lists.models import HonourList, ListedUnit, ListKind
from safemonth.appraisal.objections.actions import answer_objection, object_to
from safemonth.appraisal.objections.models import Objection
from safemonth.appraisal.scoring.actions import judge, publish_scores, score_units
from safemonth.appraisal.scoring.queries import current_run, scores_of
from safemonth.appraisal.sheets.actions import Thresholds, load_sheet
from safemonth.appraisal.sheets.table import founding_items
from safemonth.collect.activities.queries import current_activities
from safemonth.demo.sent import moment
from safemonth.demo.step import Step
from safemonth.organisation.models import Role, Unit, User
from safemonth.plan.models import Assignment, Campaign

# Who judges; not who scores, so that the scorer of a unit and the one who answers are different people.
JUDGE = "demo-judge"
OBJECTING = "130633212"
NUMBERS = {ListKind.COMMEND: "易安委办〔2019〕20号", ListKind.CRITICISE: "易安委办〔2019〕21号"}
NAMESPACE = uuid5(NAMESPACE_URL, "safemonth:demo:appraisal")


def appraisal_steps() -> list[Step]:
    """Return the steps in order of time: after the visits of 12 July, and before the plan's day for it, 20 July."""
    return [
        Step(moment(7, 13, 9), "appraisal: sheet, judgements, scores", score_all),
        Step(moment(7, 13, 17), "appraisal: units see their scores", show_scores),
        Step(moment(7, 15, 9), "appraisal: a unit objects", object_once),
        Step(moment(7, 17, 9), "appraisal: the objection is answered", answer_it),
        Step(moment(7, 19, 9), "appraisal: lists proposed", propose),
        Step(moment(7, 19, 11), "appraisal: lists approved and issued", approve_and_issue),
    ]


def score_all(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Load the shipped sheet, judge each unit by how many activities of its own it described, and score all units."""
    load_sheet(
        campaign=campaign,
        items=founding_items(),
        thresholds=Thresholds(commend_share=15),
        by=by,
        at=at,
    )
    told = dict(
        current_activities(campaign)
        .filter(is_report_line=False, duplicate_of=None)
        .order_by()
        .values_list("host")
        .annotate(Count("pk"))
    )
    asked = Assignment.objects.filter(task__campaign=campaign).values("unit")
    for unit in Unit.objects.filter(pk__in=asked).order_by("path"):
        count = told.get(unit.pk, 0)
        judge(
            campaign=campaign,
            item="method",
            unit=unit,
            share_percent=90 if count > 1 else 75 if count else 60,
            reason=f"记录有{count}项有时间、地点和内容的活动" if count else "只报了数字，没有写明如何开展",
            by=JUDGE,
            at=at,
        )
    score_units(campaign=campaign, by=by, at=at)


def show_scores(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Let units see their scores."""
    if run := current_run(campaign):
        publish_scores(run=run, by=by, at=at)


def object_once(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Let a township object that nobody looked at what it showed the office."""
    if (run := current_run(campaign)) and (score := scores_of(run).filter(unit__code=OBJECTING).first()):
        object_to(
            score=score,
            item="method",
            text="我乡6月12日承办送法下乡活动，方案、签到表和总结已交县安委办，评定时没有看到。",
            key=NAMESPACE,
            by="reporter",
            at=at,
        )


def answer_it(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Let the leader uphold the objection and correct the score of that item."""
    leader = _leader()
    for objection in Objection.objects.filter(score__run__campaign=campaign):
        answer_objection(
            objection=objection,
            is_upheld=True,
            text="情况属实，方案和签到表已核对，“组织得力、方法得当、效果明显”一项按满分计。",
            share_percent=100,
            by=leader.username,
            at=at,
        )


def propose(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Propose both lists by the sheet's thresholds."""
    if run := current_run(campaign):
        propose_lists(run=run, by=by, at=at)


def approve_and_issue(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Let the leader approve what is proposed, issue both as notices, and publish the praise but not the criticism."""
    leader = _leader()
    for kind in ListKind:
        honour_list = HonourList.objects.select_related("run__sheet", "run__campaign__office").get(
            run__campaign=campaign, kind=kind, is_current=True
        )
        if not ListedUnit.objects.filter(honour_list=honour_list, is_on=True).exists():
            continue
        approved = approve_list(honour_list=honour_list, user=leader, at=at)
        issued = issue_list(honour_list=approved, number=NUMBERS[kind], issued_on=at.date(), by=by, at=at)
        decide_publication(honour_list=issued, is_published=kind == ListKind.COMMEND, by=leader.username, at=at)


def _leader() -> User:
    """The demo's leader."""
    return User.objects.get(username="leader", role=Role.LEADER)
