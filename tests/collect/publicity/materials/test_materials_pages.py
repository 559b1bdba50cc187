"""The pages of materials: who sees what, what a clerk and a reporter enter there, and how much they ask of the database."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.materials.actions import Line, count_stock, hand_out
from safemonth.collect.publicity.materials.models import Design, Handout, Loss, PrintRun, StockCount, Transfer
from tests.cast import AT
from tests.collect.publicity.materials.printing import a_design, day, printed, sent
from tests.collect.readers.sheets.making import workbook

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def test_a_clerk_goes_from_a_design_to_what_was_given_out_on_the_pages(client: Any, county: Any):
    client.force_login(county.clerk)
    design = {"title": "问答", "kind": "leaflet", "owner": "d1", "indicator": "leaflets_distributed"}
    client.post("/materials/designs/new", design)
    pk = Design.objects.get().pk
    note = SimpleUploadedFile("送货单.txt", "送货单 5000".encode())
    run = {"design": pk, "copies": 5000, "whose": "office", "printed_by": "d1", "place": "d1"}
    client.post("/materials/printed", {**run, "printed_on": "2019-06-03", "cost_yuan": "750", "proof": note})
    assert PrintRun.objects.filter(proof__file_name="送货单.txt").exists()
    client.post(
        "/materials/sent",
        {"design": pk, "copies": 2000, "giver": "d1", "receiver": "1301", "sent_on": "2019-06-04"},
    )
    client.force_login(county.reporter)
    assert "2000" in client.get("/materials").content.decode()
    client.post(f"/materials/sent/{Transfer.objects.get().pk}/came", {"copies": 1990, "received_on": "2019-06-05"})
    client.post(
        "/materials/given-out",
        {"place": "1301", "given_on": "2019-06-10", "where": "集市", f"copies-{pk}": 800},
    )
    client.post("/materials/counted", {"design": pk, "place": "1301", "copies": 1190, "counted_on": "2019-06-20"})
    page = client.get("/materials/places/1301", headers=ENGLISH).content.decode()
    assert "2000 copies were sent on 2019-06-04, and 1990 came." in page
    assert "yes, counted on 06-20" in page
    assert Activity.objects.get().title == "发放问答"


def test_a_form_that_is_sent_twice_over_a_bad_network_is_entered_once(client: Any, county: Any):
    design = a_design(county)
    client.force_login(county.clerk)
    page = client.get("/materials/given-out")
    key = str(page.context["key"])
    given = {"place": "d1", "given_on": "2019-06-10", f"copies-{design.pk}": 40}
    loss = {"design": design.pk, "place": "d1", "copies": 5, "lost_on": "2019-06-11", "reason": "受潮"}
    sent_on = {"design": design.pk, "giver": "d1", "receiver": "1301", "copies": 6, "sent_on": "2019-06-11"}
    run = {"design": design.pk, "copies": 9, "whose": "office", "printed_by": "d1", "place": "d1"}
    for _time in range(3):
        for address, said in (
            ("given-out", given),
            ("lost", loss),
            ("sent", sent_on),
            ("printed", {**run, "printed_on": "2019-06-03"}),
        ):
            assert client.post(f"/materials/{address}", {**said, "key": key}).status_code == 302
    assert (Handout.objects.count(), Loss.objects.count(), Transfer.objects.count(), PrintRun.objects.count()) == (
        1,
        1,
        1,
        1,
    )
    assert Activity.objects.count() == 1
    client.post("/materials/given-out", given)
    assert Handout.objects.count() == 2


def test_what_is_missing_in_a_form_is_said_at_its_field_and_what_was_typed_stays(client: Any, county: Any):
    design = a_design(county)
    client.force_login(county.clerk)
    answer = client.post(
        "/materials/given-out",
        {"place": "d1", "given_on": "", "where": "长阳路口", f"copies-{design.pk}": 10},
        headers=ENGLISH,
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "长阳路口" in page
    assert 'id="id_given_on_error"' in page
    none = client.post("/materials/given-out", {"place": "d1", "given_on": "2019-06-10"}, headers=ENGLISH)
    assert "Say how many copies" in none.content.decode()
    assert Handout.objects.count() == 0


def test_a_stranger_finds_nothing_of_another_units_books(client: Any, county: Any):
    own = a_design(county, "北乡自印", owner="1301")
    printed(county, own, place="1301", whose="unit")
    transfer = sent(county, a_design(county), came=-1)
    run = PrintRun.objects.get()
    addresses = (
        f"/materials/designs/{own.pk}",
        "/materials/places/1301",
        f"/materials/sent/{transfer.pk}/came",
        f"/materials/entries/printrun-{run.pk}/correct",
        "/materials/entries/nonsense/correct",
    )
    client.force_login(county.stranger)
    assert {client.get(address).status_code for address in addresses} == {404}
    assert "北乡自印" not in client.get("/materials").content.decode()
    client.post(f"/materials/sent/{transfer.pk}/came", {"copies": 1, "received_on": "2019-06-05"})
    own_place = {"design": own.pk, "place": "1301", "copies": 1, "counted_on": "2019-06-05"}
    assert client.post("/materials/counted", own_place).status_code == 422
    assert StockCount.objects.count() == 0
    transfer.refresh_from_db()
    assert transfer.copies_received is None


def test_a_reporter_cannot_enter_printing_on_the_offices_account(client: Any, county: Any):
    own = a_design(county, "北乡自印", owner="1301")
    client.force_login(county.reporter)
    run = {"design": own.pk, "copies": 5, "printed_by": "1301", "place": "1301", "printed_on": "2019-06-03"}
    assert client.post("/materials/printed", {**run, "whose": "office"}).status_code == 422
    client.post("/materials/printed", {**run, "whose": "unit"})
    assert PrintRun.objects.get().whose == "unit"


def test_a_clerk_decides_on_what_may_be_counted_twice(client: Any, county: Any):
    from safemonth.collect.readers.actions import take_in

    data = workbook([["单位", "发放宣传资料（份）"], ["北乡", 1200]])
    take_in(
        campaign=county.campaign,
        data=data,
        file_name="表.xlsx",
        channel="sheet",
        sender=county.unit("1301"),
        by="clerk",
        at=AT,
    )
    line = [Line(a_design(county), 300)]
    hand_out(campaign=county.campaign, place=county.unit("1301"), given_on=day(10), lines=line, by="r", at=AT)
    report = Activity.objects.exclude(title__startswith="发放安全").get()
    client.force_login(county.clerk)
    assert f"/materials/doubles/{report.pk}" in client.get("/materials").content.decode()
    client.post(f"/materials/doubles/{report.pk}", {"decision": "contained", "reason": "已含"})
    assert Activity.objects.exclude(duplicate_of=None).get().duplicate_of == report
    assert client.get(f"/materials/doubles/{report.pk}").status_code == 404


def test_a_correction_on_the_page_shows_in_the_books(client: Any, county: Any):
    design = a_design(county)
    line = [Line(design, 300)]
    hand_out(campaign=county.campaign, place=county.unit("1301"), given_on=day(10), lines=line, by="r", at=AT)
    client.force_login(county.reporter)
    client.post(f"/materials/entries/handout-{Handout.objects.get().pk}/correct", {"copies": 30, "reason": "多写了零"})
    page = client.get(f"/materials/designs/{design.pk}").content.decode()
    assert "多写了零" in page
    assert Handout.objects.filter(activity__version=2).exists()


def test_what_the_list_asks_of_the_database_does_not_grow_with_the_books(client: Any, county: Any):
    def filled(number: int) -> None:
        design = a_design(county, f"设计{number}")
        printed(county, design)
        for place in ("1301", "1302", "1303"):
            sent(county, design, 100, to=place, came=90 if number % 2 else -1)
            unit = county.unit(place)
            line = [Line(design, 10 + number)]
            hand_out(campaign=county.campaign, place=unit, given_on=day(10), lines=line, by="r", at=AT)
            count_stock(design=design, place=unit, copies=3, counted_on=day(20), by="r", at=AT)

    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.force_login(county.clerk)
    filled(0)
    filled(1)
    addresses = ("/materials", f"/materials/designs/{Design.objects.all()[0].pk}", "/materials/places/1301")
    before = [asked(address) for address in addresses]
    for number in range(2, 7):
        filled(number)
    assert [asked(address) for address in addresses] == before
    assert max(before) <= 40
