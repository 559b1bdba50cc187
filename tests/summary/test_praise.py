"""The summary says that praise and criticism were given once they are issued, and of whom."""

import pytest

from safemonth.appraisal.lists.actions import approve_list, issue_list
from safemonth.figures.queries import FigureDesk
from safemonth.plan.actions import add_task
from safemonth.summary.queries import facts_of
from tests.appraisal.month import TOO_LATE, score_month

pytestmark = pytest.mark.django_db


def test_the_appraisal_is_done_once_a_list_is_issued(county):
    add_task(
        campaign=county.campaign,
        code="appraisal",
        title="讲评",
        chapter="supervision",
        kind="other",
        by="test",
        at=TOO_LATE,
    )
    commend, _ = score_month(county, commend_from=70).lists()
    approve_list(honour_list=commend, user=county.leader, at=TOO_LATE)

    def facts():
        return facts_of(county.campaign, FigureDesk.of(county.campaign), language="zh", at=TOO_LATE)

    before = facts()
    assert before["tasks"]["appraisal"].activities == 0 and "commended" not in before["lists"]
    issue_list(honour_list=commend, number="9号", issued_on=TOO_LATE.date(), by="clerk", at=TOO_LATE)
    after = facts()
    assert after["tasks"]["appraisal"].activities == 1
    assert [unit.name for unit in after["lists"]["commended"].units] == ["北乡", "安全生产监督管理局"]
