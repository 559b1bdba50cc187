"""Each unit's feed holds what concerns it, and a change of any record that a line is made of is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from safemonth.collect.activities.actions import withdraw
from safemonth.collect.activities.deeds import Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.consulting.actions import drop_booth, move_booth
from safemonth.collect.publicity.law_day.actions import invite, plan_day
from safemonth.collect.publicity.media.actions import add_outlet, plan_placement
from safemonth.collect.publicity.rounds.actions import drop_vehicle
from safemonth.collect.publicity.rounds.models import VehicleDay
from safemonth.ledger.actions import writing
from safemonth.organisation.actions import NewUnit, add_units, open_account, open_feed
from safemonth.organisation.models import User
from safemonth.plan.models import Assignment
from tests.cast import AT, PASSWORD
from tests.collect.publicity.consulting.days import made_day
from tests.collect.publicity.rounds.set_up import made_round, planned

pytestmark = pytest.mark.django_db


def reporter_of(county: Any, code: str) -> User:
    unit = county.unit(code)
    return open_account(username=f"r-{code}", password=PASSWORD, role="reporter", unit=unit, by="t", at=AT)


class Feed:
    """A feed as a calendar program reads it: its events by UID."""

    def __init__(self, client: Any, county: Any, user: User, code: str) -> None:
        self.client = client
        _feed, self.key = open_feed(user=user, unit=county.unit(code), label="x", language="zh-hans", by="t", at=AT)

    def events(self) -> dict[str, Any]:
        data = self.client.get(f"/calendar/feed/{self.key}.ics").content
        return {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}

    def about(self, words: str) -> list[Any]:
        return [event for event in self.events().values() if words in str(event["summary"])]


def a_deed(county: Any, *, title: str = "联合宣传") -> Activity:
    deed = Deed(
        kind="publicity",
        title=title,
        host=county.unit("d1"),
        from_on=date(2019, 6, 5),
        to_on=date(2019, 6, 5),
        participants={county.unit("1302"): ""},
    )
    with writing(by="c", at=AT, action="test") as write:
        return record_deed(
            write, campaign=county.campaign, deed=deed, entry={"t": title}, file_name="x.json", by="c", at=AT
        )


def test_who_is_asked_to_a_day_in_another_township_has_it_in_the_own_feed(client, county):
    told = {"campaign": county.campaign, "township": county.unit("1301"), "host": county.unit("d1")}
    day = plan_day(**told, title="送法下乡", held_on=date(2019, 6, 12), by="c", at=AT)
    feed = Feed(client, county, county.stranger, "1302")
    assert feed.about("送法下乡") == []
    invite(day=day, units=[county.unit("1302")], post_title="", by="c", at=AT)
    assert len(feed.about("送法下乡")) == 1


def test_a_newspaper_has_what_others_place_in_it(client, county):
    add_units(units=[NewUnit("m1", "县报", "media", "13")], by="t", at=AT)
    outlet = add_outlet(name="县报", kind="newspaper", unit=county.unit("m1"), by="c", at=AT)
    told = {"campaign": county.campaign, "outlet": outlet, "unit": county.unit("d1"), "by": "c", "at": AT}
    plan_placement(**told, kind="signed_article", title="署名文章", due_on=date(2019, 6, 1), planned_slot="头版")
    (event,) = Feed(client, county, reporter_of(county, "m1"), "m1").about("署名文章")
    assert str(event["description"]) == "头版"


def test_who_took_part_has_the_joint_activity_and_one_taken_back_is_cancelled(client, county):
    activity = a_deed(county)
    feed = Feed(client, county, county.stranger, "1302")
    (before,) = feed.about("联合宣传")
    with writing(by="c", at=AT, action="test") as write:
        withdraw(write, activity=activity, submission=activity.submission, reason="误报")
    (after,) = feed.about("联合宣传")
    assert (str(before["uid"]), str(before["status"])) == (str(after["uid"]), "CONFIRMED")
    assert str(after["status"]) == "CANCELLED" and after["sequence"] > before["sequence"]
    client.force_login(county.stranger)
    assert "联合宣传" not in client.get("/calendar?month=2019-06").content.decode()


def test_a_day_due_for_one_unit_alone_is_that_units_own_and_follows_its_changes(client, county):
    asked = Assignment.objects.get(task=county.everyone, unit=county.unit("1302"))
    feed, other = Feed(client, county, county.stranger, "1302"), Feed(client, county, county.reporter, "1301")
    days: list[tuple[date, int]] = []
    for due_on in (date(2019, 6, 20), date(2019, 6, 25)):
        with writing(by="c", at=AT + timedelta(days=1), action="test") as write:
            write.change(asked, due_on=due_on)
        (event,) = feed.about("广泛宣传")
        days.append((event.decoded("dtstart"), int(event["sequence"])))
        assert event.decoded("last-modified") == AT + timedelta(days=1)
    assert [day for day, _ in days] == [date(2019, 6, 20), date(2019, 6, 25)]
    assert days[1][1] > days[0][1]
    assert [event.decoded("dtstart") for event in other.about("广泛宣传")] == [date(2019, 7, 5)]


def test_a_booth_has_its_site_and_hours_and_is_called_off_when_it_stays_away(client, county):
    made = made_day(county)
    feed = Feed(client, county, reporter_of(county, "d2"), "d2")
    uid = f"booth-{made.booths['d2'].pk}@2019-06.safemonth"
    before = feed.events()[uid]
    assert "location" not in before
    assert (before.decoded("dtstart").hour, before.decoded("dtend").hour) == (8, 11)
    move_booth(booth=made.booths["d2"], site=made.sites[1], by="c", at=AT + timedelta(hours=1))
    placed = feed.events()[uid]
    assert str(placed["location"]).startswith("迎宾路口")
    assert placed["sequence"] > before["sequence"]
    assert len(feed.about("咨询日")) == 1
    drop_booth(booth=made.booths["d2"], by="c", at=AT + timedelta(hours=2))
    gone = feed.events()[uid]
    assert str(gone["status"]) == "CANCELLED" and gone["sequence"] > placed["sequence"]


def test_a_vehicles_day_that_a_new_plan_does_without_is_cancelled_with_a_higher_sequence(client, county):
    made = made_round(county)
    used = VehicleDay.objects.filter(plan=planned(made)).earliest("pk").vehicle
    feed = Feed(client, county, county.clerk, "13")

    def of_the_vehicle() -> dict[str, Any]:
        return {uid: each for uid, each in feed.events().items() if uid.startswith(f"vehicle-{used.pk}-")}

    before = of_the_vehicle()
    assert before
    drop_vehicle(vehicle=used, by="c", at=AT)
    planned(made)
    after = of_the_vehicle()
    assert after.keys() == before.keys()
    for uid, event in after.items():
        assert str(event["status"]) == "CANCELLED"
        assert event["sequence"] > before[uid]["sequence"]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2019-13", "2019-6", "", "六月"])
def test_a_month_that_cannot_be_shown_is_the_campaigns_month(client, county, month):
    client.force_login(county.clerk)
    page = client.get("/calendar", {"month": month})
    assert page.status_code == 200
    assert "2019-06" in page.content.decode()


def test_what_a_day_has_no_room_for_is_folded_away_and_still_there(client, county):
    for number in range(8):
        a_deed(county, title=f"第{number}场")
    client.force_login(county.clerk)
    grid = client.get("/calendar?month=2019-06").content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert all(f"第{number}场" in grid for number in range(8))
    assert grid.count("<summary>") == 1
