"""The pages of rounds: a clerk sets one up and plans it; a unit sees its own vehicle's days and no others."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safemonth.collect.publicity.rounds.actions import lock_stop
from safemonth.collect.publicity.rounds.models import Round, RoundPlan, RoundVehicle, Stop, VehicleDay, VillagePosition
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.publicity.rounds.set_up import made_round, planned

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def on_monday(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2019, 6, 3, 2, 0, tzinfo=UTC))


def page(client, address, status=200) -> str:
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_clerk_opens_a_round_lends_a_vehicle_gives_positions_and_plans(client: Any, county: Any):
    client.force_login(county.clerk)
    told = {"name": "进村", "area": "13", "from_on": "2019-06-03", "to_on": "2019-06-05", "stop_min": 20}
    client.post("/rounds/new", {**told, "method": "straight", "detour_factor": "1.4", "km_per_h": 30})
    round = Round.objects.get()
    vehicle = {"name": "冀1", "unit": "d1", "yard": "大院", "latitude": "39.35", "longitude": "115.45"}
    client.post(f"/rounds/{round.pk}/vehicles/new", {**vehicle, "from_time": "08:00", "to_time": "12:00"})
    assert RoundVehicle.objects.get().days == ["2019-06-03", "2019-06-04", "2019-06-05"]
    table = "村,纬度,经度\n130101,39.31,115.41\n130102,39.33,115.42\n130201,39.36,115.5\n"
    client.post(f"/rounds/{round.pk}/positions", {"file": SimpleUploadedFile("位置.csv", table.encode())})
    assert VillagePosition.objects.count() == 3
    client.post(f"/rounds/{round.pk}/plan", {"seconds": 5, "from_day": "2019-06-03"})
    assert Stop.objects.filter(vehicle_day__plan=RoundPlan.objects.get()).count() == 3
    seen = page(client, f"/rounds/{round.pk}")
    assert "0 / 3" in seen
    assert "no plan needs fewer than 1" in seen
    assert "straight lines × 1.4 at 30 km/h" in seen


def test_a_page_without_a_plan_says_what_is_missing(client: Any, county: Any):
    made = made_round(county, with_positions=False)
    client.force_login(county.clerk)
    assert "Where 13 villages lie is not known" in page(client, f"/rounds/{made.round.pk}")
    assert "The positions of 0 of 13 villages are known" in page(client, f"/rounds/{made.round.pk}/vehicles")


def test_a_plan_that_cannot_be_made_is_refused_beside_the_form(client: Any, county: Any):
    made = made_round(county, with_positions=False)
    client.force_login(county.clerk)
    answer = client.post(f"/rounds/{made.round.pk}/plan", {"seconds": 5, "from_day": "2019-06-03"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "No village is left to be planned for." in answer.content.decode()


def test_a_unit_sees_the_days_of_its_own_vehicle_only(client: Any, county: Any):
    made = made_round(county)
    planned(made)
    police = open_account(
        username="police", password=PASSWORD, role="reporter", unit=county.unit("d2"), by="c", at=AT, post_title="p"
    )
    own = VehicleDay.objects.filter(vehicle__unit__code="d2").first()
    other = VehicleDay.objects.filter(vehicle__unit__code="d1").first()
    client.force_login(police)
    if own:
        assert "Driver" in page(client, f"/rounds/days/{own.pk}")
    if other:
        page(client, f"/rounds/days/{other.pk}", 404)
        page(client, f"/rounds/days/{other.pk}/sheet.pdf", 404)
    page(client, f"/rounds/{made.round.pk}")
    page(client, f"/rounds/{made.round.pk}/plan", 404)


def test_a_unit_with_neither_vehicle_nor_village_in_a_round_finds_no_round(client: Any, county: Any):
    made = made_round(county)
    weather = open_account(
        username="weather", password=PASSWORD, role="reporter", unit=county.unit("d3"), by="c", at=AT, post_title="w"
    )
    client.force_login(weather)
    page(client, f"/rounds/{made.round.pk}", 404)
    assert "宣传车进村" not in page(client, "/rounds")


def test_a_clerk_locks_and_moves_a_stop(client: Any, county: Any):
    made = made_round(county)
    planned(made)
    client.force_login(county.clerk)
    stop = Stop.objects.first()
    assert stop is not None
    client.post(f"/rounds/stops/{stop.pk}/lock", {"lock": "1"})
    assert Stop.objects.get(pk=stop.pk).is_locked
    where = f"{made.vehicles[1].pk} 2019-06-05"
    answer = client.post(f"/rounds/{made.round.pk}/move/{stop.village.code}", {"where": where, "before": ""})
    assert re.fullmatch(r"/rounds/days/\d+", answer["Location"])
    moved = Stop.objects.get(vehicle_day__plan__is_current=True, village=stop.village)
    assert (moved.vehicle_day.vehicle_id, str(moved.vehicle_day.day), moved.is_locked) == (
        made.vehicles[1].pk,
        "2019-06-05",
        True,
    )


def test_a_stop_of_a_plan_that_was_replaced_cannot_be_locked(client: Any, county: Any):
    made = made_round(county)
    old = Stop.objects.filter(vehicle_day__plan=planned(made)).first()
    planned(made)
    client.force_login(county.clerk)
    assert old is not None
    assert client.post(f"/rounds/stops/{old.pk}/lock", {"lock": "1"}).status_code == 404


def test_the_map_is_in_the_page_and_says_in_words_what_it_shows(client: Any, county: Any):
    made = made_round(county)
    planned(made)
    client.force_login(county.clerk)
    seen = page(client, f"/rounds/{made.round.pk}")
    assert seen.count("<polyline") == VehicleDay.objects.count()
    assert re.search(r'aria-label="Map: 13 villages, 0 reached, \d+ vehicle-days', seen)


def test_missed_villages_are_named_and_offered_to_be_planned_again(client: Any, county: Any, monkeypatch: Any):
    made = made_round(county)
    planned(made)
    client.force_login(county.clerk)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2019, 6, 10, 2, 0, tzinfo=UTC))
    seen = page(client, f"/rounds/{made.round.pk}")
    assert "13 villages were missed" in seen
    assert "Plan them again" in seen


def test_sheets_are_pdf_with_every_stop_and_the_same_each_time(client: Any, county: Any):
    made = made_round(county)
    planned(made)
    client.force_login(county.clerk)
    first, again = (client.get(f"/rounds/{made.round.pk}/sheets.pdf") for _ in range(2))
    assert first["Content-Type"] == "application/pdf"
    assert first.content[:5] == b"%PDF-"
    assert first.content == again.content
    one = VehicleDay.objects.first()
    assert one is not None
    assert client.get(f"/rounds/days/{one.pk}/sheet.pdf").content[:5] == b"%PDF-"


def test_the_rounds_page_asks_no_more_of_the_database_for_more_stops(client: Any, county: Any):
    made = made_round(county)
    planned(made)
    client.force_login(county.clerk)
    client.get(f"/rounds/{made.round.pk}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/rounds/{made.round.pk}")
    day = VehicleDay.objects.filter(plan__is_current=True).first()
    assert day is not None
    before = Stop.objects.filter(vehicle_day=day).count()
    village = made.villages["130219"]
    if not Stop.objects.filter(vehicle_day=day, village=village).exists():
        Stop.objects.create(
            vehicle_day=day, number=before + 1, village=village, drive_s=60, begins_s=40_000, leaves_s=41_200
        )
    with CaptureQueriesContext(connection) as more:
        client.get(f"/rounds/{made.round.pk}")
    assert len(more) <= len(few)


def test_letting_a_stop_go_changes_only_that_stop(county: Any):
    made = made_round(county)
    planned(made)
    stops = list(Stop.objects.all())
    lock_stop(stop=stops[0], is_locked=True, by="clerk", at=AT)
    lock_stop(stop=stops[0], is_locked=False, by="clerk", at=AT)
    assert not Stop.objects.filter(is_locked=True).exists()


def test_a_township_sees_its_own_villages_and_not_its_neighbours(client: Any, county: Any):
    made = made_round(county)
    planned(made)
    client.force_login(county.reporter)
    seen = page(client, f"/rounds/{made.round.pk}/villages")
    assert "河口村" in seen
    assert "Village 10" not in seen
    assert "0 / 2" in page(client, f"/rounds/{made.round.pk}")
