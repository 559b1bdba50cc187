"""The feed is what RFC 5545 asks for, as another maker's parser reads it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from safemonth.desk.calendar.feed import feed_of
from safemonth.desk.calendar.rules import Line

LONG = "安全生产宣传咨询日：县安委办组织二十个部门在五个路口开展宣传咨询，请各单位自带横幅和资料，" * 3


def a_line(**known) -> Line:
    told = {"uid": "task-1@2019-06.safemonth", "kind": "event", "title": "咨询日", "from_on": date(2019, 6, 10)}
    told |= {"to_on": date(2019, 6, 10), "changed_at": datetime(2019, 5, 20, 1, 2, 3, tzinfo=UTC), "sequence": 2}
    return Line(**{**told, **known})


def read(*lines: Line) -> Any:
    return Calendar.from_ical(feed_of(lines, name="月历", site="https://safemonth.example"))


def test_lines_are_folded_at_75_octets_without_cutting_a_sign_and_end_in_crlf():
    data = feed_of([a_line(title=LONG, note="一行\n二行; 三, 四\\五")], name="月历", site="")
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    for octets in data.split(b"\r\n"):
        assert len(octets) <= 75
        octets.decode()
    event = Calendar.from_ical(data).walk("VEVENT")[0]
    assert str(event["summary"]) == LONG
    assert str(event["description"]) == "一行\n二行; 三, 四\\五"


def test_whole_days_end_on_the_day_after_and_hours_are_those_of_china():
    whole, timed = read(
        a_line(to_on=date(2019, 6, 16)),
        a_line(
            uid="b",
            starts_at=datetime(2019, 6, 10, 0, 30, tzinfo=UTC),
            ends_at=datetime(2019, 6, 10, 3, 30, tzinfo=UTC),
        ),
    ).walk("VEVENT")
    assert (whole.decoded("dtstart"), whole.decoded("dtend")) == (date(2019, 6, 10), date(2019, 6, 17))
    assert timed["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert timed.decoded("dtstart").hour == 8
    assert timed.decoded("dtstart").utcoffset() == timedelta(hours=8)


def test_the_zone_is_described_in_the_feed_itself():
    zone = read(a_line()).walk("VTIMEZONE")[0]
    assert str(zone["tzid"]) == "Asia/Shanghai"
    assert datetime(2019, 6, 10, tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=8)


def test_what_was_called_off_is_cancelled_and_a_change_raises_the_sequence():
    (event,) = read(a_line(is_off=True, sequence=5)).walk("VEVENT")
    assert (str(event["status"]), int(event["sequence"])) == ("CANCELLED", 5)
    assert event.decoded("last-modified") == datetime(2019, 5, 20, 1, 2, 3, tzinfo=UTC)
    assert event.decoded("dtstamp") == event.decoded("last-modified")


def test_the_same_lines_give_the_same_bytes_in_whatever_order_they_come():
    lines = [a_line(uid=str(n), from_on=date(2019, 6, n), to_on=date(2019, 6, n)) for n in range(1, 9)]
    one = feed_of(lines, name="x", site="")
    assert feed_of(reversed(lines), name="x", site="") == one
