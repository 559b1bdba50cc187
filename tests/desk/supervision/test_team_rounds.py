"""Drawn teams go to their own units, on days that suit all of them, within their hours."""

from datetime import date
from decimal import Decimal

import pytest

from safemonth.collect.publicity.rounds.actions import keep_positions
from safemonth.desk.supervision.rounds import ENDS_S, STARTS_S, team_rounds
from safemonth.organisation.models import Unit
from safemonth.verify.teams.actions import draw_teams, name_nominee
from tests.cast import AT

pytestmark = pytest.mark.django_db
DAYS = [date(2019, 7, 8), date(2019, 7, 9)]


@pytest.fixture
def drawn(county):
    """Two teams of three departments' people for three townships and three villages, one without a position."""
    for unit in ("d1", "d2", "d3"):
        for n, days in ((1, DAYS), (2, DAYS[1:] if unit == "d3" else DAYS)):
            name_nominee(
                campaign=county.campaign, unit=county.unit(unit), post_title=f"干部{n}", days=days, by="t", at=AT
            )
    units = list(Unit.objects.filter(kind__in=("township", "village")))
    places = {
        unit: (Decimal("39.30") + Decimal(n) / 50, Decimal("115.40") + Decimal(n) / 40)
        for n, unit in enumerate(units)
        if unit.code != "130102"
    }
    keep_positions(positions=places, source="test", by="t", at=AT)
    return draw_teams(campaign=county.campaign, seed="x", team_count=2, units=units, days=DAYS, by="t", at=AT)


def test_each_team_visits_its_own_units_on_its_own_days_within_its_hours(drawn):
    rounds = team_rounds(drawn)
    assert len(rounds) == 2
    seen = []
    for each in rounds:
        for day, stops in each.days:
            assert day.day in DAYS and day.leaves_yard_s >= STARTS_S and day.back_s <= ENDS_S
            seen += [unit.code for _stop, unit in stops]
        seen += [unit.code for unit in (*each.left_out, *each.unplaced)]
    assert sorted(seen) == sorted(Unit.objects.filter(kind__in=("township", "village")).values_list("code", flat=True))
    assert [unit.code for each in rounds for unit in each.unplaced] == ["130102"]
    late = [each for each in rounds if {day.day for day, _ in each.days} == {DAYS[1]}]
    assert len(late) >= 1


def test_the_same_draw_gives_the_same_rounds_and_a_page(drawn, client, county):
    assert team_rounds(drawn) == team_rounds(drawn)
    client.force_login(county.leader)
    page = client.get("/supervision/teams/rounds").content.decode()
    assert "河口村" in page and "北乡" in page
    client.force_login(county.reporter)
    assert client.get("/supervision/teams/rounds").status_code == 404


def test_without_a_draw_there_is_nothing_to_go_to(client, county):
    client.force_login(county.clerk)
    assert client.get("/supervision/teams/rounds").status_code == 200
