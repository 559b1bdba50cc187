"""In a real browser: the pages are readable and accessible, and the board fills by itself."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from safemonth.collect.publicity.consulting.actions import add_wish, make_roster, report_booth
from safemonth.collect.publicity.consulting.rules import Said
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.publicity.consulting.days import made_day

PAGES = ("", "/sites", "/sites/add", "/booths", "/wishes", "/roster", "/board")


@pytest.fixture
def made(live_server, transactional_db):
    made = made_day(set_up_county())
    for booth in made.booths.values():
        add_wish(booth=booth, kind="at", site=made.sites[0], by="clerk", at=AT)
    make_roster(day=made.day, by="clerk", at=AT)
    return made


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
    page = signed_in(browser, live_server.url, locale=locale, width=width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    own = f"/consulting/booths/{made.booths['d1'].pk}"
    for address in ("/consulting", *(f"/consulting/{made.day.pk}{part}" for part in PAGES), own, f"{own}/report"):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert errors == []


def test_the_board_fills_while_one_looks_at_it(browser, live_server, made):
    page = signed_in(browser, live_server.url, locale="en-GB")
    page.clock.install()
    page.goto(f"{live_server.url}/consulting/{made.day.pk}/board")
    assert "0 / 3" in page.inner_text("#board")
    report_booth(
        booth=made.booths["d2"], key="a", counts={"people_consulted": Said(320, "exact", "320")}, by="u", at=AT
    )
    page.clock.run_for(11_000)
    page.get_by_text("1 / 3", exact=True).first.wait_for()
    assert "320" in page.inner_text("#board")


def test_a_booth_reports_by_keyboard_alone(browser, live_server, made):
    page = signed_in(browser, live_server.url, locale="en-GB", width=390)
    page.goto(f"{live_server.url}/consulting/booths/{made.booths['d1'].pk}/report")
    page.focus("#v-people_consulted")
    page.keyboard.type("120")
    page.keyboard.press("Tab")
    page.keyboard.type("300余")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.get_by_text("Received. Thank you.").wait_for()
    assert page.input_value("#v-leaflets_distributed") == "300余"
