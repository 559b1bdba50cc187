"""The calendar's page and feeds: who sees what, and that both follow the records."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from safemonth.collect.publicity.carriers.actions import draft_order, end_order, hand_over
from safemonth.collect.publicity.law_day.actions import invite, plan_day
from safemonth.organisation.actions import NewUnit, add_units, close_account, open_account
from safemonth.organisation.models import CalendarFeed
from tests.cast import AT, PASSWORD

pytestmark = pytest.mark.django_db


def a_law_day(county, township="1301", day=12):
    return plan_day(
        campaign=county.campaign,
        township=county.unit(township),
        host=county.unit("d1"),
        title=f"送法下乡{day}日",
        held_on=date(2019, 6, day),
        by="clerk",
        at=AT,
    )


def feed_address(client, user, unit: str) -> str:
    client.force_login(user)
    page = client.post("/calendar/feeds", {"unit": unit, "label": "手机"}).content.decode()
    return page.split('value="http://testserver')[1].split('"')[0]


def titles(client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_the_month_shows_what_is_held_and_due_and_links_to_it(client, county):
    day = a_law_day(county)
    client.force_login(county.clerk)
    page = client.get("/calendar", {"month": "2019-06"}).content.decode()
    assert f'href="/law-days/{day.pk}"' in page and "送法下乡12日" in page
    assert 'href="/tasks/consulting-day"' in page or "咨询日" in page
    assert "2019-05" in page and "2019-07" in page


def test_a_reporter_sees_what_concerns_the_own_units_and_nothing_of_a_neighbour(client, county):
    a_law_day(county, "1301", 12)
    hers = a_law_day(county, "1302", 13)
    invite(day=hers, units=[county.unit("1302")], post_title="", by="clerk", at=AT)
    client.force_login(county.stranger)
    page = client.get("/calendar", {"month": "2019-06"}).content.decode()
    assert "送法下乡13日" in page and "送法下乡12日" not in page


def test_a_feed_shows_a_unit_what_its_account_may_see_and_ends_with_the_account(client, county):
    a_law_day(county, "1301", 12)
    a_law_day(county, "1302", 13)
    address = feed_address(client, county.stranger, "1302")
    client.logout()
    seen = titles(client, address)
    assert "送法下乡13日" in seen and "送法下乡12日" not in seen
    close_account(user=county.stranger, by="clerk", at=AT)
    assert client.get(address).status_code == 404


def test_a_key_is_kept_nowhere_and_a_revoked_feed_is_gone(client, county):
    address = feed_address(client, county.clerk, "13")
    key = address.rsplit("/", 1)[1].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert key not in str(feed.__dict__) and key not in client.get("/calendar/feeds").content.decode()
    assert client.get("/calendar/feed/nonsense.ics").status_code == 404
    client.post(f"/calendar/feeds/{feed.pk}/revoke")
    assert client.get(address).status_code == 404


def test_nobody_ends_anothers_feed_or_opens_one_for_units_that_they_do_not_see(client, county):
    feed_address(client, county.clerk, "13")
    client.force_login(county.stranger)
    assert client.post(f"/calendar/feeds/{CalendarFeed.objects.get().pk}/revoke").status_code == 404
    assert client.post("/calendar/feeds", {"unit": "1301", "label": "x"}).status_code == 404


def test_who_asks_again_is_told_that_nothing_changed_until_something_does(client, county):
    a_law_day(county)
    address = feed_address(client, county.clerk, "13")
    first = client.get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    a_law_day(county, "1302", 14)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_called_off_leaves_the_page_and_is_cancelled_in_the_feed_with_a_higher_sequence(client, county):
    add_units(units=[NewUnit("c1", "移动公司", "carrier", "13")], by="t", at=AT)
    order = draft_order(
        campaign=county.campaign,
        carrier=county.unit("c1"),
        text="安全",
        window_from=date(2019, 6, 10),
        window_to=date(2019, 6, 16),
        area=county.unit("13"),
        by="clerk",
        at=AT,
    )
    hand_over(order=order, on=date(2019, 6, 3), by="clerk", at=AT)
    address = feed_address(client, county.clerk, "c1")

    def event():
        events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
        return next(each for each in events if str(each["uid"]).startswith("carrier-order"))

    before = event()
    assert str(before["status"]) == "CONFIRMED"
    end_order(order=order, is_declined=False, reason="取消", by="clerk", at=AT)
    after = event()
    assert (str(after["uid"]), str(after["status"])) == (str(before["uid"]), "CANCELLED")
    assert int(after["sequence"]) > int(before["sequence"])
    assert "移动公司" not in client.get("/calendar", {"month": "2019-06"}).content.decode().split("calendar-grid")[1]


def test_the_page_asks_the_database_as_often_for_ten_days_as_for_one(client, county):
    open_account(username="second", password=PASSWORD, role="clerk", unit=county.unit("d1"), by="t", at=AT)
    client.force_login(county.clerk)
    a_law_day(county, day=1)
    client.get("/calendar?month=2019-06")
    with CaptureQueriesContext(connection) as one:
        client.get("/calendar?month=2019-06")
    for day in range(2, 12):
        a_law_day(county, day=day)
    with CaptureQueriesContext(connection) as many:
        client.get("/calendar?month=2019-06")
    assert len(many) == len(one)
