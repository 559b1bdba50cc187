"""Objections are answered on the record, and lists stand up: nobody is blamed for what may be otherwise."""

import io
from decimal import Decimal
from uuid import UUID

import docx
import pytest

from safemonth.appraisal.lists.actions import (
    approve_list,
    decide_publication,
    issue_list,
    put_on_list,
    take_off_list,
)
from safemonth.appraisal.lists.models import HonourList, ListedUnit
from safemonth.appraisal.lists.queries import published_lists, units_on
from safemonth.appraisal.lists.rules import Bars, Candidate, to_commend, to_criticise
from safemonth.appraisal.lists.wording import notice_text
from safemonth.appraisal.objections.actions import answer_objection, object_to
from safemonth.appraisal.objections.models import Objection
from safemonth.appraisal.scoring.models import ItemScore, UnitScore
from safemonth.lib.official.document import official_pdf, official_word
from safemonth.lib.refusals import Refused
from tests.appraisal.month import IN_TIME, SEEN_AT, TOO_LATE, score_month

pytestmark = pytest.mark.django_db
ISSUED_ON = TOO_LATE.date()


def refusal(code, act, **said):
    with pytest.raises(Refused) as caught:
        act(**said)
    assert caught.value.code == code


@pytest.fixture
def month(county):
    """The scored month, which units see."""
    return score_month(county, commend_from=70)


def test_an_objection_is_in_time_to_the_last_day_and_kept_as_late_after_it(month):
    assert not month.objection("1301", IN_TIME).is_late
    assert month.objection("1301", TOO_LATE).is_late
    assert Objection.objects.count() == 2


def test_the_same_objection_sent_twice_is_one(month):
    said = {"score": month.score("1301"), "text": "有误", "by": "reporter", "at": IN_TIME}
    key = month.objection("1302").key
    assert object_to(**said, key=key).pk == Objection.objects.get(key=key).pk


def test_somebody_else_answers_and_may_correct_the_score_by_a_new_version(month):
    objection = month.objection("1302", item="evidenced", by="stranger")
    said = {"objection": objection, "is_upheld": True, "text": "照片确已补报", "share_percent": 50, "at": TOO_LATE}
    for scorer in ("clerk", "stranger", "supervisor"):
        refusal("own_answer", answer_objection, **said, by=scorer)
    before = month.score("1302")
    answer = answer_objection(**said, by="leader")
    after = month.score("1302")
    assert after.version == 2 and after.low > before.low and after.reason == "照片确已补报"
    assert answer.new_score == after
    # Both versions stay readable, the old with its items.
    assert UnitScore.objects.get(pk=before.pk).low == before.low
    assert ItemScore.objects.get(score=after, item="evidenced").saying == "corrected"
    assert ItemScore.objects.get(score=before, item="evidenced").low == 0
    refusal("answered_already", answer_objection, **said, by="leader")


def test_an_objection_that_is_not_upheld_changes_no_score(month):
    objection = month.objection("1302")
    refusal(
        "nothing_upheld",
        answer_objection,
        objection=objection,
        is_upheld=False,
        text="不成立",
        share_percent=90,
        by="leader",
        at=TOO_LATE,
    )
    answer_objection(objection=objection, is_upheld=False, text="记录为准", by="leader", at=TOO_LATE)
    assert month.score("1302").version == 1


def test_lists_wait_for_the_days_to_object(month):
    with pytest.raises(Refused, match="days_to_object"):
        month.lists(IN_TIME)


def test_the_rule_proposes_and_says_why(month):
    commend, criticise = month.lists()
    assert [unit.code for unit in units_on(commend)] == ["1301", "d1"]
    silent = ListedUnit.objects.filter(honour_list=criticise).select_related("unit")
    assert {row.unit.code: row.because for row in silent} == {"1303": "silent", "d3": "silent"}


def test_nobody_with_an_open_objection_is_criticised_not_even_at_the_approval(month):
    objection = month.objection("1303", by="x")
    _, criticise = month.lists()
    assert [unit.code for unit in units_on(criticise)] == ["d3"]
    refusal(
        "open_objection",
        put_on_list,
        honour_list=criticise,
        unit=month.county.unit("1303"),
        reason="x",
        by="c",
        at=TOO_LATE,
    )
    answer_objection(objection=objection, is_upheld=False, text="逾期未报", by="leader", at=TOO_LATE)
    _, criticise = month.lists()
    assert [unit.code for unit in units_on(criticise)] == ["1303", "d3"]
    month.objection("d3", TOO_LATE, by="x")
    refusal("open_objection", approve_list, honour_list=criticise, user=month.county.leader, at=TOO_LATE)


