"""In a real browser: the pages of contacts and broadcasts; axe finds nothing, the keyboard works, the count follows."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from safemonth.collect.publicity.broadcasts.actions import ask_approval, opt_out_contact
from safemonth.collect.publicity.broadcasts.models import Broadcast
from tests.cast import PASSWORD, set_up_county
from tests.collect.publicity.broadcasts.lists import AT, a_contact, a_draft, everybody, queued, sent

# The addresses below name rows by their keys.
pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)

PAGES = (
    "contacts",
    "contacts/new",
    "contacts/paste",
    "contacts/1",
    "contacts/lists/new",
    "broadcasts",
    "broadcasts/new",
    "broadcasts/1",
    "broadcasts/1?fate=6",
    "broadcasts/2",
    "broadcasts/3",
    "broadcasts/3/change",
    "broadcasts/2/send-back",
    "broadcasts/1/stop",
)


@pytest.fixture
def site(live_server: Any, transactional_db: Any) -> str:
    county = set_up_county()
    people = everybody(county, 7)
    a_contact(county, 3, unit="1302", post="分管负责人")
    opt_out_contact(contact=a_contact(county, 40, unit="d2", kind="volunteer"), by="clerk", at=AT)
    queued(county, people)
    sent(answered=6, delivered=4, failed=1)
    ask_approval(broadcast=a_draft(county, people, text="【县安委办】请报送总结。"), by="clerk", at=AT)
    a_draft(county, people, text="Safety month: please come to the consulting day.")
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
    for address in PAGES:
        page.goto(f"{site}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert {url for url in asked if not url.startswith((site, "data:"))} == set()
    assert errors == []


def test_the_count_follows_what_is_written_and_the_keyboard_alone_drafts_it(browser: Any, site: str):
    page = browser.new_context(locale="en-GB").new_page()
    sign_in(page, site, "clerk")
    page.goto(f"{site}/broadcasts/new")
    page.focus("#id_text")
    page.keyboard.type("安" * 71)
    page.get_by_text("parts a person").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_text("7 people").wait_for()
    page.get_by_text("14 messages billed").wait_for()
    page.fill("#id_opens_at", "2031-06-10T09:00")
    page.fill("#id_closes_at", "2031-06-10T18:00")
    page.focus("button.act")
    page.keyboard.press("Enter")
    page.wait_for_url("**/broadcasts/4")
    assert Broadcast.objects.get(pk=4).text == "安" * 71
