"""The register, a hazard's page with a form for each move, the table sent upward; who sees what."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent, HazardPhoto
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.evidence.photo_files import photo
from tests.collect.inspection.hazards.entering import a_hazard, a_workplace, an_inspector, say

pytestmark = pytest.mark.django_db


def page(client: Any, user: Any, name: str, *args: Any, **query: str) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def post(client: Any, user: Any, name: str, *args: Any, **given: Any) -> Any:
    client.force_login(user)
    return client.post(reverse(name, args=args), given, HTTP_ACCEPT_LANGUAGE="en")


def codes_on(text: str) -> set[str]:
    return {row.code for row in Hazard.objects.all() if row.code in text}


def test_the_register_is_narrowed_and_says_what_wants_something(client, county):
    mine, gas = a_workplace(county), a_workplace(county, "南乡气站", township="1302", department=None, trade="gas")
    overdue = a_hazard(county, "order", workplace=mine)
    major = a_hazard(county, workplace=gas, grade="major", text="储罐区没有防雷")
    done = a_hazard(county, "report_done", workplace=mine)
    closed = a_hazard(county, "report_done", "pass", workplace=mine)
    stopped = a_hazard(county, "stop", workplace=mine)
    held = say(county, uuid4(), "pass", 3)

    def shown(**asked: str) -> set[str]:
        return codes_on(page(client, county.clerk, "hazards", **asked))

    assert shown() == {row.code for row in (overdue, major, done, closed, stopped, held)}
    assert shown(only="overdue") == {overdue.code}
    assert shown(only="recheck") == {done.code}
    assert shown(only="no_deadline") == {major.code, stopped.code}
    assert shown(only="stopped") == {stopped.code}
    assert shown(only="held") == {held.code}
    assert shown(only="closed") == shown(state="closed") == {closed.code}
    assert shown(grade="major") == shown(trade="gas") == shown(township="1302") == {major.code}
    assert shown(charge="1302") == shown(text="防雷") == shown(workplace=str(gas.pk)) == {major.code}
    assert shown(text=major.code.lower().replace("-", " ")) == {major.code}
    # A workplace that was merged is its survivor.
    gas.merged_into = mine
    gas.save()
    assert major.code in shown(workplace=str(mine.pk))
    assert shown(workplace="x") == shown()


def test_the_register_takes_as_many_statements_for_many_as_for_few(client, county, django_assert_max_num_queries):
    mine = a_workplace(county)
    client.force_login(county.clerk)
    for count in (1, 8):
        for _ in range(count):
            a_hazard(county, "order", workplace=mine)
        with django_assert_max_num_queries(14):
            assert client.get(reverse("hazards")).status_code == 200


def test_a_hazards_page_takes_as_many_statements_for_many_events_as_for_few(
    client, county, django_assert_max_num_queries
):
    short = a_hazard(county, "order")
    long = a_hazard(county, "order", "start", "ask_extension", "extend", "report_done", "fail", "report_done", "settle")
    client.force_login(county.clerk)
    for hazard in (short, long):
        with django_assert_max_num_queries(18):
            assert client.get(reverse("hazard", args=[hazard.code])).status_code == 200


def test_strangers_see_nothing_and_readers_may_do_nothing(client, county):
    hazard = a_hazard(county, "order", workplace=a_workplace(county))
    client.force_login(county.stranger)
    for name, args in (
        ("hazard", [hazard.code]),
        ("hazard-move", [hazard.code, "report_done"]),
        ("hazard-photos", [hazard.code]),
        ("hazard-photo", [hazard.code, 1]),
        ("hazards-upward", []),
        ("hazard-new", []),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404, name
    assert not codes_on(page(client, county.stranger, "hazards"))
    supervisor = open_account(username="s", password=PASSWORD, role="supervisor", unit=county.unit("d2"), by="t", at=AT)
    assert "What you may do next" not in page(client, supervisor, "hazard", hazard.code)
    assert post(client, supervisor, "hazard-move", hazard.code, "pass").status_code == 404
    # One's own township's is there, and its reporter cannot recheck it.
    assert "report_done" in page(client, county.reporter, "hazard", hazard.code)
    assert post(client, county.reporter, "hazard-move", hazard.code, "order").status_code == 404


def test_from_finding_to_closing_over_the_pages_with_photos(client, county):
    inspector, other = an_inspector(county), an_inspector(county, username="other")
    mine = a_workplace(county)
    key = str(uuid4())
    found = {"key": key, "workplace": mine.pk, "text": "配电箱无门", "grade": "ordinary", "spot": "=1+1"}
    deadline = (timezone.localdate() + timedelta(days=5)).isoformat()
    for _ in range(2):
        # Sent twice over a bad network.
        answer = post(client, inspector, "hazard-new", **found, deadline_on=deadline, photos=_photo(1))
    hazard = Hazard.objects.get()
    assert answer.url == reverse("hazard", args=[hazard.code])
    assert (hazard.state, hazard.workplace, HazardEvent.objects.count()) == ("ordered", mine, 2)

    answer = post(client, county.reporter, "hazard-move", hazard.code, "report_done", note="已装门", photos=_photo(2))
    assert answer.status_code == 302
    assert [row.shows for row in HazardPhoto.objects.all()] == ["before", "after"]
    shown = page(client, county.clerk, "hazard", hazard.code)
    assert "已装门" in shown and "photo: not looked at yet" in shown
    assert post(client, other, "hazard-move", hazard.code, "fail", reason="").status_code == 422
    assert post(client, other, "hazard-move", hazard.code, "pass", photos=_photo(3)).status_code == 302
    hazard.refresh_from_db()
    assert (hazard.state, hazard.closed_on) == ("closed", timezone.localdate())
    # What does not fit is said beside what was typed.
    answer = post(client, other, "hazard-move", hazard.code, "order", deadline_on=deadline)
    assert (answer.status_code, "does not fit" in answer.content.decode()) == (422, True)


def _photo(seed: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{seed}.jpg", photo(seed), content_type="image/jpeg")


def test_the_clerk_who_reported_for_somebody_cannot_recheck(client, county):
    hazard = a_hazard(county, "order")
    assert post(client, county.clerk, "hazard-move", hazard.code, "report_done").status_code == 302
    assert f"hazards/{hazard.code}/pass" not in page(client, county.clerk, "hazard", hazard.code)
    answer = post(client, county.clerk, "hazard-move", hazard.code, "pass")
    assert (answer.status_code, "somebody else" in answer.content.decode()) == (422, True)
    text = SimpleUploadedFile("x.jpg", b"no photo", content_type="image/jpeg")
    other = an_inspector(county)
    assert post(client, other, "hazard-move", hazard.code, "pass", photos=text).status_code == 422


def test_every_move_that_is_offered_has_a_form(client, county):
    hazards = [
        a_hazard(county),
        a_hazard(county, "order"),
        a_hazard(county, "order", "ask_extension"),
        a_hazard(county, "stop"),
        a_hazard(county, "report_done"),
        a_hazard(county, "report_done", "pass"),
    ]
    seen = set()
    for hazard in hazards:
        text = page(client, county.clerk, "hazard", hazard.code)
        for move in ("grade", "correct", "settle", "order", "start", "ask_extension", "extend", "refuse_extension",
                     "report_done", "pass", "fail", "list", "stop", "resume", "refer", "penalise", "reopen", "join"):  # fmt: skip
            if reverse("hazard-move", args=[hazard.code, move]) in text:
                seen.add(move)
                assert "<form" in page(client, county.clerk, "hazard-move", hazard.code, move)
    assert len(seen) == 18
    joined = post(client, county.clerk, "hazard-move", hazards[1].code, "join", same_as=hazards[0].code, reason="r")
    assert joined.status_code == 302
    assert hazards[1].code in page(client, county.clerk, "hazard", hazards[0].code)
    assert post(client, county.clerk, "hazard-move", hazards[1].code, "part", reason="r").status_code == 302
    wrong = post(client, county.clerk, "hazard-move", hazards[1].code, "join", same_as="HZ-2222-2222", reason="r")
    assert wrong.status_code == 422


def test_the_register_as_a_spreadsheet_holds_texts_as_texts(client, county):
    hazard = a_hazard(county, "order", workplace=a_workplace(county), text="=HYPERLINK(1)")
    client.force_login(county.clerk)
    sheet = load_workbook(io.BytesIO(client.get(reverse("hazards-sheet")).content)).active
    assert isinstance(sheet, Worksheet)
    row = [cell.value for cell in sheet[3]]
    assert (row[0], row[5], sheet["F3"].data_type) == (hazard.code, "=HYPERLINK(1)", "s")
    assert hazard.deadline_on is not None
    assert row[10] == (timezone.localdate() - hazard.deadline_on).days


def test_the_table_sent_upward_is_by_trade_and_as_of_its_day(client, county):
    mine = a_workplace(county)
    a_hazard(county, "order", workplace=mine)
    a_hazard(county, "order", "settle", workplace=mine, grade="major")
    a_hazard(county, "report_done", "pass", workplace=mine)
    client.force_login(county.leader)
    answer = client.get(reverse("hazards-upward-sheet"), {"until": "2019-06-30"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert isinstance(sheet, Worksheet)
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=3)}
    line = [0, 2, 1, 50, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0.03]
    assert [row for row in rows.values() if row[1]] == [line, line]
    # The one rechecked on the fifth was open on the fourth.
    text = page(client, county.leader, "hazards-upward", until="2019-06-04")
    assert "keeps the rules" in text


def test_the_table_of_moves_is_shown_with_its_diagram(client, county):
    text = page(client, county.reporter, "hazard-states")
    assert "<svg" in text and "passed its recheck" in text and "style=" not in text.split("<svg")[1].split("</svg>")[0]