def test_what_is_unknown_criticises_nobody(county):
    month = score_month(county, judged=False, criticise_below=60, commend_from=70, silent_share=100)
    _, criticise = month.lists()
    # 1302 has at least few points, and could have more than 60: a person has not judged it yet.
    low, high = month.score("1302").low or 0, month.score("1302").high or 0
    assert low < 60 <= high or high < 60
    on = {unit.code for unit in units_on(criticise)}
    assert ("1302" in on) == (high < 60)


def test_the_leader_approves_what_another_made_and_then_it_stays(month):
    commend, _ = month.lists()
    refusal("not_leader", approve_list, honour_list=commend, user=month.county.clerk, at=TOO_LATE)
    row = put_on_list(honour_list=commend, unit=month.county.unit("d2"), reason="协助办会", by="clerk", at=TOO_LATE)
    take_off_list(row=row, reason="重复", by="clerk", at=TOO_LATE)
    assert ListedUnit.objects.get(pk=row.pk).is_on is False
    approve_list(honour_list=commend, user=month.county.leader, at=TOO_LATE)
    again = HonourList.objects.get(pk=commend.pk)
    refusal(
        "approved_already",
        put_on_list,
        honour_list=again,
        unit=month.county.unit("d3"),
        reason="x",
        by="c",
        at=TOO_LATE,
    )
    with pytest.raises(Refused, match="approved_already"):
        month.lists()


def test_a_leader_who_changed_a_list_does_not_approve_it(month):
    commend, _ = month.lists()
    put_on_list(honour_list=commend, unit=month.county.unit("d2"), reason="x", by="leader", at=TOO_LATE)
    refusal("own_list", approve_list, honour_list=commend, user=month.county.leader, at=TOO_LATE)


def test_an_approved_list_is_issued_as_a_notice_and_published_only_as_decided(month):
    commend, _ = month.lists()
    said = {
        "honour_list": commend,
        "number": "易安委〔2019〕9号",
        "issued_on": ISSUED_ON,
        "by": "clerk",
        "at": TOO_LATE,
    }
    refusal("not_approved", issue_list, **said)
    refusal("not_issued", decide_publication, honour_list=commend, is_published=True, by="clerk", at=TOO_LATE)
    approve_list(honour_list=commend, user=month.county.leader, at=TOO_LATE)
    notice = issue_list(**said).notice
    assert notice and notice.number == "易安委〔2019〕9号" and "北乡、安全生产监督管理局。" in notice.body_text
    assert "期限内未收到异议" in notice.body_text
    assert not published_lists(month.county.campaign).exists()
    decide_publication(honour_list=commend, is_published=True, by="leader", at=TOO_LATE)
    assert published_lists(month.county.campaign).get().publication_decided_by == "leader"
    refusal("issued_already", issue_list, **said)


def test_a_notice_never_says_that_all_objections_are_answered_where_one_is_open(month):
    month.objection("1302")
    commend, _ = month.lists()
    approve_list(honour_list=commend, user=month.county.leader, at=TOO_LATE)
    notice = issue_list(honour_list=commend, number="9", issued_on=ISSUED_ON, by="clerk", at=TOO_LATE).notice
    assert notice and "收到异议1件，其中1件正在答复" in notice.body_text


def test_nothing_about_scores_is_said_before_units_see_them(county):
    month = score_month(county)
    run = month.run
    type(run).objects.filter(pk=run.pk).update(published_at=None)
    refusal("not_published", object_to, score=month.score("1301"), text="x", key=UUID(int=1), by="r", at=SEEN_AT)


def test_the_notice_is_an_official_document_and_the_same_each_time():
    text = notice_text(
        issuer="易县安委办",
        number="易安委办〔2019〕20号",
        title="关于通报表扬的通知",
        body="第一段\n<b>第二段</b>",
        issued_on=ISSUED_ON,
    )
    data = official_word(text)
    assert data == official_word(text)
    paragraphs = [(p.style.name if p.style else "", p.text) for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert ("RedHead", "易县安委办文件") in paragraphs and ("DocumentNumber", "易安委办〔2019〕20号") in paragraphs
    assert paragraphs[-1][1] == "2019年7月25日"
    assert official_pdf(text).startswith(b"%PDF") and official_pdf(text) == official_pdf(text)


def test_units_that_tie_for_the_last_place_all_have_it_or_none_beyond_the_share():
    bars = Bars(Decimal(80), 20, Decimal(40), 100)
    like = [
        Candidate(f"u{n}", "township", Decimal(p), Decimal(p))
        for n, p in enumerate([95, 90, 90, 85, 50, 50, 50, 50, 50, 30])
    ]
    assert [each.code for each in to_commend(like, bars)] == ["u0", "u1", "u2"]
    assert [each.code for each in to_criticise(like, bars)] == ["u9"]
    unsure = Candidate("x", "township", Decimal(10), Decimal(45))
    assert to_criticise([unsure], bars) == []
