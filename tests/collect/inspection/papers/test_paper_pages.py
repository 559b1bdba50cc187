"""The pages of papers: from a draft to a served paper, who sees what, and how much the list asks of the database."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.inspection.papers.actions import draft_paper, issue
from safemonth.collect.inspection.papers.models import Paper, PaperFile, PaperItem, PaperOffice
from safemonth.organisation.models import User
from tests.cast import AT
from tests.collect.inspection.papers.made import inspected, office, order, record, signature

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def a_draft(county, **options) -> Paper:
    inspection, agency = inspected(county), office(county)
    return draft_paper(
        campaign=county.campaign, kind="record", office=agency, inspection=inspection, by="c", at=AT, **options
    )


def test_an_inspector_takes_a_record_from_the_inspection_to_the_receipt(client, county):
    inspection = inspected(county)
    agency = office(county)
    client.force_login(User.objects.get(username="inspector"))
    begin = f"/papers/of/inspection/{inspection.code}/record"
    assert client.get(begin).status_code == 200
    made = client.post(begin, {"office": agency.pk}, follow=True)
    row = Paper.objects.get()
    assert made.redirect_chain[-1][0] == f"/papers/{row.pk}/draft"
    page = text_of(client.get(f"/papers/{row.pk}", headers=ENGLISH))
    assert "Nothing that it needs is missing." in page
    assert "Legal representative or person in charge is left blank" in page
    issued = text_of(client.post(f"/papers/{row.pk}/issue", follow=True, headers=ENGLISH))
    assert "（山）应急现记〔2019〕" not in issued  # the year is that of the server's clock
    row.refresh_from_db()
    assert row.number_text in issued
    refused = client.post(
        f"/papers/{row.pk}/serve", {"how": "refused", "served_at": "2019-01-01T08:00"}, headers=ENGLISH
    )
    assert refused.status_code == 422
    assert "A refusal needs a witness" in text_of(refused)
    scan = SimpleUploadedFile("scan.png", signature(), content_type="image/png")
    client.post(f"/papers/{row.pk}/signed", {"file": scan})
    for kept in PaperFile.objects.filter(paper=row):
        given = client.get(f"/papers/{row.pk}/files/{kept.pk}")
        assert given.status_code == 200
        assert given["X-Content-Type-Options"] == "nosniff"
        assert len(given.content) == kept.size_bytes


def test_a_draft_is_filled_in_item_by_item(client, county):
    draft = order(county, inspected(county), office(county))
    client.force_login(county.clerk)
    form = client.get(f"/papers/{draft.pk}/draft").context["form"]
    first, second = [item.pk for item in PaperItem.objects.filter(paper=draft)]
    given = {name: field.value() or "" for name, field in ((each.html_name, each) for each in form)}
    given |= {
        "officers": "执法员甲, A-1\n执法员乙，A-2",
        "found_on": "2019-06-12",
        f"i{first}_deadline_on": "2030-01-02",
    }
    given.pop(f"i{second}_in")
    answer = client.post(f"/papers/{draft.pk}/draft", given)
    assert answer.status_code == 302, answer.context["form"].errors
    draft.refresh_from_db()
    assert draft.said["officers"][1] == {"post": "执法员乙", "certificate": "A-2"}
    kept = {item.pk: (item.is_left_out, item.said["deadline_on"]) for item in PaperItem.objects.filter(paper=draft)}
    assert kept == {first: (False, "2030-01-02"), second: (True, "2019-06-25")}


def test_a_draft_without_its_record_says_what_is_missing_and_cannot_be_issued(client, county):
    inspection, agency = inspected(county), office(county)
    draft = draft_paper(campaign=county.campaign, kind="decision", office=agency, inspection=inspection, by="c", at=AT)
    client.force_login(county.clerk)
    page = text_of(client.get(f"/papers/{draft.pk}", headers=ENGLISH))
    assert "needs the record of the inspection" in page
    assert f"/papers/{draft.pk}/issue" not in page
    client.post(f"/papers/{draft.pk}/issue")
    assert Paper.objects.get(pk=draft.pk).state == "draft"


def test_strangers_and_other_roles_get_404(client, county):
    draft = a_draft(county)
    assert draft.inspection is not None
    paths = [f"/papers/{draft.pk}", f"/papers/{draft.pk}/draft", f"/papers/of/inspection/{draft.inspection.code}"]
    client.force_login(county.stranger)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    client.force_login(county.reporter)
    # The unit whose workplace it is sees it once it is issued, and never the draft.
    assert client.get(f"/papers/{draft.pk}").status_code == 404
    issue(paper=draft, by="clerk", at=AT)
    assert client.get(f"/papers/{draft.pk}").status_code == 200
    assert client.get(f"/papers/{draft.pk}/void").status_code == 404
    file = PaperFile.objects.filter(paper=draft)[0]
    assert client.get(f"/papers/{draft.pk}/files/{file.pk}").status_code == 200
    client.force_login(county.stranger)
    assert client.get(f"/papers/{draft.pk}/files/{file.pk}").status_code == 404


def test_an_inspector_of_another_agency_neither_sees_drafts_nor_issues(client, county):
    draft = a_draft(county)
    office(county, "d2", prefix="山公")
    other = User.objects.get(username="inspector")
    other.unit = county.unit("d2")
    other.save()
    client.force_login(other)
    assert client.get(f"/papers/{draft.pk}").status_code == 404
    assert client.post(f"/papers/{draft.pk}/issue").status_code == 404


def test_papers_of_a_hazard_and_of_an_inspection_name_theirs(client, county):
    inspection, agency = inspected(county), office(county)
    kept = record(county, inspection, agency)
    ordered = issue(paper=order(county, inspection, agency, after=kept), by="clerk", at=AT)
    client.force_login(county.clerk)
    code = PaperItem.objects.filter(paper=ordered)[0].hazard.code
    for path in (f"/papers/of/hazard/{code}", f"/papers/of/inspection/{inspection.code}"):
        page = text_of(client.get(path))
        assert kept.number_text in page
        assert ordered.number_text in page


def test_a_paper_can_be_read_under_english_labels(client, county):
    inspection, agency = inspected(county), office(county)
    kept = record(county, inspection, agency)
    client.force_login(county.leader)
    given = client.get(f"/papers/{kept.pk}/read.pdf?language=en")
    assert given.content.startswith(b"%PDF-")
    # What is issued is given as it was kept, never made anew.
    assert client.get(f"/papers/{kept.pk}/read.pdf").status_code == 404
    assert client.get(f"/papers/{kept.pk}/read.html?language=en").status_code == 404


def test_the_clerk_enters_an_agency_and_a_bad_pattern_is_said(client, county):
    client.force_login(county.clerk)
    given = {"unit": "d1", "name": "山县应急管理局", "prefix": "山", "system": "应急", "pattern": "{year}{number}"}
    refused = client.post("/papers/agencies/new", given, headers=ENGLISH)
    assert refused.status_code == 422
    assert "A number must hold" in text_of(refused)
    client.post("/papers/agencies/new", {**given, "pattern": "{prefix}{kind}{year}-{number}"})
    row = PaperOffice.objects.get()
    assert client.get(f"/papers/agencies/{row.pk}").status_code == 200
    assert row.name in text_of(client.get("/papers/agencies"))


def test_the_list_asks_the_same_of_the_database_for_one_and_for_many(client, county):
    inspection, agency = inspected(county), office(county)
    client.force_login(county.clerk)
    asked = []
    for more in (1, 7):
        for _time in range(more):
            order(county, inspection, agency)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = client.get("/papers?state=draft&kind=order&text=采石")
        asked.append(len(captured))
        assert page.context["page"].paginator.count in (1, 8)
    assert asked[0] == asked[1]
    assert asked[1] <= 20
    assert client.get("/papers?state=void").context["page"].paginator.count == 0
