"""The demo's supervision: five bodies name two people each, two teams are drawn, twelve units visited for their leaflets.

The seeds are texts that were published before; what is found is the deeds' own numbers but for two units, one of which
could show fewer and one of which had counted a bundle twice. The findings wait for the office to put them on record.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from safemonth.collect.activities.models import Measure
from safemonth.collect.publicity.rounds.actions import keep_positions
from safemonth.collect.publicity.rounds.queries import positions_of
from safemonth.demo.county import SUPERVISING
from safemonth.demo.sent import moment
from safemonth.demo.step import Step
from safemonth.figures.queries import FigureDesk
from safemonth.figures.supported import claims_for, teams_by_unit
from safemonth.lib.digests import sha256_hex
from safemonth.organisation.models import User
from safemonth.organisation.queries import unit_by_code
from safemonth.plan.models import Campaign, Indicator
from safemonth.verify.teams.actions import declare_tie, draw_teams, name_nominee
from safemonth.verify.teams.queries import nominees_of
from safemonth.verify.visits.actions import Found, answer_visit, draw_visits, record_visit
from safemonth.verify.visits.models import PlannedVisit, VisitDraw

POSTS = ("科长", "科员")
TESTED = "leaflets_distributed"
VISITS = 12
DAYS = [date(2019, 7, day) for day in (8, 9, 10, 11, 12)]
VISIT_SEED = "2019年7月6日福利彩票双色球开奖号码 05 11 16 22 27 31 09"
TEAM_SEED = "2019年7月7日福利彩票七乐彩开奖号码 02 08 13 17 21 26 29 04"
# Place in the drawn order -> what share of the claim was found there, how, and what the visitors noted.
SHORT = {3: (0.9, "documented", "有签收单的部分"), 7: (0.75, "counted", "同一批宣传单登记了两次")}
NAMESPACE = uuid5(NAMESPACE_URL, "safemonth:demo:visits")


def supervision_steps() -> list[Step]:
    """Return the steps in order of time."""
    return [
        Step(moment(6, 14, 9), "supervision: bodies name people", name_people),
        Step(moment(7, 6, 21, 30), "supervision: units to visit drawn", draw_units),
        Step(moment(7, 7, 21, 30), "supervision: teams drawn", draw_the_teams),
        Step(moment(7, 12, 18), "supervision: visits", visit_units),
    ]


def name_people(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Name two posts of each of five bodies, and declare one tie."""
    for code in SUPERVISING:
        for post in POSTS:
            name_nominee(campaign=campaign, unit=unit_by_code(code), post_title=post, by=by, at=at)
    first = nominees_of(campaign).first()
    if first:
        declare_tie(nominee=first, unit=unit_by_code("130633100"), reason="配偶在该镇任职", by=by, at=at)


def draw_units(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Draw twelve units with chances by what they claim, signals raising some."""
    found = claims_for(FigureDesk.of(campaign), TESTED)
    draw_visits(
        campaign=campaign,
        indicator=Indicator.objects.get(pk=TESTED),
        claims=found.claims,
        measures=found.measures,
        visits=VISITS,
        seed=VISIT_SEED,
        by=by,
        at=at,
    )


def _planned(campaign: Campaign) -> list[PlannedVisit]:
    draw = VisitDraw.objects.get(campaign=campaign, indicator=TESTED, is_current=True)
    planned = PlannedVisit.objects.filter(draw=draw, is_reserve=False).order_by("position")
    return list(planned.select_related("unit", "draw__campaign"))


def draw_the_teams(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Draw two mixed teams for those units."""
    units = [each.unit for each in _planned(campaign)]
    known = positions_of(units)
    unknown = [unit for unit in units if unit.pk not in known]
    keep_positions(positions={unit: _made_position(unit.code) for unit in unknown}, source="演示用位置", by=by, at=at)
    draw_teams(campaign=campaign, seed=TEAM_SEED, team_count=2, units=units, days=DAYS, by=by, at=at)


def _made_position(code: str) -> tuple[Decimal, Decimal]:
    """Return a made latitude and longitude within the county, the same for a code on every run."""
    north, east = (int(sha256_hex(f"{code} {axis}".encode())[:6], 16) % 4000 for axis in ("north", "east"))
    return Decimal("39.12") + Decimal(north) / 10000, Decimal("115.00") + Decimal(east) / 7500


def visit_units(campaign: Campaign, *, by: str, at: datetime) -> None:
    """Enter what the teams found, in the drawn order; one unit answers."""
    supervisor = User.objects.get(username="supervisor")
    teams = teams_by_unit(campaign)
    for planned in _planned(campaign):
        share, how, note = SHORT.get(planned.position, (1.0, "counted", ""))
        measures = Measure.objects.filter(pk__in=planned.draw.measures[planned.unit.code]).order_by("pk")
        made = record_visit(
            planned=planned,
            found=[Found(each.pk, int(each.value * share), how, note) for each in measures],
            visited_on=DAYS[(planned.position - 1) * len(DAYS) // VISITS],
            key=uuid5(NAMESPACE, planned.unit.code),
            team=teams.get(planned.unit.code),
            user=supervisor,
            by=supervisor.username,
            at=at,
        )
        if share < 1 and how == "documented":
            answer_visit(visit=made, text="另有部分由各村发放，签收单在村里。", by=planned.unit.code, at=at)
