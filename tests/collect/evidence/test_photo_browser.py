"""In a real browser: places are drawn, moved and taken away with pointer and keys; pages are readable and accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from safemonth.collect.evidence.models import Photo, PhotoLikeness, PublicCopy
from tests.cast import PASSWORD, set_up_county
from tests.collect.evidence.photo_files import photo, scene
from tests.collect.evidence.sending import hold_activity, saved, send, send_and_examine


@pytest.fixture
def site(live_server, transactional_db):
    county = set_up_county()
    send_and_examine(county, photo(1, taken="2018:06:10 09:30:00", at=(39.3, 115.5), camera="P30"))
    send_and_examine(county, saved(scene(1)), unit="1302")
    hold_activity(county, send(county, saved(scene(1)), unit="1302"), unit="1302")
    send_and_examine(county, b"no photo", unit="1303")
    return live_server.url


def sign_in(page, site, name="clerk"):
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()


def test_places_are_drawn_moved_resized_and_taken_away(browser, site):
    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 1000}).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    sign_in(page, site)
    first = Photo.objects.order_by("pk")[0]
    page.goto(f"{site}/photos/{first.pk}/cover", wait_until="networkidle")
    edges = page.locator("[data-stage]").bounding_box()
    assert edges is not None

    def at(across, down):
        return edges["x"] + edges["width"] * across / 100, edges["y"] + edges["height"] * down / 100

    for start, end in (((10, 20), (30, 50)), ((60, 60), (80, 90))):
        page.mouse.move(*at(*start))
        page.mouse.down()
        page.mouse.move(*at(*end), steps=4)
        page.mouse.up()
    page.mouse.click(*at(5, 5))  # A click alone marks nothing.
    assert page.locator(".cover-box").count() == 2
    page.locator(".cover-box").nth(1).focus()
    page.keyboard.press("Delete")
    page.locator(".cover-box").nth(0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.click("text=Make the public copy")
    page.wait_for_load_state("networkidle")
    (region,) = PublicCopy.objects.get().regions
    wanted = {"left": 105, "top": 200, "width": 200, "height": 305}
    assert all(abs(region[edge] - value) <= 3 for edge, value in wanted.items()), region
    assert page.locator(".cover-box").count() == 1
    assert errors == []


def test_two_photos_are_faded_into_one_another(browser, site):
    page = browser.new_context(locale="zh-CN").new_page()
    sign_in(page, site)
    page.goto(f"{site}/photos/likenesses/{PhotoLikeness.objects.exclude(how='same_bytes').get().pk}")
    page.focus("#through")
    page.keyboard.press("Home")
    assert page.evaluate("document.querySelector('.over').style.opacity") == "0"


@pytest.mark.parametrize(("width", "locale"), [(390, "zh-CN"), (1280, "en-GB")])
def test_every_page_of_photos_is_readable_and_accessible(browser, site, width, locale):
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, site)
    first, second, broken = Photo.objects.order_by("pk")
    likeness = PhotoLikeness.objects.exclude(how="same_bytes").get()
    for address in (
        "photos",
        f"photos/{first.pk}",
        f"photos/{broken.pk}",
        f"photos/{second.pk}/cover",
        f"photos/likenesses/{likeness.pk}",
    ):
        page.goto(f"{site}/{address}", wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth)"), address
    assert {url for url in asked if not url.startswith((site, "data:"))} == set()
    assert errors == []
