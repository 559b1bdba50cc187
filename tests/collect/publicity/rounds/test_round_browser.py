"""In a real browser: the pages of rounds are readable and accessible, and a round is planned by keyboard alone."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from safemonth.collect.publicity.rounds.models import Stop, VehicleDay
from tests.cast import PASSWORD, set_up_county
from tests.collect.publicity.rounds.set_up import MONDAY, made_round, planned


@pytest.fixture
def made(live_server, transactional_db, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2019, 6, 3))
    return made_round(set_up_county())


def signed_in(browser, site, *, locale="zh-CN", width=1280):
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", "clerk")
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 390), ("en-GB", 1280)])
def test_pages_are_readable_and_accessible(browser, live_server, made, locale, width):
    planned(made, today=MONDAY)
    page = signed_in(browser, live_server.url, locale=locale, width=width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    stop = Stop.objects.select_related("village").first()
    round = f"/rounds/{made.round.pk}"
    own = [f"/rounds/days/{VehicleDay.objects.all()[0].pk}", f"{round}/move/{stop.village.code if stop else ''}"]
    for part in ("", "/villages", "/vehicles", "/vehicles/new", "/hours/new", "/positions", "/plan", "/book"):
        own.append(round + part)
    for address in ("/rounds", "/rounds/new", *own):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert errors == []


def test_a_round_is_planned_and_a_stop_locked_by_keyboard_alone(browser, live_server, made):
    page = signed_in(browser, live_server.url, locale="en-GB")
    page.goto(f"{live_server.url}/rounds/{made.round.pk}/plan")
    page.locator("#id_seconds").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Vehicle-days", exact=True).first.wait_for(timeout=60_000)
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    lock = page.locator("button[name=lock]").first
    lock.focus()
    page.keyboard.press("Enter")
    page.get_by_text("locked", exact=True).first.wait_for()
    assert Stop.objects.filter(is_locked=True).count() == 1
