"""In a real browser: the pages of papers are readable and accessible, and a paper is issued by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from safemonth.collect.inspection.papers.actions import draft_paper, issue
from safemonth.collect.inspection.papers.models import Paper
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.inspection.papers.made import inspected, office, order, record


@pytest.fixture
def made(live_server, transactional_db):
    county = set_up_county()
    inspection, agency = inspected(county), office(county)
    kept = record(county, inspection, agency)
    ordered = issue(paper=order(county, inspection, agency, after=kept), by="clerk", at=AT)
    draft = draft_paper(
        campaign=county.campaign, kind="decision", office=agency, inspection=inspection, after=kept, by="clerk", at=AT
    )
    return inspection, kept, ordered, draft


def signed_in(browser, site, *, locale="zh-CN", width=1280):
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", "clerk")
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()
    return page


PAGES = ("/papers", "/papers/{ordered}", "/papers/{draft}", "/papers/{draft}/draft", "/papers/of/inspection/{code}")


@pytest.mark.parametrize(("locale", "width", "pages"), [("zh-CN", 390, PAGES), ("en-GB", 1280, PAGES[1:4])])
def test_pages_are_readable_and_accessible(browser, live_server, made, locale, width, pages):
    inspection, kept, ordered, draft = made
    page = signed_in(browser, live_server.url, locale=locale, width=width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for address in pages:
        page.goto(
            live_server.url + address.format(kept=kept.pk, ordered=ordered.pk, draft=draft.pk, code=inspection.code)
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert errors == []


def test_a_decision_is_filled_in_and_issued_by_keyboard_alone(browser, live_server, made):
    draft = made[3]
    page = signed_in(browser, live_server.url, locale="en-GB")
    page.goto(f"{live_server.url}/papers/{draft.pk}")
    page.get_by_role("link", name="Fill in").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("Measures decided").focus()
    page.keyboard.type("Stop work.")
    page.get_by_role("button", name="Keep the draft").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Issue", exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Paper.objects.get(pk=draft.pk).state == "issued"
