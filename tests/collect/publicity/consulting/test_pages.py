"""Pages of the consulting day: who sees which, what they do, and that they grow no slower with more booths."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from safemonth.collect.activities.models import Activity
from safemonth.collect.publicity.consulting.actions import add_wish, make_roster, move_booth, report_booth
from safemonth.collect.publicity.consulting.models import Booth, BoothPlace, BoothReport, ConsultingDay, Site, Wish
from safemonth.collect.publicity.consulting.rules import Said
from safemonth.collect.publicity.materials.actions import add_design
from safemonth.collect.publicity.materials.models import Handout
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.evidence.photo_files import photo
from tests.collect.publicity.consulting.days import made_day


@pytest.fixture
def made(county):
    """The cast's day, and a reporter of the police and one of the weather bureau."""
    for name, unit in (("police", "d2"), ("weather", "d3")):
        open_account(username=name, password=PASSWORD, role="reporter", unit=county.unit(unit), by="t", at=AT)
    return made_day(county)


def sign_in(client, name="clerk", language="en"):
    client.login(username=name, password=PASSWORD)
    client.post("/language", {"language": language})


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_clerk_sets_a_day_up_from_the_plan_to_the_roster(client, county):
    sign_in(client)
    assert "Consulting day" in page(client, "/consulting")
    client.post("/consulting/open", {"task": county.consulting.pk})
    day = ConsultingDay.objects.get()
    for name in ("朝阳路口", "迎宾路口"):
        site = {"name": name, "holds": 2, "least": 0, "latitude": "39.35", "longitude": "115.49", "room_boards": 9}
        assert client.post(f"/consulting/{day.pk}/sites/add", site).status_code == 302
    client.post(f"/consulting/{day.pk}/booths/add", {"asked": "1"})
    assert Booth.objects.count() == 3 and Site.objects.get(number=1).room == {"boards": 9}
    booth = Booth.objects.get(unit__code="d2")
    client.post(f"/consulting/booths/{booth.pk}", {"copies": 900, "brings_boards": 4, "materials": "折页"})
    first, second = Booth.objects.order_by("pk")[:2]
    wish = {"booth": first.pk, "kind": "together", "other": second.pk, "must": "1"}
    client.post(f"/consulting/{day.pk}/wishes/add", wish)
    assert "stand together." in page(client, f"/consulting/{day.pk}/wishes")
    client.post(f"/consulting/{day.pk}/roster/solve")
    shown = page(client, f"/consulting/{day.pk}/roster")
    assert "no better one is possible" in shown and "weather bureau" in shown
    assert "2 / 2" in page(client, f"/consulting/{day.pk}")


def test_a_site_that_cannot_be_is_said_beside_what_was_typed(client, made):
    sign_in(client)
    answer = client.post(f"/consulting/{made.day.pk}/sites/add", {"name": "朝阳路口", "holds": 3, "least": 0})
    assert answer.status_code == 422 and "There is a site" in answer.content.decode()


def test_the_roster_page_says_why_it_cannot_be_done_and_what_would_do(client, made):
    add_wish(booth=made.booths["d1"], kind="at", site=made.sites[0], by="clerk", at=AT)
    add_wish(booth=made.booths["d1"], kind="not_at", site=made.sites[0], by="clerk", at=AT)
    sign_in(client)
    client.post(f"/consulting/{made.day.pk}/roster/solve")
    shown = page(client, f"/consulting/{made.day.pk}/roster")
    assert "These cannot all hold:" in shown and "safety bureau stands at Chaoyang crossing." in shown
    assert "Withdraw the wish: safety bureau does not stand at Chaoyang crossing." in shown
    client.post(f"/consulting/wishes/{Wish.objects.latest('pk').pk}/withdraw")
    client.post(f"/consulting/{made.day.pk}/roster/solve")
    assert "These cannot all hold:" not in page(client, f"/consulting/{made.day.pk}/roster")


def test_the_clerk_moves_a_booth_and_lets_it_go(client, made):
    make_roster(day=made.day, by="clerk", at=AT)
    sign_in(client)
    booth, site = made.booths["d2"], made.sites[1]
    client.post(f"/consulting/booths/{booth.pk}/move", {"site": site.pk})
    assert "by hand" in page(client, f"/consulting/{made.day.pk}/roster")
    assert client.post(f"/consulting/booths/{booth.pk}/move", {"site": site.pk + 1000}).status_code == 404
    place = BoothPlace.objects.get(roster__is_current=True, booth=booth)
    assert place.site == site and place.is_locked
    client.post(f"/consulting/places/{place.pk}/release")
    assert ">by hand</span>" not in page(client, f"/consulting/{made.day.pk}/roster")


def test_a_booth_reports_from_a_phone_and_sees_what_was_received(client, made):
    make_roster(day=made.day, by="clerk", at=AT)
    sign_in(client, "police")
    address = f"/consulting/booths/{made.booths['d2'].pk}/report"
    assert "We are here" in page(client, address)
    client.post(address, {"key": "k-here"})
    said = {"key": "k1", "value-people_consulted": "约300", "value-leaflets_distributed": "1,200", "note": "雨"}
    client.post(address, {**said, "photo": SimpleUploadedFile("a.jpg", photo(1), "image/jpeg")})
    shown = page(client, address)
    assert 'value="约300"' in shown and 'value="1,200"' in shown and "We are here" not in shown
    assert BoothReport.objects.filter(photo__isnull=False).count() == 1


