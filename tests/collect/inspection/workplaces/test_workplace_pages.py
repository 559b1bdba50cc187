"""The pages of the register."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.inspection.workplaces.actions import register_workplace
from safemonth.collect.inspection.workplaces.models import HeldWorkplace, Workplace, WorkplaceMerge
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.inspection.workplaces.codes import code_of
from tests.collect.inspection.workplaces.made_lists import as_csv, made_lines, planted

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def a_workplace(county: Any, name: str, **fields: Any) -> Workplace:
    township = county.unit(fields.pop("township", "1301"))
    return register_workplace(fields={"name": name, "trade": "mine", "township": township, **fields}, by="c", at=AT)


def test_a_workplace_is_entered_changed_and_its_history_shown(client: Any, county: Any):
    client.force_login(county.clerk)
    given = {"name": "东山采石场", "trade": "mine", "risk_class": "red", "township": "1301", "is_working": "on"}
    refused = client.post("/workplaces/new", {**given, "uscc": "91130633000000O"}, headers=ENGLISH)
    assert refused.status_code == 422
    assert "has 15 signs" in refused.content.decode()
    client.post("/workplaces/new", {**given, "uscc": code_of(1).lower()})
    row = Workplace.objects.get()
    assert row.uscc == code_of(1)
    client.post(
        f"/workplaces/{row.pk}/change", {**given, "uscc": code_of(1), "risk_class": "orange", "department": "d1"}
    )
    page = client.get(f"/workplaces/{row.pk}", headers=ENGLISH).content.decode()
    assert "<del>red (major risk)</del> → orange (larger risk)" in page
    assert "安全生产监督管理局" in page


def test_a_form_sent_twice_enters_one(client: Any, county: Any):
    client.force_login(county.clerk)
    key = str(client.get("/workplaces/new").context["key"])
    for _time in range(2):
        client.post("/workplaces/new", {"name": "东山采石场", "trade": "mine", "township": "1301", "key": key})
    assert Workplace.objects.count() == 1


def test_the_list_is_narrowed_by_each_thing_and_by_a_merged_name(client: Any, county: Any):
    one = a_workplace(county, "东山采石场", risk_class="red", department=county.unit("d1"), uscc=code_of(1))
    a_workplace(county, "河口饭店", township="1302", trade="crowded_place")
    old = a_workplace(county, "旧名石料厂")
    client.force_login(county.clerk)
    client.post(f"/workplaces/{old.pk}/merge", {"into": one.pk, "reason": "改名"})
    for query in (
        "text=东山",
        f"text={code_of(1)}",
        "text=旧名",
        "township=1301",
        "trade=mine",
        "risk=red",
        "department=d1",
    ):
        page = client.get(f"/workplaces?{query}").context["page"]
        assert [row.name for row in page] == ["东山采石场"], query
    assert client.get(f"/workplaces/{old.pk}").headers["Location"] == f"/workplaces/{one.pk}"
    assert "旧名石料厂" in client.get(f"/workplaces/{one.pk}").content.decode()
    client.post(f"/workplaces/merges/{WorkplaceMerge.objects.get().pk}/undo", {"reason": "两家"})
    assert client.get(f"/workplaces/{old.pk}").status_code == 200


def test_a_units_people_see_and_change_their_own_only(client: Any, county: Any):
    north = a_workplace(county, "北山采石场", manager_phone="03121234567")
    south = a_workplace(county, "南山采石场", township="1302", department=county.unit("d2"))
    police = open_account(username="pol", password=PASSWORD, role="reporter", unit=county.unit("d2"), by="t", at=AT)
    for user, own, other in ((county.reporter, north, south), (county.stranger, south, north), (police, south, north)):
        client.force_login(user)
        assert [row.pk for row in client.get("/workplaces").context["page"]] == [own.pk]
        assert client.get(f"/workplaces/{own.pk}").status_code == 200
        assert client.get(f"/workplaces/{own.pk}/change").status_code == 200
        for address in (
            f"/workplaces/{other.pk}",
            f"/workplaces/{other.pk}/change",
            "/workplaces/held",
            "/workplaces/list",
        ):
            assert client.get(address).status_code == 404, address
        assert client.post(f"/workplaces/{own.pk}/merge", {"into": other.pk, "reason": "x"}).status_code == 404


def test_a_townships_reporter_enters_in_its_own_township_only(client: Any, county: Any):
    client.force_login(county.reporter)
    assert client.post("/workplaces/new", {"name": "甲", "trade": "mine", "township": "1302"}).status_code == 422
    assert client.post("/workplaces/new", {"name": "甲", "trade": "mine", "township": "1301"}).status_code == 302


def test_a_list_is_taken_in_and_its_rows_decided_on(client: Any, county: Any):
    client.force_login(county.clerk)
    lines = made_lines(60, seed=5)
    lines += planted(lines, 9, seed=5)
    data = as_csv(lines) + "甲厂不明,,采石,东乡\n,甲厂,12,采石,东乡,,,,,,\n".encode()
    answer = client.post(
        "/workplaces/list", {"file": SimpleUploadedFile("list.csv", data), "near_m": "100"}, follow=True
    )
    assert answer.status_code == 200
    waiting = list(HeldWorkplace.objects.filter(decision=""))
    assert len(waiting) >= 9
    page = client.get("/workplaces/held", headers=ENGLISH).content.decode()
    assert "a row further up in the same list" in page
    double = next(row for row in waiting if row.why == "double")
    client.post(f"/workplaces/held/{double.pk}", {"decision": "same"})
    bad = next(row for row in waiting if row.why == "unreadable" and row.said.get("name") == "甲厂")
    fixed = {"name": "甲厂", "trade": "mine", "township": "1303", "is_working": "on"}
    assert client.get(f"/workplaces/held/{bad.pk}/enter").status_code == 200
    client.post(f"/workplaces/held/{bad.pk}/enter", fixed)
    double.refresh_from_db()
    bad.refresh_from_db()
    assert (double.decision, double.workplace, bad.decision) == ("same", double.looks_like, "new")
    assert bad.workplace is not None
    assert bad.workplace.township.code == "1303"
    assert client.post(f"/workplaces/held/{double.pk}", {"decision": "new"}).status_code == 422
    again = client.post(
        "/workplaces/list",
        {"file": SimpleUploadedFile("again.csv", data), "near_m": "100"},
        follow=True,
        headers=ENGLISH,
    )
    assert "taken in before" in again.content.decode()


def test_what_is_no_table_is_refused_with_a_sentence(client: Any, county: Any):
    client.force_login(county.clerk)
    for data, words in ((b"a,b\n1,2\n", "No row of headings"), (b"%PDF-1.4", "not a table")):
        answer = client.post(
            "/workplaces/list", {"file": SimpleUploadedFile("x.csv", data), "near_m": "100"}, headers=ENGLISH
        )
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_what_the_pages_ask_of_the_database_does_not_grow(client: Any, county: Any):
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.force_login(county.clerk)
    first = a_workplace(county, "第一家", department=county.unit("d1"))
    data = as_csv((lines := made_lines(4, seed=2)) + planted(lines, 2, seed=2))
    client.post("/workplaces/list", {"file": SimpleUploadedFile("1.csv", data), "near_m": "100"})
    addresses = ("/workplaces", "/workplaces/held", f"/workplaces/{first.pk}")
    before = [asked(address) for address in addresses]
    data = as_csv((lines := made_lines(45, seed=8)) + planted(lines, 12, seed=8))
    client.post("/workplaces/list", {"file": SimpleUploadedFile("2.csv", data), "near_m": "100"})
    assert [asked(address) for address in addresses] == before
    assert max(before) <= 20


def test_a_long_list_comes_in_pages(client: Any, county: Any):
    client.force_login(county.clerk)
    data = as_csv(made_lines(120, seed=4))
    client.post("/workplaces/list", {"file": SimpleUploadedFile("1.csv", data), "near_m": "100"})
    first = client.get("/workplaces").context["page"]
    assert (len(first), first.paginator.num_pages) == (50, 3)
    seen = {row.pk for number in (1, 2, 3) for row in client.get(f"/workplaces?page={number}").context["page"]}
    assert len(seen) == first.paginator.count
