"""The pages of days of law to the countryside."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.law_day.actions import invite, plan_day
from safemonth.collect.publicity.law_day.models import Guest, HazardSeen, LawDay, Question
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.publicity.law_day.test_days import HELD, a_day
from tests.collect.publicity.materials.printing import a_design, printed

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def test_a_day_goes_from_plan_to_activity_on_its_pages(client: Any, county: Any):
    client.force_login(county.clerk)
    client.post("/law-days/new", {"title": "送法下乡", "township": "1301", "host": "d1", "held_on": "2019-06-12"})
    pk = LawDay.objects.get().pk
    client.post(f"/law-days/{pk}/invite", {"townships": ["1301", "1302"], "departments": ["d2"]})
    client.post(f"/law-days/{pk}/programme", {"kind": "books", "starts_at": "09:30"})
    first, second, third = Guest.objects.filter(day=pk)
    client.post(f"/law-days/invitations/{first.pk}", {"answer": "coming"})
    item = client.get(f"/law-days/{pk}").context["page"].programme[0]
    attendance = {f"came-{first.pk}": "4", f"came-{second.pk}": "0", f"came-{third.pk}": "", f"held-{item.pk}": "1"}
    client.post(f"/law-days/{pk}/attendance", attendance)
    assert sorted(str(n) for n in Guest.objects.values_list("people_came", flat=True)) == ["0", "4", "None"]
    client.post(f"/law-days/{pk}/questions", {"text": "怎样办证？"})
    client.post(f"/law-days/questions/{Question.objects.get().pk}", {"answer": "到窗口"})
    client.post(f"/law-days/{pk}/hazards", {"unit": "1301", "place": "矿口", "text": "无警示牌"})
    assert HazardSeen.objects.get().place == "矿口"
    printed(county, a_design(county, "手册", kind="book", indicator="handbooks_distributed"))
    client.post(f"/law-days/{pk}/books", {"design": 1, "copies": 40, "place": "d1"})
    client.post(f"/law-days/{pk}/close", {})
    activity = Activity.objects.get()
    assert activity.kind == "law_to_countryside"
    page = client.get(f"/law-days/{pk}", headers=ENGLISH).content.decode()
    assert f"/activities/{activity.pk}" in page
    assert "Close the day again" in page
    assert client.get(f"/law-days/{pk}/sheet").status_code == 200


def test_a_guest_answers_on_its_own_page_and_sees_no_other_guest(client: Any, county: Any):
    day = a_day(county)
    miner = open_account(username="m", password=PASSWORD, role="reporter", unit=county.unit("e1"), by="t", at=AT)
    client.force_login(miner)
    guest = Guest.objects.get(unit__code="e1")
    assert f"/law-days/invitations/{guest.pk}" in client.get("/law-days").content.decode()
    client.post(f"/law-days/invitations/{guest.pk}", {"answer": "deputy"})
    guest.refresh_from_db()
    assert guest.answer == "deputy"
    for address in (f"/law-days/{day.pk}", f"/law-days/{day.pk}/sheet"):
        page = client.get(address).content.decode()
        assert "e2矿" not in page
    other = Guest.objects.get(unit__code="e2")
    closed = ("invite", "programme", "questions", "hazards", "books", "close")
    assert {client.get(f"/law-days/{day.pk}/{name}").status_code for name in closed} == {404}
    assert client.post(f"/law-days/invitations/{other.pk}", {"answer": "coming"}).status_code == 404
    assert client.post(f"/law-days/{day.pk}/attendance", {}).status_code == 404


def test_a_question_or_hazard_that_is_sent_twice_is_entered_once(client: Any, county: Any):
    day = a_day(county)
    client.force_login(county.clerk)
    key = str(client.get(f"/law-days/{day.pk}/questions").context["key"])
    for _time in range(2):
        client.post(f"/law-days/{day.pk}/questions", {"text": "怎样办证？", "key": key})
        client.post(f"/law-days/{day.pk}/hazards", {"unit": "e1", "place": "井口", "text": "无警示牌", "key": key})
    assert (Question.objects.count(), HazardSeen.objects.count()) == (1, 1)


def test_a_number_of_people_that_is_none_is_refused(client: Any, county: Any):
    day = a_day(county)
    client.force_login(county.clerk)
    guest = Guest.objects.all()[0]
    for typed in ("-3", "1e9", "九", "99999"):
        assert client.post(f"/law-days/{day.pk}/attendance", {f"came-{guest.pk}": typed}).status_code == 422
    guest.refresh_from_db()
    assert guest.people_came is None


def test_what_the_list_asks_of_the_database_does_not_grow(client: Any, county: Any):
    def planned(number: int) -> None:
        day = plan_day(
            campaign=county.campaign,
            township=county.unit("1301"),
            host=county.unit("d1"),
            title=f"第{number}次",
            held_on=HELD + timedelta(days=number),
            by="c",
            at=AT,
        )
        units = [county.unit(code) for code in ("1301", "1302", "1303", "d2")]
        invite(day=day, units=units, post_title="", by="c", at=AT)

    def asked(address: str = "/law-days") -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.force_login(county.clerk)
    planned(0)
    before = asked()
    for number in range(1, 8):
        planned(number)
    assert asked() == before <= 15
    assert asked(f"/law-days/{LawDay.objects.all()[0].pk}") <= 25
