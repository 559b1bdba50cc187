"""The pages of forms, filled forms and phones: who sees what, and what a clerk can do there."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from safemonth.collect.forms.actions import add_form, open_or_close
from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.forms.models import Device, Form, FormVersion, Instance
from safemonth.collect.forms.queries import forms_offered_to
from safemonth.collect.readers.actions import take_in_answers
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.field.sending import FORM, a_form, a_phone, answers

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def test_the_clerk_takes_a_form_in_and_sees_what_its_questions_stand_for(client: Any, county: Any):
    client.force_login(county.clerk)
    file = SimpleUploadedFile("visit.md", (FORM % "7").strip().encode())
    page = client.post("/forms/upload", {"file": file}, follow=True, headers=ENGLISH).content.decode()
    assert "Leaflets" in page
    assert "leaflets and materials" in page.lower()
    assert FormVersion.objects.get().uploaded_by == "clerk"


def test_a_form_with_a_mistake_is_refused_with_the_row(client: Any, county: Any):
    client.force_login(county.clerk)
    wrong = (FORM % "7").replace("leaflets_distributed", "leaflets_distributd").strip().encode()
    refused = client.post("/forms/upload", {"file": SimpleUploadedFile("visit.md", wrong)}, headers=ENGLISH)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "leaflets_distributd" in page
    assert "leaflets_distributed" in page
    assert FormVersion.objects.count() == 0


def test_a_version_never_changes_under_its_name(county: Any):
    first = a_form("1")
    assert add_form(data=(FORM % "1").strip().encode(), file_name="visit.md", by="t", at=AT) == (first, False)
    with pytest.raises(Refused) as refused:
        add_form(data=(FORM % "1").replace("活动名称", "名称").strip().encode(), file_name="visit.md", by="t", at=AT)
    assert refused.value.code == "version_taken"
    second = a_form("2")
    first.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)


def test_each_role_is_offered_the_forms_it_fills(county: Any):
    for name, data in builtin_forms():
        add_form(data=data, file_name=name, by="test", at=AT)
    inspector, supervisor = (
        open_account(username=f"x-{role}", password=PASSWORD, role=role, unit=county.unit("d1"), by="t", at=AT)
        for role in ("inspector", "supervisor")
    )
    offered = {
        user.role: [version.form.code for version in forms_offered_to(user)]
        for user in (county.clerk, county.reporter, inspector, supervisor, county.leader)
    }
    assert set(offered["reporter"]) == {"activity_report", "return", "village_stop"}
    assert set(offered["inspector"]) == {"activity_report", "inspection", "recheck"}
    assert offered["supervisor"] == ["supervision_visit"]
    assert len(offered["clerk"]) == len(builtin_forms())
    assert offered["leader"] == []
    open_or_close(form=Form.objects.get(code="return"), is_open=False, by="clerk", at=AT)
    assert "return" not in [version.form.code for version in forms_offered_to(county.reporter)]


def test_a_form_of_the_projects_own_is_handed_out_as_excel(client: Any, county: Any):
    name, data = builtin_forms()[0]
    version, _ = add_form(data=data, file_name=name, by="test", at=AT)
    client.force_login(county.clerk)
    answer = client.get(f"/forms/{version.pk}/sheet")
    book = load_workbook(io.BytesIO(answer.content))
    assert {"survey", "choices", "settings"} <= set(book.sheetnames)


def test_the_list_of_filled_forms_asks_the_database_as_often_for_thirty_as_for_one(
    client: Any, county: Any, django_assert_max_num_queries: Any
):
    a_form()
    client.force_login(county.clerk)
    for number in range(30):
        xml = answers(title=f"宣讲{number}", place=f"{number}号")
        take_in_answers(campaign=county.campaign, xml=xml, user=county.reporter, by="reporter", at=AT)
    with django_assert_max_num_queries(12):
        page = client.get("/instances").content.decode()
    assert page.count("<tr>") >= 30


def test_a_reporter_sees_the_own_units_filled_forms_and_phones_only(client: Any, county: Any):
    a_form()
    take_in_answers(campaign=county.campaign, xml=answers(photo="1.jpg"), user=county.reporter, by="reporter", at=AT)
    instance = Instance.objects.get()
    client.force_login(county.reporter)
    assert "1.jpg" in client.get(f"/instances/{instance.pk}").content.decode()
    client.force_login(county.stranger)
    assert client.get(f"/instances/{instance.pk}").status_code == 404
    assert f"/instances/{instance.pk}" not in client.get("/instances").content.decode()
    device, _ = a_phone(county.reporter)
    assert client.post(f"/devices/{device.pk}/revoke").status_code == 404
    client.force_login(county.clerk)
    assert client.post(f"/devices/{device.pk}/revoke").status_code == 302
    assert Device.objects.get().revoked_at is not None


def test_a_new_phone_is_shown_its_code_once_and_no_store_keeps_the_key(client: Any, county: Any):
    client.force_login(county.reporter)
    answer = client.post("/devices/add", {"label": "安全员手机"})
    page = answer.content.decode()
    assert "<svg" in page
    assert "no-store" in answer["Cache-Control"]
    key = page.split('<dd class="mono">')[3].split("</dd>")[0]
    assert client.get(f"/openrosa/key/{key}/formList").status_code == 200
    from safemonth.ledger.models import Change

    assert not any(key in change.after for change in Change.objects.all())
    assert key not in client.get("/devices").content.decode()