def test_a_booth_gives_out_copies_from_its_units_stock_and_the_day_counts_them_once(client, county, made):
    design = add_design(
        campaign=county.campaign,
        title="安全生产法折页",
        kind="leaflet",
        indicator="leaflets_distributed",
        owner=county.unit("d1"),
        by="clerk",
        at=AT,
    )
    client.force_login(county.clerk)
    address = f"/consulting/booths/{made.booths['d1'].pk}/hand-out"
    given = {"design": design.pk, "copies": "70", "place": "d1", "key": "6b1f7c0e-8a5e-4a67-9d0c-0d8a1b0e8f11"}
    for _ in range(2):
        assert client.post(address, given).status_code == 302
    handout = Handout.objects.get()
    assert (handout.copies, handout.occasion) == (70, f"consulting-day:{made.day.pk}")


def test_a_total_that_falls_is_asked_about_and_what_was_typed_stays(client, made):
    sign_in(client, "police")
    address = f"/consulting/booths/{made.booths['d2'].pk}/report"
    client.post(address, {"key": "k1", "value-people_consulted": "300"})
    answer = client.post(address, {"key": "k2", "value-people_consulted": "40", "note": "下午"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "cannot fall" in shown
    assert 'value="40"' in shown and 'value="下午"' in shown and 'value="k2"' in shown
    client.post(address, {"key": "k2", "value-people_consulted": "40", "correction": "1"})
    assert 'value="40"' in page(client, address)


def test_a_reporter_sees_the_booth_of_the_own_unit_and_nothing_of_another(client, made):
    make_roster(day=made.day, by="clerk", at=AT)
    sign_in(client, "police")
    shown = page(client, "/consulting")
    assert "police" in shown and "weather bureau" not in shown
    assert client.get(f"/consulting/booths/{made.booths['d2'].pk}/call-sheet.pdf").status_code == 200
    other = made.booths["d3"].pk
    for address in (
        f"/consulting/booths/{other}/report",
        f"/consulting/booths/{other}/call-sheet.pdf",
        f"/consulting/{made.day.pk}",
        f"/consulting/{made.day.pk}/board",
        f"/consulting/{made.day.pk}/roster",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/consulting/booths/{other}/report", {"key": "x"}).status_code == 404
    assert not BoothReport.objects.exists()


def test_a_leader_reads_and_changes_nothing(client, made):
    make_roster(day=made.day, by="clerk", at=AT)
    sign_in(client, "leader")
    for part in ("", "/sites", "/booths", "/roster", "/board"):
        assert "<form" not in page(client, f"/consulting/{made.day.pk}{part}").split("<main")[1]
    for part in ("roster/solve", "close", "wishes/add", "booths/add"):
        assert client.post(f"/consulting/{made.day.pk}/{part}").status_code == 404


def test_who_is_not_signed_in_learns_nothing(client, made):
    for address in ("", f"/{made.day.pk}", f"/{made.day.pk}/board/rows", f"/booths/{made.booths['d1'].pk}/report"):
        assert client.get(f"/consulting{address}").status_code == 404


def test_the_board_fills_and_the_day_closes_into_one_event(client, made):
    make_roster(day=made.day, by="clerk", at=AT)
    sign_in(client)
    rows = f"/consulting/{made.day.pk}/board/rows"
    assert page(client, rows).count("not yet") == 3
    for code in ("d1", "d2"):
        counts = {"people_consulted": Said(200, "exact", "200")}
        report_booth(booth=made.booths[code], key="a", counts=counts, by=code, at=AT)
    shown = page(client, rows)
    assert shown.count("not yet") == 1 and ">400<" in shown and "2 / 3" in shown
    answer = client.post(f"/consulting/{made.day.pk}/close")
    activity = Activity.objects.get()
    assert answer["Location"] == f"/activities/{activity.pk}"
    report_booth(booth=made.booths["d3"], key="a", counts={}, by="d3", at=AT)
    assert "1 report came since the day was closed" in page(client, f"/consulting/{made.day.pk}/board")
    client.post(f"/consulting/{made.day.pk}/close")
    assert Activity.objects.filter(is_current=True).count() == 1


def test_sheets_are_pdfs_with_a_page_for_each_and_the_same_each_time(client, made):
    sign_in(client)
    assert client.get(f"/consulting/{made.day.pk}/call-sheets.pdf").status_code == 422
    make_roster(day=made.day, by="clerk", at=AT)
    sheets = client.get(f"/consulting/{made.day.pk}/call-sheets.pdf")
    assert sheets["Content-Type"] == "application/pdf" and pages_of(sheets.content) == 3
    assert client.get(f"/consulting/{made.day.pk}/call-sheets.pdf").content == sheets.content
    plans = client.get(f"/consulting/{made.day.pk}/site-plans.pdf")
    assert pages_of(plans.content) == 3  # All sites, then each of the two.


def pages_of(data):
    return len(PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("part", ["", "/sites", "/booths", "/wishes", "/roster", "/board", "/board/rows"])
def test_a_page_asks_the_database_as_often_for_three_booths_as_for_one(
    client, made, part, django_assert_max_num_queries
):
    sign_in(client)
    move_booth(booth=made.booths["d1"], site=made.sites[0], by="clerk", at=AT)
    report_booth(booth=made.booths["d1"], key="a", counts={"people_consulted": Said(9, "exact", "9")}, by="u", at=AT)
    add_wish(booth=made.booths["d1"], kind="at", site=made.sites[0], by="clerk", at=AT)
    with CaptureQueriesContext(connection) as few:
        page(client, f"/consulting/{made.day.pk}{part}")
    for code in ("d2", "d3"):
        move_booth(booth=made.booths[code], site=made.sites[0], by="clerk", at=AT)
        report_booth(
            booth=made.booths[code], key="a", counts={"people_consulted": Said(9, "exact", "9")}, by="u", at=AT
        )
        add_wish(booth=made.booths[code], kind="together", other=made.booths["d1"], by="clerk", at=AT)
    with django_assert_max_num_queries(len(few)):
        page(client, f"/consulting/{made.day.pk}{part}")
