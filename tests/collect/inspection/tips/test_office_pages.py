"""The office's pages of reports and a unit's: who sees what, looks at personal data noted, the same questions for many."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.inspection.tips import actions
from safemonth.collect.inspection.tips.models import Tip, TipStep
from safemonth.organisation.actions import open_account
from tests.cast import PASSWORD
from tests.collect.inspection.tips.reporting import AT, NAME, PHONE, TEXT, depot, jpeg, reported

CLERK: dict[str, Any] = {"by": "clerk", "at": AT}


def questions(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def many(county, count, start=0):
    for number in range(start, start + count):
        tip = reported(county, text=f"第{number}件各不相同的事情", at=AT + timedelta(minutes=number))
        tip = actions.accept(tip=tip, **CLERK)
        actions.pass_on(tip=tip, unit=county.unit("1301"), told=f"核查{number}", **CLERK)
        actions.send_message(tip=tip, nonce=f"m{number}", text="?", is_question=True, at=AT)


def test_the_lists_ask_as_much_for_many_as_for_few(client, county):
    many(county, 2)
    client.force_login(county.clerk)
    few = [questions(client, page) for page in ("/tips", "/tips?show=late&township=1301", "/tips/passed-on")]
    many(county, 20, start=2)
    assert [questions(client, page) for page in ("/tips", "/tips?show=late&township=1301", "/tips/passed-on")] == few
    assert max(few) < 25


def test_one_page_asks_as_much_for_many_steps_as_for_few(client, county):
    tip = actions.accept(tip=reported(county, photos=(jpeg(),)), **CLERK)
    client.force_login(county.clerk)
    few = questions(client, f"/tips/{tip.number}")
    for number in range(6):
        actions.pass_on(tip=tip, unit=county.unit(("d2", "d3")[number % 2]), told="请核查", **CLERK)
        reported(county, f"{number:032}", text=TEXT)
    assert questions(client, f"/tips/{tip.number}") == few


def test_the_list_is_narrowed(client, county):
    tip = reported(county)
    held = reported(county, suspicions=("too_quick",))
    other = reported(county, text="另一件在南乡的事情要报告", township=county.unit("1302"))
    client.force_login(county.clerk)

    def listed(query):
        return {row.number for row in client.get(f"/tips?{query}").context["page"]}

    assert listed("") == {tip.number, held.number, other.number}
    assert listed("show=held") == {held.number}
    assert listed("show=open&township=1302") == {other.number}
    assert listed("show=late") == {tip.number, held.number, other.number}
    assert listed("show=asked") == listed("show=closed") == set()
    assert listed("show=nonsense&page=99") == {tip.number, held.number, other.number}


@pytest.mark.parametrize("who", ["leader", "reporter", "stranger", None])
def test_nobody_but_the_office_sees_a_report(client, county, who):
    tip = reported(county, photos=(jpeg(),))
    if who:
        client.force_login(getattr(county, who))
    for page in ("/tips", f"/tips/{tip.number}", f"/tips/{tip.number}/photos/1", f"/tips/{tip.number}/pass-on"):
        assert client.get(page).status_code == 404
    assert client.post(f"/tips/{tip.number}/accept").status_code == 404


def test_who_reported_is_shown_only_on_asking_and_the_look_is_noted(client, county):
    tip = reported(county)
    client.force_login(county.clerk)
    for page in ("/tips", f"/tips/{tip.number}"):
        shown = client.get(page).content.decode()
        assert NAME not in shown
        assert PHONE not in shown
    assert TipStep.objects.count() == 0
    shown = client.post(f"/tips/{tip.number}")
    assert PHONE in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert TipStep.objects.get().move == "contact_seen"
    assert TipStep.objects.get().taken_by == "clerk"


def test_a_unit_reads_what_it_is_told_and_never_the_report(client, county):
    tip = actions.accept(tip=reported(county, photos=(jpeg(position=True),)), **CLERK)
    actions.pass_on(tip=tip, unit=county.unit("1301"), told="请核查北关仓库的消防通道", **CLERK)
    client.force_login(county.reporter)
    page = client.get(f"/tips/passed-on/{tip.number}").content.decode()
    assert "请核查北关仓库" in page
    for never in (TEXT, NAME, PHONE, "39.34"):
        assert never not in page
        assert never not in client.get("/tips/passed-on").content.decode()
    assert client.get(f"/tips/passed-on/{tip.number}/photos/1").status_code == 404
    client.force_login(county.stranger)
    assert client.get(f"/tips/passed-on/{tip.number}").status_code == 404
    assert tip.number not in client.get("/tips/passed-on").content.decode()


def test_a_unit_that_is_shown_photos_gets_the_bare_copy(client, county):
    tip = actions.accept(tip=reported(county, photos=(jpeg(position=True),)), **CLERK)
    actions.pass_on(tip=tip, unit=county.unit("1301"), told="请核查", shows_photos=True, **CLERK)
    client.force_login(county.reporter)
    photo = client.get(f"/tips/passed-on/{tip.number}/photos/1?original=1").content
    assert photo.startswith(b"\xff\xd8\xff")
    assert b"could be known" not in photo
    assert b"Exif" not in photo


def test_a_report_goes_through_the_pages_to_its_end(client, county):
    tip = reported(county)
    client.force_login(county.clerk)
    at = f"/tips/{tip.number}"
    assert client.post(f"{at}/accept").status_code == 302
    assert client.post(f"{at}/accept").status_code == 422
    assert client.post(f"{at}/pass-on", {"unit": "1301", "told": "请核查", "words": "已转北乡"}).status_code == 302
    client.force_login(county.reporter)
    assert client.post(f"/tips/passed-on/{tip.number}", {"is_hazard": "yes", "told": "属实"}).status_code == 302
    client.force_login(county.clerk)
    place = depot(county)
    hazard = {"workplace": place.pk, "text": "通道堵塞", "grade": "ordinary", "spot": "仓库"}
    assert client.post(f"{at}/hazard", hazard).status_code == 302
    tip.refresh_from_db()
    assert tip.hazard is not None
    assert (tip.state, tip.hazard.state, tip.hazard.workplace) == ("hazard", "found", place)
    assert client.post(f"{at}/finish/close", {"words": "完成"}).status_code == 422
    assert client.post(f"{at}/reward", {"yuan": "1000"}).status_code == 302
    assert client.post(f"{at}/finish/delete", {"words": "x"}).status_code == 404
    assert Tip.objects.count() == 1


def test_the_file_as_it_arrived_is_a_download_for_the_clerk_alone(client, county):
    tip = reported(county, photos=(jpeg(position=True),))
    client.force_login(county.clerk)
    answer = client.get(f"/tips/{tip.number}/photos/1?original=1")
    assert answer.content == jpeg(position=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    supervisor = open_account(username="sv", password=PASSWORD, role="supervisor", unit=county.unit("d2"), **CLERK)
    client.force_login(supervisor)
    assert client.get(f"/tips/{tip.number}/photos/1?original=1").status_code == 404
