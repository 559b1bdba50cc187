"""Papers are issued once, numbered without gaps, frozen, and say to the hazards what they order."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import HazardEvent
from safemonth.collect.inspection.papers.actions import (
    attach_signed,
    change_draft,
    correct,
    draft_paper,
    drop_draft,
    issue,
    serve,
    set_office,
    void,
)
from safemonth.collect.inspection.papers.models import Paper, PaperFile, PaperSeries
from safemonth.collect.inspection.papers.queries import items_of, lacks_of, papers_to_follow, sheet_of_paper
from safemonth.collect.inspection.papers.word import word_file
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.models import Change, Entry
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.inspection.papers.made import LATER, hazards, inspected, office, order, record, say, signature

pytestmark = pytest.mark.django_db


def test_a_record_is_made_of_the_inspection_with_both_signatures(county):
    paper = record(county, inspected(county), office(county))
    assert paper.number_text == "（山）应急现记〔2019〕1号"
    assert paper.said["from_at"].startswith("2019-06-12T09:05")
    assert [each["certificate"] for each in paper.said["officers"]] == ["A-1", "A-2"]
    assert set(paper.drawn) == {"inspector", "workplace"}
    assert bytes_kept(paper.drawn["workplace"]) == signature(280)


def test_a_record_whose_words_were_changed_after_signing_is_signed_by_hand(county):
    draft = draft_paper(
        campaign=county.campaign, kind="record", office=office(county), inspection=inspected(county), by="c", at=AT
    )
    change_draft(paper=draft, said={"findings": "另有发现。"}, items={}, by="clerk", at=AT)
    assert issue(paper=draft, by="clerk", at=AT).drawn == {}


def test_no_record_is_issued_of_an_inspection_whose_versions_contradict_each_other(county):
    inspection, agency = inspected(county), office(county)
    inspection.has_rivals = True
    inspection.save()
    with pytest.raises(Refused, match="contradict each other"):
        record(county, inspection, agency)


def test_a_refusal_to_sign_is_printed_with_its_reason(county):
    paper = record(county, inspected(county, signed="refused"), office(county))
    texts = [getattr(block, "text", "") for block in sheet_of_paper(paper).blocks]
    assert "被检查单位现场负责人拒绝签名，原因：不同意" in texts


def test_what_is_issued_is_kept_as_bytes_whose_digests_stand_in_the_ledger(county):
    paper = record(county, inspected(county), office(county))
    files = {row.what: row for row in PaperFile.objects.filter(paper=paper)}
    assert set(files) == {"word", "pdf"}
    assert bytes_kept(files["pdf"].sha256).startswith(b"%PDF-")
    entry = Entry.objects.get(action="paper.issue")
    noted = "".join(Change.objects.filter(entry=entry).values_list("after", flat=True))
    assert files["word"].sha256 in noted and files["pdf"].sha256 in noted


def test_the_same_paper_gives_the_same_word_file_again(county):
    paper = record(county, inspected(county), office(county))
    pictures = {sha256: bytes_kept(sha256) for sha256 in paper.drawn.values()}
    assert paper.issued_on is not None
    made = word_file(
        sheet_of_paper(Paper.objects.get(pk=paper.pk)), pictures=pictures, on=paper.issued_on, author="山县应急管理局"
    )
    assert made == bytes_kept(PaperFile.objects.get(paper=paper, what="word").sha256)


def test_an_order_is_said_to_each_hazard_once_with_its_number(county):
    draft = order(county, inspected(county), office(county))
    paper = issue(paper=draft, by="clerk", at=AT)
    issue(paper=draft, by="clerk", at=LATER)
    events = HazardEvent.objects.filter(move="order", data__has_key="order_number")
    assert [event.data["order_number"] for event in events] == [paper.number_text] * 2
    assert {hazard.state for hazard in hazards()} == {"ordered"}
    assert PaperSeries.objects.get(kind="order").last_number == 1


def test_numbers_have_no_gap_where_an_issue_is_refused(county):
    inspection, agency = inspected(county), office(county)
    draft = order(county, inspection, agency)
    say(draft, deadline_on="2019-06-01")
    with pytest.raises(Refused, match="over already"):
        issue(paper=draft, by="clerk", at=AT)
    enter(
        campaign=county.campaign,
        hazard_key=hazards()[1].key,
        move="report_done",
        happened_at=AT,
        side="responsible",
        person="workplace",
        data={},
        by="clerk",
        at=AT,
    )
    say(draft, deadline_on="2019-06-28")
    with pytest.raises(Refused, match="Item 2") as refused:
        issue(paper=draft, by="clerk", at=LATER)
    assert refused.value.code == "hazard_refuses"
    assert not HazardEvent.objects.filter(data__has_key="order_number").exists()
    assert not PaperSeries.objects.filter(kind="order", last_number__gt=0).exists()
    first = Paper.objects.get(pk=draft.pk)
    kept: dict[int, dict[str, str]] = {items_of(first)[0].pk: {}}
    change_draft(paper=first, said={}, items=kept, by="clerk", at=LATER)
    assert issue(paper=first, by="clerk", at=LATER).number == 1


def test_a_decision_needs_the_record_and_stops_what_it_says(county):
    inspection, agency = inspected(county), office(county)
    draft = draft_paper(
        campaign=county.campaign, kind="decision", office=agency, inspection=inspection, by="clerk", at=AT
    )
    say(draft, {"measures": "停止作业，撤出人员。"}, is_stop=True)
    with pytest.raises(Refused, match="needs the record"):
        issue(paper=draft, by="clerk", at=AT)
    kept = record(county, inspection, agency)
    draft = Paper.objects.get(pk=draft.pk)
    draft.after = kept
    say(draft, is_stop=True)
    issue(paper=draft, by="clerk", at=AT)
    assert {hazard.is_stopped for hazard in hazards()} == {True}


def test_a_recheck_passes_and_fails_item_by_item_and_names_the_order(county):
    inspection, agency = inspected(county), office(county)
    earlier = issue(paper=order(county, inspection, agency), by="clerk", at=AT)
    draft = draft_paper(
        campaign=county.campaign,
        kind="recheck",
        office=agency,
        after=earlier,
        said={"recheck_on": "2019-06-21", "opinion": "第2项继续整改。"},
        by="clerk",
        at=AT,
    )
    first, second = [item.pk for item in items_of(draft)]
    results = {
        first: {"result": "done"},
        second: {"result": "not_done", "reason": "未装", "new_deadline_on": "2019-06-30"},
    }
    change_draft(paper=draft, said={}, items=results, after=earlier, by="clerk", at=AT)
    paper = issue(paper=draft, by="clerk", at=AT + timedelta(days=1))
    assert [(hazard.state, str(hazard.deadline_on)) for hazard in hazards()] == [
        ("closed", "2019-06-25"),
        ("ordered", "2019-06-30"),
    ]
    text = "".join(getattr(block, "text", "") for block in sheet_of_paper(paper).blocks)
    assert f"《责令限期整改指令书》（文书编号：{earlier.number_text}）" in text


def test_a_recheck_must_answer_every_item_of_the_order(county):
    inspection, agency = inspected(county), office(county)
    earlier = issue(paper=order(county, inspection, agency), by="clerk", at=AT)
    draft = draft_paper(campaign=county.campaign, kind="recheck", office=agency, after=earlier, by="clerk", at=AT)
    kept = {items_of(draft)[0].pk: {"result": "done"}}
    change_draft(paper=draft, said={"opinion": "合格"}, items=kept, after=earlier, by="clerk", at=AT)
    codes = {each.code for each in lacks_of(Paper.objects.get(pk=draft.pk), on=AT.date())}
    assert "not_rechecked" in codes


def test_a_referral_leads_the_hazards_to_another_department(county):
    inspection, agency = inspected(county, hazards=1), office(county)
    draft = draft_paper(
        campaign=county.campaign,
        kind="referral",
        office=agency,
        inspection=inspection,
        said={"to_name": "公安局", "to_unit": "d2", "case": "涉嫌非法储存爆炸物", "reason": "超出本机关管辖范围"},
        by="clerk",
        at=AT,
    )
    issue(paper=draft, by="clerk", at=AT)
    assert hazards()[0].state == "escalated"


def test_what_is_issued_is_never_changed_only_corrected_by_a_paper_that_names_it(county):
    inspection, agency = inspected(county), office(county)
    old = issue(paper=order(county, inspection, agency), by="clerk", at=AT)
    with pytest.raises(Refused, match="stays as it is"):
        change_draft(paper=old, said={"workplace": "别处"}, items={}, by="clerk", at=AT)
    new = correct(paper=old, by="clerk", at=AT)
    with pytest.raises(Refused, match="correction of it already"):
        correct(paper=old, by="clerk", at=AT)
    say(new, deadline_on="2019-06-29")
    new = issue(paper=new, by="clerk", at=LATER)
    assert f"（{old.number_text}）的更正" in "".join(getattr(b, "text", "") for b in sheet_of_paper(new).blocks)
    assert [str(hazard.deadline_on) for hazard in hazards()] == ["2019-06-29"] * 2
    assert papers_to_follow("recheck", old.workplace) == [new]
    assert Paper.objects.get(pk=old.pk).state == "issued"


def test_a_void_paper_keeps_its_number_and_its_reason(county):
    inspection, agency = inspected(county), office(county)
    first = record(county, inspection, agency)
    void(paper=first, reason="单位名称有误", by="clerk", at=LATER)
    second = record(county, inspection, agency)
    assert (Paper.objects.get(pk=first.pk).number_text, second.number) == (first.number_text, 2)
    with pytest.raises(Refused, match="Say why"):
        void(paper=second, reason=" ", by="clerk", at=LATER)


def test_a_served_paper_is_not_void(county):
    paper = record(county, inspected(county), office(county))
    serve(paper=paper, how="signed", served_at=LATER, by="clerk", at=LATER)
    with pytest.raises(Refused, match="Correct it by a new paper"):
        void(paper=paper, reason="误", by="clerk", at=LATER)


@pytest.mark.parametrize(
    ("how", "more", "code"),
    [
        ("refused", {}, "witness_missing"),
        ("absent", {}, "note_missing"),
        ("signed", {"served_at": LATER + timedelta(days=1)}, "not_yet"),
        ("signed", {"served_at": AT - timedelta(days=2)}, "served_before_issue"),
        ("", {}, "served_how"),
    ],
)
def test_a_receipt_says_what_it_must(county, how, more, code):
    paper = record(county, inspected(county), office(county))
    with pytest.raises(Refused) as refused:
        serve(paper=paper, how=how, by="clerk", at=LATER, **{"served_at": LATER, **more})
    assert refused.value.code == code
    assert Paper.objects.get(pk=paper.pk).state == "issued"


def test_a_scan_of_the_signed_paper_is_kept_once(county):
    paper = record(county, inspected(county), office(county))
    one = attach_signed(paper=paper, data=signature(), file_name="scan.png", by="clerk", at=LATER)
    assert attach_signed(paper=paper, data=signature(), file_name="again.png", by="clerk", at=LATER).pk == one.pk
    with pytest.raises(Refused, match="PDF or a picture"):
        attach_signed(paper=paper, data=b"MZ...", file_name="scan.pdf", by="clerk", at=LATER)


def test_a_draft_that_is_dropped_takes_no_number(county):
    inspection, agency = inspected(county), office(county)
    drop_draft(paper=order(county, inspection, agency), by="clerk", at=AT)
    assert issue(paper=order(county, inspection, agency), by="clerk", at=AT).number == 1


def test_a_number_cannot_be_given_twice_whatever_the_code_does(county):
    paper = record(county, inspected(county), office(county))
    paper.pk, paper.key = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save(force_insert=True)


@pytest.mark.parametrize(
    "pattern", ["{prefix}{number}号", "（{prefix}）{year}{kind}号", "{year}{kind}{number}{x}", "{"]
)
def test_numbers_that_could_come_twice_are_refused(county, pattern):
    with pytest.raises(Refused) as refused:
        office(county, pattern=pattern)
    assert refused.value.code == "number_pattern"


def test_two_agencies_do_not_share_their_numbers(county):
    office(county)
    with pytest.raises(Refused) as refused:
        set_office(
            unit=county.unit("d2"), fields={"name": "公安局", "prefix": "山", "system": "应急"}, by="clerk", at=AT
        )
    assert refused.value.code == "numbers_taken"
