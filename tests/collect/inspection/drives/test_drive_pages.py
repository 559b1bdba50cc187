"""The pages of drives and draws."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safemonth.collect.inspection.drives.actions import change_inspector, load_themes
from safemonth.collect.inspection.drives.checking import breaches
from safemonth.collect.inspection.drives.models import (
    Draw,
    DrawnVisit,
    DrawSeed,
    Drive,
    Inspector,
    Interest,
    TeamMember,
)
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.inspection.drives.made_drives import DAYS, drawn, made_drive, made_workplaces

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
WEIGHTS = {"weight_": "2", "weight_red": "0", "weight_orange": "4", "weight_yellow": "2", "weight_blue": "1"}


@pytest.fixture
def on_day(monkeypatch):
    def set_day(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)

    set_day(date(2019, 6, 1))
    return set_day


def test_a_drive_goes_from_opening_to_draw_on_its_pages(client: Any, county: Any, on_day):
    made_workplaces(county)
    load_themes(by="c", at=AT)
    client.force_login(county.clerk)
    given = {"title": "联合检查", "kind": "joint", "led_by": "d1", "from_on": "2019-06-03", "to_on": "2019-06-07"}
    client.post("/drives/new", {**given, "trades": ["mine"], "is_unannounced": "on"})
    drive = Drive.objects.get()
    for unit in ("d1", "d2"):
        for post in ("队长", "队员"):
            client.post("/drives/inspectors/new", {"unit": unit, "post_title": f"{unit}{post}"})
    client.post(f"/drives/{drive.pk}/teams/propose", {"count": "2"})
    assert TeamMember.objects.filter(team__isnull=False).count() == 4
    people = list(Inspector.objects.all())
    by_hand = {f"team-{person.pk}": str(1 + at // 2) for at, person in enumerate(people)}
    client.post(f"/drives/{drive.pk}/teams", {**by_hand, "head": [str(people[1].pk)]})
    assert TeamMember.objects.get(is_head=True, team__number=1).inspector == people[1]
    client.post(
        "/drives/interests/new",
        {"inspector": people[0].pk, "workplace": Workplace.objects.all()[0].pk, "reason": "亲属"},
    )
    assert "亲属" in client.get("/drives/interests").content.decode()
    draw = {"count": "6", "visits_a_day": "3", "days": ["2019-06-03", "2019-06-04"], **WEIGHTS}
    assert client.post(f"/drives/{drive.pk}/draw", draw).status_code == 422
    client.post(f"/drives/{drive.pk}/seed")
    page = client.get(f"/drives/{drive.pk}").content.decode()
    seed = DrawSeed.objects.get()
    assert seed.seed_sha256 in page
    assert seed.seed not in page
    client.post(f"/drives/{drive.pk}/draw", {**draw, "witness": "17 4 9"})
    made = Draw.objects.get()
    page = client.get(f"/drives/draws/{made.pk}").content.decode()
    assert seed.seed in page
    file = client.get(f"/drives/draws/{made.pk}/file")
    assert "attachment" in file.headers["Content-Disposition"]
    assert breaches(json.loads(file.content)) == []
    client.post(f"/drives/interests/{Interest.objects.get().pk}/withdraw")
    assert Interest.objects.get().withdrawn_at is not None
    client.post(f"/drives/{drive.pk}/change", {**given, "title": "联合检查二", "is_unannounced": "on"})
    drive.refresh_from_db()
    assert (drive.title, drive.trades) == ("联合检查二", [])


def test_nobody_else_sees_a_draw_before_its_day_on_any_page(client: Any, county: Any, on_day):
    drive = made_drive(county)
    draw = drawn(drive, seed="a-seed-of-its-own")
    names = set(Workplace.objects.values_list("name", flat=True))
    inspector = open_account(
        username="insp", password=PASSWORD, role="inspector", unit=county.unit("d2"), by="t", at=AT
    )
    own = Inspector.objects.get(post_title="d2执法队长")
    change_inspector(inspector=own, fields={"user": inspector}, by="c", at=AT)
    lead = open_account(username="lead", password=PASSWORD, role="reporter", unit=county.unit("d1"), by="t", at=AT)
    for user in (county.reporter, county.stranger, inspector, lead):
        client.force_login(user)
        for address in (f"/drives/draws/{draw.pk}", f"/drives/draws/{draw.pk}/file", f"/drives/{drive.pk}/draw"):
            assert client.get(address).status_code == 404
        page = client.get(f"/drives/{drive.pk}")
        assert not any(name in page.content.decode() for name in names), user
        assert draw.seed not in client.get("/drives").content.decode()
    on_day(DAYS[0])
    client.force_login(inspector)
    page = client.get(f"/drives/{drive.pk}").content.decode()
    team = TeamMember.objects.get(inspector=own).team
    for visit in DrawnVisit.objects.filter(draw=draw).select_related("workplace"):
        is_shown = visit.team == team and visit.visit_on == DAYS[0]
        assert (visit.workplace.name in page) == is_shown
    assert client.get(f"/drives/draws/{draw.pk}").status_code == 404
    on_day(date(2019, 6, 9))
    assert client.get(f"/drives/draws/{draw.pk}/file").status_code == 200


def test_an_inspector_declares_their_own_interests_only(client: Any, county: Any, on_day):
    made_drive(county)
    user = open_account(username="insp", password=PASSWORD, role="inspector", unit=county.unit("d2"), by="t", at=AT)
    own, other = Inspector.objects.get(post_title="d2执法队长"), Inspector.objects.get(post_title="d1执法队长")
    client.force_login(user)
    assert client.get("/drives/interests/new").status_code == client.get("/drives/interests").status_code == 404
    change_inspector(inspector=own, fields={"user": user}, by="c", at=AT)
    quarry = Workplace.objects.all()[0]
    for person, status in ((other, 422), (own, 302)):
        given = {"inspector": person.pk, "workplace": quarry.pk, "reason": "亲属任矿长"}
        assert client.post("/drives/interests/new", given).status_code == status
    assert Interest.objects.get().inspector == own
    assert client.post(f"/drives/interests/{Interest.objects.get().pk}/withdraw").status_code == 404


def test_what_the_pages_ask_of_the_database_does_not_grow(client: Any, county: Any, on_day):
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client.force_login(county.clerk)
    drive = made_drive(county, workplaces=8)
    first = drawn(drive, count=3)
    addresses = (
        "/drives",
        f"/drives/{drive.pk}",
        f"/drives/draws/{first.pk}",
        "/drives/inspectors",
        f"/drives/{drive.pk}/teams",
    )
    before = [asked(address) for address in addresses]
    for number in range(6):
        Drive.objects.get(pk=drive.pk)
        client.post(
            "/drives/new",
            {"title": f"第{number}次", "kind": "key", "led_by": "d1", "from_on": "2019-06-03", "to_on": "2019-06-07"},
        )
        client.post("/drives/inspectors/new", {"unit": "d1", "post_title": f"第{number}员"})
    second = drawn(drive, count=8, reason="再抽", seed="t")
    addresses = (*addresses[:2], f"/drives/draws/{second.pk}", *addresses[3:])
    assert [asked(address) for address in addresses] == before
    assert max(before) <= 20
