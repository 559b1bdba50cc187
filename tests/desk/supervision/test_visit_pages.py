"""From a figure to a draw, from visits back to what the figure is worth, on the pages of supervision."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Measure
from safemonth.figures.estimates.visits import visits_of
from safemonth.figures.queries import FigureDesk
from safemonth.figures.supported import Supported, claims_for, supported_by
from safemonth.ledger.actions import writing
from safemonth.organisation.actions import NewUnit, add_units, open_account
from safemonth.organisation.models import User
from safemonth.summary.actions import make_summary
from safemonth.summary.queries import changed_figures
from safemonth.verify.visits.models import PlannedVisit, Visit, VisitDraw
from safemonth.verify.visits.queries import audited_of, design_of
from tests.cast import AT, PASSWORD

pytestmark = pytest.mark.django_db
HOSTS = ("1301", "1302", "1303", "d1", "d2", "d3", "130101", "130102")


@pytest.fixture
def month(county):
    """Eight units that hung banners, the first five hundred, the others fewer."""
    add_units(units=[NewUnit("130301", "上庄村", "village", "1303")], by="t", at=AT)
    for number, code in enumerate(HOSTS):
        host = county.unit(code)
        with writing(by="t", at=AT, action="test.deed") as write:
            record_deed(
                write,
                campaign=county.campaign,
                deed=Deed(
                    kind="publicity",
                    title=f"{host}挂横幅",
                    host=host,
                    from_on=date(2019, 6, 3),
                    to_on=date(2019, 6, 3),
                    counts=[Count("banners_hung", host, 500 if not number else 20 + number)],
                ),
                entry={"n": number},
                file_name=f"{code}.json",
                by="t",
                at=AT,
            )
    return county


def signed_in(client, user: User):
    client.force_login(user)
    return client


def drawn(client, county, visits=4) -> VisitDraw:
    said = {"indicator": "banners_hung", "visits": visits, "seed": "公开种子", "cap": "1"}
    assert signed_in(client, county.clerk).post("/supervision/visits/draw", said).status_code == 302
    return VisitDraw.objects.get(is_current=True)


def visited(client, planned: PlannedVisit, found: int):
    measures = planned.draw.measures[planned.unit.code]
    said: dict[str, object] = {"visited_on": "2019-06-18", "note": ""}
    for key in measures:
        said |= {f"found-{key}": found, f"how-{key}": "counted", f"note-{key}": ""}
    return client.post(f"/supervision/visits/{planned.pk}/record", said)


def waiting(draw: VisitDraw, found: Supported) -> tuple[str, ...]:
    """Who was visited out of turn."""
    return visits_of(design_of(draw), audited_of(found.lines)).out_of_turn


def test_what_units_claim_is_what_the_figure_adds_up(month):
    claims = claims_for(FigureDesk.of(month.campaign), "banners_hung")
    assert sum(claim.claimed for claim in claims.claims) == FigureDesk.of(month.campaign).figure("banners_hung").value
    assert sorted(claim.code for claim in claims.claims) == sorted(HOSTS)
    assert {claim.kind for claim in claims.claims} == {"township", "other"}
    for code, keys in claims.measures.items():
        assert Measure.objects.get(pk__in=keys).unit.code == code


def test_the_largest_is_certain_and_once_all_are_visited_the_total_is_known(client, month):
    draw = drawn(client, month, visits=8)
    assert PlannedVisit.objects.get(draw=draw, unit__code="1301").is_certain
    planned = list(PlannedVisit.objects.filter(draw=draw, is_reserve=False).order_by("position"))
    for each in planned:
        claimed = int(next(m["claimed"] for m in draw.design["members"] if m["code"] == each.unit.code))
        assert visited(client, each, claimed - 5).status_code == 302
    found = supported_by(draw, desk=FigureDesk.of(month.campaign))
    claimed = sum(int(member["claimed"]) for member in draw.design["members"])
    assert found.estimate.lower == found.estimate.value == claimed - 5 * len(planned)
    assert found.is_enough and waiting(draw, found) == ()


def test_after_each_visit_the_office_sees_what_is_supported_and_the_interval_does_not_widen(client, month):
    draw = drawn(client, month)
    before = None
    for planned in PlannedVisit.objects.filter(draw=draw, is_reserve=False).order_by("position"):
        claimed = int(next(m["claimed"] for m in draw.design["members"] if m["code"] == planned.unit.code))
        visited(client, planned, claimed)
        found = supported_by(draw, desk=FigureDesk.of(month.campaign)).estimate
        assert found.upper is not None and found.lower <= found.upper
        if before is not None:
            assert found.lower >= before - 1e-6
        before = found.lower
    page = client.get(f"/supervision/visits/draws/{draw.pk}").content.decode()
    assert "<svg" in page and "公开种子" in page


def test_a_visit_out_of_turn_is_kept_and_said_to_be_so(client, month):
    draw = drawn(client, month)
    last = PlannedVisit.objects.filter(draw=draw, is_reserve=False).order_by("position").last()
    assert last is not None
    visited(client, last, 1)
    found = supported_by(draw, desk=FigureDesk.of(month.campaign))
    assert waiting(draw, found) == (last.unit.code,)
    assert {"not_by_draw", "haphazard"} & {remark.code for remark in found.estimate.remarks}


def test_what_a_summary_says_of_visits_is_estimated_once_and_found_changed_after_another_visit(client, month):
    draw = drawn(client, month)
    planned = list(PlannedVisit.objects.filter(draw=draw, is_reserve=False).order_by("position"))
    visited(client, planned[0], 3)
    summary = make_summary(campaign=month.campaign, by="t", at=AT)
    (frozen,) = (figure["id"] for figure in summary.figures if figure["indicator"] == "supported:banners_hung")
    summary.pk, summary.number = None, 2  # The same again, as a second one would be.
    summary.save()
    with CaptureQueriesContext(connection) as asked:
        assert [row["changed"] for row in changed_figures()] == [[], []]
    assert sum("verify_plannedvisit" in each["sql"] for each in asked) <= 2
    visited(client, planned[1], 4)
    assert [row["changed"] for row in changed_figures()] == [[frozen], [frozen]]


def test_a_supervisor_enters_a_visit_the_unit_answers_and_the_clerk_puts_it_on_record(client, month):
    draw = drawn(client, month)
    planned = PlannedVisit.objects.get(draw=draw, unit__code="1301")
    supervisor = open_account(
        username="sup", password=PASSWORD, role="supervisor", unit=month.unit("d3"), by="t", at=AT
    )
    signed_in(client, supervisor)
    assert "500" in client.get(f"/supervision/visits/{planned.pk}").content.decode()
    assert visited(client, planned, 400).status_code == 302
    assert client.get(f"/supervision/visits/{planned.pk}/settle").status_code == 404
    signed_in(client, month.reporter)
    assert "北乡" in client.get("/supervision/visits").content.decode()
    assert client.post(f"/supervision/visits/{planned.pk}/answer", {"text": "另有一百条在村里"}).status_code == 302
    signed_in(client, month.stranger)
    assert client.get(f"/supervision/visits/{planned.pk}").status_code == 404
    signed_in(client, month.clerk)
    page = client.get(f"/supervision/visits/{planned.pk}").content.decode()
    assert "另有一百条在村里" in page
    client.post(f"/supervision/visits/{planned.pk}/settle", {"reason": "清点四百条"})
    assert Visit.objects.get().settled_at is not None
    assert FigureDesk.of(month.campaign).figure("banners_hung", unit="1301").value == 400 + 26 + 27


def test_what_is_left_open_is_said_and_nothing_is_kept(client, month):
    draw = drawn(client, month)
    planned = PlannedVisit.objects.filter(draw=draw).first()
    assert planned is not None
    answer = client.post(f"/supervision/visits/{planned.pk}/record", {"visited_on": "2019-06-18"})
    assert answer.status_code == 422 and not Visit.objects.exists()


def test_a_draw_can_be_downloaded_and_is_replaced_only_with_a_reason(client, month):
    draw = drawn(client, month)
    assert client.get(f"/supervision/visits/draws/{draw.pk}.json").json()["sha256"] == draw.design_sha256
    said = {"indicator": "banners_hung", "visits": 4, "seed": "another", "cap": "1"}
    assert client.post("/supervision/visits/draw", said).status_code == 422
    assert client.post("/supervision/visits/draw", {**said, "reason": "补报后重抽"}).status_code == 302
    assert VisitDraw.objects.count() == 2


def test_the_page_of_a_draw_asks_the_database_as_often_for_many_units_as_for_few(client, month):
    few, many = drawn(client, month, visits=3), None
    client.get(f"/supervision/visits/draws/{few.pk}")
    with CaptureQueriesContext(connection) as before:
        client.get(f"/supervision/visits/draws/{few.pk}")
    said = {"indicator": "banners_hung", "visits": 8, "seed": "x", "cap": "1", "reason": "全部"}
    client.post("/supervision/visits/draw", said)
    many = VisitDraw.objects.get(is_current=True)
    with CaptureQueriesContext(connection) as after:
        client.get(f"/supervision/visits/draws/{many.pk}")
    assert len(after) == len(before)
