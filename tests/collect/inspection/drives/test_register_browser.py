"""In a real browser: the pages of workplaces and drives are readable, accessible, and work by keyboard alone."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from safemonth.collect.inspection.drives.actions import declare_interest, lay_down_seed
from safemonth.collect.inspection.drives.models import Inspector
from safemonth.collect.inspection.workplaces.actions import import_list, merge
from safemonth.collect.inspection.workplaces.models import HeldWorkplace, Workplace
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.inspection.drives.made_drives import drawn, made_drive
from tests.collect.inspection.workplaces.made_lists import as_csv, made_lines, planted


@pytest.fixture
def made(live_server, transactional_db, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2019, 6, 3))
    county = set_up_county()
    drive = made_drive(county)
    first, second = Workplace.objects.all()[:2]
    declare_interest(inspector=Inspector.objects.all()[0], workplace=first, reason="亲属任矿长", by="clerk", at=AT)
    merge(workplace=second, into=first, reason="同一家，改过名", by="clerk", at=AT)
    lines = made_lines(40, seed=6)
    data = as_csv(lines + planted(lines, 6, seed=6)) + "90,某某石料厂,9113063300000O1,采石,东乡\n".encode()
    import_list(campaign=county.campaign, data=data, file_name="台账.csv", sender=None, by="clerk", at=AT)
    draw = drawn(drive, witness="17 4 9")
    lay_down_seed(drive=drive, seed="next", by="clerk", at=AT)
    return county, drive, draw, first


def signed_in(browser, site, *, locale="zh-CN", width=1280):
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", "clerk")
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()
    return page


# Each kind of page once; all forms are of one template.
PAGES_ON_A_PHONE = ("/workplaces", "/workplaces/held", "/drives/{drive}", "/drives/{drive}/teams")
PAGES_AT_A_DESK = ("/workplaces/{workplace}", "/workplaces/held", "/drives/{drive}/draw", "/drives/draws/{draw}")


@pytest.mark.parametrize(
    ("locale", "width", "pages"), [("zh-CN", 390, PAGES_ON_A_PHONE), ("en-GB", 1280, PAGES_AT_A_DESK)]
)
def test_pages_are_readable_and_accessible(browser, live_server, made, locale, width, pages):
    _county, drive, draw, workplace = made
    page = signed_in(browser, live_server.url, locale=locale, width=width)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for address in pages:
        page.goto(live_server.url + address.format(drive=drive.pk, draw=draw.pk, workplace=workplace.pk))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
    assert errors == []


def test_a_row_that_waits_is_decided_on_by_keyboard_alone(browser, live_server, made):
    page = signed_in(browser, live_server.url, locale="en-GB")
    before = HeldWorkplace.objects.filter(decision="").count()
    page.goto(f"{live_server.url}/workplaces/held?why=double")
    page.get_by_role("button", name="It is that one", exact=True).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert HeldWorkplace.objects.filter(decision="").count() == before - 1
    assert "why=double" in page.url
