"""Teams are drawn from whom bodies name, kept with all that they were drawn from, and drawn again with a reason only."""

from datetime import date

import pytest

from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.organisation.models import Unit
from safemonth.verify.teams.actions import declare_tie, draw_teams, name_nominee, withdraw_nominee
from safemonth.verify.teams.drawing import draw
from safemonth.verify.teams.models import TeamDraw, TeamSeat, TeamTarget
from safemonth.verify.teams.problem import problem_from
from safemonth.verify.teams.queries import draw_as_json, nominees_of, teams_of
from tests.cast import AT

pytestmark = pytest.mark.django_db

DAYS = [date(2019, 6, day) for day in (17, 18, 19)]
BODIES = ("d1", "d2", "d3")


@pytest.fixture
def named(county):
    """Two people of each of three departments, by unit and number."""
    return {
        (unit, n): name_nominee(
            campaign=county.campaign, unit=county.unit(unit), post_title=f"{unit}干部{n}", by="clerk", at=AT
        )
        for unit in BODIES
        for n in (1, 2)
    }


def drawn(county, seed="公开种子", **known) -> TeamDraw:
    told = {"team_count": 2, "units": list(Unit.objects.filter(kind="township")), "days": DAYS}
    return draw_teams(campaign=county.campaign, seed=seed, by="clerk", at=AT, **{**told, **known})


def test_each_team_has_one_of_each_body_and_the_draw_can_be_made_again(county, named):
    row = drawn(county)
    teams = teams_of(row)
    assert [sorted(seat.nominee.unit.code for seat in team.seats) for team in teams] == [list(BODIES)] * 2
    assert sorted(len(team.targets) for team in teams) == [1, 2]
    assert all(team.days == tuple(day.isoformat() for day in DAYS) for team in teams)
    again = draw(problem_from(row.problem), seed=row.seed)
    said = draw_as_json(row)
    assert (said["team_of"], said["visited_by"]) == (again.team_of, again.visited_by)
    assert list(disagreements()) == []


def test_nobody_visits_the_own_unit_or_where_a_tie_is_declared(county, named):
    name_nominee(campaign=county.campaign, unit=county.unit("1301"), post_title="副乡长", by="clerk", at=AT)
    declare_tie(nominee=named["d1", 1], unit=county.unit("1302"), reason="亲属任职", by="clerk", at=AT)
    for seed in ("一", "二", "三"):
        row = drawn(county, seed, reason="试")
        team_of = {seat.nominee_id: seat.team for seat in TeamSeat.objects.filter(draw=row)}
        visits = {
            target.unit.code: target.team for target in TeamTarget.objects.filter(draw=row).select_related("unit")
        }
        assert visits["1302"] != team_of[named["d1", 1].pk]
        of_bei = next(each for each in nominees_of(county.campaign) if each.unit.code == "1301")
        assert visits["1301"] != team_of[of_bei.pk]


def test_where_it_cannot_be_done_the_reason_is_said_in_words(county, named):
    for n in (1, 2):
        declare_tie(nominee=named["d2", n], unit=county.unit("1303"), reason="刚调离", by="clerk", at=AT)
    with pytest.raises(Refused) as refused:
        drawn(county)
    assert refused.value.code == "team_draw_impossible"
    assert "公安局" in str(refused.value) and "西镇" in str(refused.value)
    assert TeamDraw.objects.count() == 0


def test_another_draw_needs_a_reason_and_leaves_the_first_readable(county, named):
    first = drawn(county)
    with pytest.raises(Refused) as refused:
        drawn(county, "another")
    assert refused.value.code == "reason_missing"
    withdraw_nominee(nominee=named["d3", 2], by="clerk", at=AT)
    second = drawn(county, "another", reason="气象局干部病假")
    first.refresh_from_db()
    assert (first.is_current, second.is_current, second.version) == (False, True, 2)
    assert len(teams_of(first)[0].seats) + len(teams_of(first)[1].seats) == 6


@pytest.mark.parametrize(
    ("known", "code"), [({"seed": " "}, "seed_missing"), ({"team_count": 7}, "team_draw_no_teams")]
)
def test_what_cannot_be_drawn_is_refused(county, named, known, code):
    with pytest.raises(Refused) as refused:
        drawn(county, **known)
    assert refused.value.code == code


def test_a_post_is_named_once_and_a_body_below_is_tied_to_what_is_above_it(county, named):
    with pytest.raises(Refused) as refused:
        name_nominee(campaign=county.campaign, unit=county.unit("d1"), post_title="d1干部1", by="clerk", at=AT)
    assert refused.value.code == "named_already"
    add_units(units=[NewUnit("130109", "西关村", "village", "1301")], by="t", at=AT)
    name_nominee(campaign=county.campaign, unit=county.unit("130109"), post_title="村干部", by="clerk", at=AT)
    row = drawn(county)
    team = TeamSeat.objects.get(draw=row, nominee__unit__code="130109").team
    assert TeamTarget.objects.get(draw=row, unit__code="1301").team != team
