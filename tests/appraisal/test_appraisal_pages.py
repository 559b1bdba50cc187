"""Pages of the appraisal: who sees which, what each role can do, and how few statements a page takes."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safemonth.appraisal.lists.models import HonourList
from safemonth.appraisal.objections.models import Objection, ObjectionAnswer
from safemonth.appraisal.scoring.actions import publish_scores, score_units
from safemonth.appraisal.scoring.models import Excuse, Judgement, ScoreRun
from safemonth.appraisal.sheets.actions import load_sheet
from safemonth.appraisal.sheets.models import ScoreSheet
from safemonth.appraisal.sheets.table import founding_items
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.organisation.models import Unit
from safemonth.plan.actions import assign
from tests.appraisal.month import SCORED_AT, TOO_LATE, score_month, tell_month
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(county):
    """The scored month, which units see."""
    return score_month(county, commend_from=70)


def sign_in(client, user):
    client.force_login(user)
    return client


def test_the_office_loads_a_sheet_scores_and_lets_units_see_it(client, county):
    tell_month(county)
    sign_in(client, county.clerk)
    shipped = client.get("/appraisal/sheet.csv").content
    thresholds = {
        "objection_days": 5,
        "notice_days": 3,
        "commend_from": 70,
        "commend_share": 20,
        "criticise_below": 40,
        "silent_share": 100,
    }
    file = io.BytesIO(shipped)
    file.name = "sheet.csv"
    assert client.post("/appraisal/sheet/load", {**thresholds, "file": file}).status_code == 302
    assert ScoreSheet.objects.get().commend_from == 70
    assert "佐证" in client.get("/appraisal/sheet").content.decode()
    assert client.post("/appraisal/score", {"as_of": timezone.localdate().isoformat()}).status_code == 302
    assert client.post("/appraisal/publish").status_code == 302
    assert ScoreRun.objects.get().published_by == "clerk"
    assert client.get("/appraisal/sheet/load").status_code == 404


def test_a_sheet_that_puts_volume_first_is_refused_beside_the_form(client, county):
    sign_in(client, county.clerk)
    file = io.BytesIO(
        "code,title,weight,way,indicator\nv,数量,80,volume,leaflets_distributed\ne,佐证,20,evidenced,\n".encode()
    )
    file.name = "sheet.csv"
    said = {"objection_days": 5, "notice_days": 3, "commend_from": 80, "commend_share": 20, "criticise_below": 40}
    answer = client.post("/appraisal/sheet/load", {**said, "silent_share": 100, "file": file})
    assert answer.status_code == 422 and not ScoreSheet.objects.exists()
    assert "80" in answer.content.decode()


def test_a_unit_sees_its_own_score_only_and_only_once_published(client, county):
    tell_month(county)
    load_sheet(campaign=county.campaign, items=founding_items(), by="clerk", at=SCORED_AT)
    run = score_units(campaign=county.campaign, by="clerk", at=SCORED_AT)
    sign_in(client, county.reporter)
    assert client.get("/appraisal/units/1301").status_code == 404
    assert "北乡" not in client.get("/appraisal").content.decode()
    ScoreRun.objects.filter(pk=run.pk).update(published_at=SCORED_AT, published_by="clerk")
    page = client.get("/appraisal").content.decode()
    assert "北乡" in page and "南乡" not in page
    assert client.get("/appraisal/units/1301").status_code == 200
    assert client.get("/appraisal/units/1302").status_code == 404
    assert client.get("/appraisal/units/1302/object").status_code == 404
    for private in ("/appraisal/lists", "/appraisal/notes", "/appraisal/score"):
        assert client.get(private).status_code == 404
    client.logout()
    assert client.get("/appraisal").status_code == 404


def test_a_unit_objects_another_person_answers_and_the_unit_reads_it(client, month):
    sign_in(client, month.county.stranger)
    assert client.get("/appraisal/units/1302").status_code == 200
    said = {"item": "evidenced", "text": "照片已补报"}
    assert client.post("/appraisal/units/1302/object", said).status_code == 302
    objection = Objection.objects.get()
    assert "照片已补报" in client.get("/appraisal/objections").content.decode()
    assert client.get(f"/appraisal/objections/{objection.pk}/answer").status_code == 404
    sign_in(client, month.county.reporter)
    assert "照片已补报" not in client.get("/appraisal/objections").content.decode()
    answer = {"is_upheld": "yes", "text": "经核实", "item": "evidenced", "share_percent": 50}
    sign_in(client, month.county.clerk)
    assert client.post(f"/appraisal/objections/{objection.pk}/answer", answer).status_code == 422
    sign_in(client, month.county.leader)
    assert client.post(f"/appraisal/objections/{objection.pk}/answer", answer).status_code == 302
    assert ObjectionAnswer.objects.filter(new_score__version=2).count() == 1
    sign_in(client, month.county.stranger)
    assert "经核实" in client.get("/appraisal/units/1302").content.decode()


def test_lists_are_proposed_changed_approved_issued_and_downloaded(client, month):
    ScoreRun.objects.update(published_at=SCORED_AT)
    sign_in(client, month.county.clerk)
    assert client.post("/appraisal/lists/propose").status_code == 302
    commend = HonourList.objects.get(kind="commend")
    assert client.post(f"/appraisal/lists/{commend.pk}/put", {"unit": "d2", "reason": "协助"}).status_code == 302
    assert client.post(f"/appraisal/lists/{commend.pk}/approve").status_code == 404
    assert "协助" in client.get("/appraisal/lists").content.decode()
    sign_in(client, month.county.leader)
    assert client.post(f"/appraisal/lists/{commend.pk}/approve").status_code == 302
    sign_in(client, month.county.clerk)
    issue = {"number": "易安委〔2019〕9号", "issued_on": TOO_LATE.date().isoformat()}
    assert client.post(f"/appraisal/lists/{commend.pk}/issue", issue).status_code == 302
    client.post(f"/appraisal/lists/{commend.pk}/publish", {"is_published": "yes"})
    assert HonourList.objects.get(pk=commend.pk).is_published is True
    assert client.get(f"/appraisal/lists/{commend.pk}/notice.docx").content.startswith(b"PK")
    assert client.get(f"/appraisal/lists/{commend.pk}/notice.pdf").content.startswith(b"%PDF")
    assert client.get(f"/appraisal/lists/{commend.pk}/notice.exe").status_code == 404


def test_judgements_and_what_is_left_out_are_entered_and_taken_back(client, county):
    tell_month(county)
    load_sheet(campaign=county.campaign, items=founding_items(), by="clerk", at=SCORED_AT)
    sign_in(client, county.clerk)
    judged = {"item": "method", "unit": "1301", "share_percent": 70, "reason": "有方案"}
    assert client.post("/appraisal/judge", judged).status_code == 302
    assert Judgement.objects.get().share_percent == 70
    left_out = {"task": "everyone", "unit": "1303", "kind": "excused", "reason": "抗洪"}
    assert client.post("/appraisal/excuse", left_out).status_code == 302
    row = Excuse.objects.get()
    assert "抗洪" in client.get("/appraisal/notes").content.decode()
    client.post(f"/appraisal/excuses/{row.pk}/withdraw")
    assert Excuse.objects.get().withdrawn_at


def statements(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_more_units_take_no_more_statements(client, county):
    month = score_month(county)
    sign_in(client, county.clerk)
    pages = ("/appraisal", "/appraisal/units/1301", "/appraisal/objections", "/appraisal/lists")
    before = {page: statements(client, page) for page in pages}
    ScoreSheet.objects.update(frozen_at=None)
    add_units(units=[NewUnit(f"14{n:02}", f"新{n}乡", "township", "13") for n in range(30)], by="t", at=AT)
    assign(task=county.everyone, rule="kind:township", by="t", at=AT)
    run = score_units(campaign=county.campaign, by="clerk", at=SCORED_AT)
    month.run = publish_scores(run=run, by="clerk", at=SCORED_AT)
    for n in range(5):
        month.objection(f"14{n:02}", by="x")
    month.lists()
    assert Unit.objects.filter(kind="township").count() == 33
    for page in pages:
        # The lists' own rows and the objections' answers cost a statement or two once, whatever their number.
        assert statements(client, page) <= before[page] + 3
