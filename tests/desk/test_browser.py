"""In a real browser: from a number of the summary down to the cell that it was read from; axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from safemonth.collect.readers.actions import take_in
from safemonth.collect.submissions.models import Submission
from safemonth.summary.actions import make_summary
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.readers.sheets.making import workbook

ROWS: list[list[object]] = [
    ["单位", "悬挂横幅（条）", "发放宣传资料（份）"],
    ["北乡", 5, "1200余"],
    ["南乡", 3, 800],
    ["合计", 8, 2000],
]


@pytest.fixture
def site(live_server, transactional_db):
    county = set_up_county()
    take_in(
        campaign=county.campaign,
        data=workbook(ROWS),
        file_name="北乡等.xlsx",
        channel="sheet",
        sender=None,
        by="clerk",
        at=AT,
    )
    make_summary(campaign=county.campaign, by="clerk", at=AT)
    return live_server.url


def sign_in(page, site, name):
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()


def test_a_number_of_the_summary_opens_down_to_its_cell(browser, site):
    page = browser.new_context(locale="zh-CN").new_page()
    sign_in(page, site, "clerk")
    page.goto(f"{site}/summaries/1")
    page.click("a[href*='/figures/leaflets_distributed']")
    assert "2000" in page.inner_text("main")
    page.click("a.source >> nth=0")
    assert page.inner_text("td.here") == "1200余"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_every_page_is_readable_accessible_and_asks_nothing_of_another_host(browser, site, width, locale):
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, site, "clerk")
    for address in (
        "board",
        "submissions",
        f"submissions/{Submission.objects.get().pk}",
        "figures",
        "figures/banners_hung",
        "checks",
        "plan",
        "summaries",
        "report",
    ):
        page.goto(f"{site}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert {url for url in asked if not url.startswith((site, "data:"))} == set()
    assert errors == []
