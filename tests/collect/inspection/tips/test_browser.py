"""A stranger on a phone, with JavaScript and without: the form fits, the small task is done, axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from safemonth.collect.inspection.tips.models import Tip


@pytest.mark.parametrize("has_script", [True, False])
def test_a_stranger_reports_and_follows_on_a_phone(live_server, browser, county, has_script):
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, locale="zh-CN", java_script_enabled=has_script
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/report-a-hazard")
    if has_script:
        # No script of the test's own: the page's rules for scripts would refuse it.
        expect(page.locator("[name=worked]")).not_to_have_value("", timeout=10_000)
        page.wait_for_timeout(3000)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert Axe().run(page).violations_count == 0
    page.keyboard.press("Tab")
    page.fill("#id_text", "楼道里堆满电动车，正在充电")
    page.fill("#id_spot", "北关三号楼")
    page.click("button.main")
    code = page.inner_text(".code span")
    # The page's small task stands for the wait; without it a report sent at once waits for a person.
    assert Tip.objects.get().state == ("new" if has_script else "held")
    page.goto(f"{live_server.url}/report-a-hazard/follow")
    page.fill("#id_code", code.lower())
    page.press("#id_code", "Enter")
    assert page.locator(".stages li").count() == 1
    if has_script:
        assert Axe().run(page).violations_count == 0
    context.close()
