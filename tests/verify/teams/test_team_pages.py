"""Pages of supervision teams."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.verify.teams.actions import name_nominee
from safemonth.verify.teams.models import TeamDraw, Tie
from tests.cast import AT

pytestmark = pytest.mark.django_db
DRAW = {"team_count": "2", "a_day": "3", "seed": "公开种子", "days": ["2019-06-17", "2019-06-18"]}


@pytest.fixture
def office(client, county):
    """The clerk, signed in, with two people named by each of three departments."""
    client.force_login(county.clerk)
    for unit in ("d1", "d2", "d3"):
        for n in (1, 2):
            said = {"unit": unit, "post_title": f"{unit}干部{n}", "days": ["2019-06-17", "2019-06-18"]}
            assert client.post("/supervision/teams/nominees/new", said).status_code == 302
    return client


def test_the_clerk_names_people_declares_a_tie_and_draws(office, county):
    page = office.get("/supervision/teams").content.decode()
    assert "d1干部1" in page
    nominee = next(each for each in range(1, 99) if f"/nominees/{each}/withdraw" in page)
    office.post("/supervision/teams/ties/new", {"nominee": nominee, "unit": "1302", "reason": "亲属"})
    assert Tie.objects.get().reason == "亲属"
    answer = office.post("/supervision/teams/draw", {**DRAW, "units": ["1301", "1302", "1303"]})
    assert answer.status_code == 302 and answer["Location"] == "/supervision/teams/draws/1"
    shown = office.get("/supervision/teams/draws/1").content.decode()
    assert "公开种子" in shown and TeamDraw.objects.get().problem_sha256 in shown


def test_a_draw_that_cannot_be_made_says_why_beside_the_form(office, county):
    answer = office.post("/supervision/teams/draw", {**DRAW, "team_count": "9", "units": ["1301"]})
    assert answer.status_code == 422


def test_the_file_of_a_draw_is_all_that_is_needed_to_repeat_it(office, county, tmp_path, capsys):

    office.post("/supervision/teams/draw", {**DRAW, "units": ["1301", "1302"]})
    data = office.get("/supervision/teams/draws/1.json").content
    file = tmp_path / "draw.json"
    file.write_bytes(data)
    call_command("draw", str(file))
    assert "✓" in capsys.readouterr().out
    changed = json.loads(data)
    changed["visited_by"]["1301"] = 3 - changed["visited_by"]["1301"]
    file.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("draw", str(file))


def test_a_reporter_learns_nothing_of_teams_and_a_leader_reads(client, county):
    client.force_login(county.reporter)
    assert client.get("/supervision/teams").status_code == 404
    client.force_login(county.leader)
    assert client.get("/supervision/teams").status_code == 200
    assert client.get("/supervision/teams/draw").status_code == 404


def test_the_page_asks_the_database_as_often_for_many_as_for_one(office, county):
    office.get("/supervision/teams")
    with CaptureQueriesContext(connection) as few:
        office.get("/supervision/teams")
    for n in range(10):
        name_nominee(campaign=county.campaign, unit=county.unit("d1"), post_title=f"x{n}", by="t", at=AT)
    with CaptureQueriesContext(connection) as many:
        office.get("/supervision/teams")
    assert len(many) == len(few)
