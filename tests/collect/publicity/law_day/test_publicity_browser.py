"""In a real browser: the pages of materials, media, carriers and days of law; axe finds nothing, the keyboard works."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from safemonth.collect.publicity.materials.models import Handout
from tests.cast import PASSWORD, set_up_county
from tests.collect.publicity.law_day.a_month_of_publicity import fill

# The addresses below name rows by their keys.
pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)

READ = (
    "materials",
    "materials/designs/1",
    "materials/places/1301",
    "media",
    "media/1",
    "media/4",
    "carrier-orders",
    "carrier-orders/1",
    "law-days",
    "law-days/1",
    "law-days/1/sheet",
)
WRITTEN = (
    "materials/designs/new",
    "materials/printed",
    "materials/given-out",
    "materials/entries/handout-1/correct",
    "media/new",
    "media/4/made",
    "media/4/proof",
    "carrier-orders/new",
    "carrier-orders/2/end",
    "law-days/new",
    "law-days/1/invite",
    "law-days/invitations/1",
    "law-days/1/hazards",
    "law-days/1/close",
)


@pytest.fixture
def site(live_server: Any, transactional_db: Any) -> str:
    fill(set_up_county())
    return str(live_server.url)


def sign_in(page: Any, site: str, name: str) -> None:
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()


@pytest.mark.parametrize(("width", "locale"), [(390, "zh-CN"), (1280, "en-GB")])
def test_every_page_is_readable_accessible_and_asks_nothing_of_another_host(
    browser: Any, site: str, width: int, locale: str
):
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    sign_in(page, site, "clerk")
    for address in (*READ, *WRITTEN):
        page.goto(f"{site}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert {url for url in asked if not url.startswith((site, "data:"))} == set()
    assert errors == []


def test_copies_are_given_out_with_the_keyboard_alone(browser: Any, site: str):
    page = browser.new_context(locale="zh-CN").new_page()
    sign_in(page, site, "reporter")
    page.goto(f"{site}/materials/given-out")
    page.focus("#id_where")
    page.keyboard.type("村口")
    for _step in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("25")
    page.keyboard.press("Enter")
    page.wait_for_url("**/materials/places/1301")
    assert Handout.objects.filter(where="村口").get().copies == 25
