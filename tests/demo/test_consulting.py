"""The demo's consulting day: 20 departments at five intersections are one event of 20 parts."""

from datetime import UTC, datetime, timedelta

from safemonth.collect.activities.models import Activity, Participation
from safemonth.collect.publicity.consulting.actions import close_day
from safemonth.collect.publicity.consulting.queries import places_of, roster_page
from safemonth.demo.consulting import report_consulting_day, set_up_consulting_day
from safemonth.demo.county import COUNTY
from safemonth.demo.month import set_up_month
from safemonth.demo.truth import consulting_day
from safemonth.figures.queries import FigureDesk

AT = datetime(2019, 6, 3, 1, 0, tzinfo=UTC)


def test_twenty_departments_stand_where_the_sheet_says_and_become_one_event(db):
    campaign = set_up_month(at=AT, password="a-long-pass-word")
    day = set_up_consulting_day(campaign, at=AT)
    page = roster_page(day)
    assert page.roster is not None and page.roster.status == "best" and not page.breaches and not page.unmet
    stands = {row.booth.unit.code: row.site.name for row in places_of(page.roster)}
    assert stands == {deed.unit: deed.place for deed in consulting_day()}
    assert report_consulting_day(day) == 20
    close_day(day=day, by="clerk", at=AT + timedelta(days=8))
    assert Activity.objects.count() == 1
    assert Participation.objects.filter(role="participant").count() == 20
    desk = FigureDesk.of(campaign)
    leaflets = desk.figure("leaflets_distributed", task="consulting-day")
    assert leaflets.value == sum(deed.counts["leaflets_distributed"].value for deed in consulting_day())
    assert desk.figure("leaflets_distributed", task="consulting-day", unit=f"{COUNTY}-safety").value == 5000
    assert desk.figure("consulting_sites", task="consulting-day").value == 5
    assert desk.figure("departments_taking_part", task="consulting-day").value == 20
