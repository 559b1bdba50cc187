"""In a real browser with no network: ten forms with photos are filled, the line is cut in the middle of a photo, the page
is killed; in the end the office has each once, byte for byte.
"""

import re
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from safemonth.collect.field import upload_views, views
from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.forms.models import Attachment, Instance, Rival
from safemonth.collect.submissions.queries import bytes_kept
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.field.making import answers, noise_photo, offer_form

FORMS = 10
# As the list of units calls it, in both languages.
OWN_UNIT = re.compile("^北乡 ·")
CHUNK = 256 * 1024
# The first is cut in its middle; the others are small, so that the test is not long.
PHOTOS = [noise_photo(number, size_bytes=1_500_000 if number == 0 else 40_000) for number in range(FORMS)]


@pytest.fixture
def site(live_server, transactional_db):
    set_up_county()
    offer_form()
    return live_server.url


def sign_in(page, site, name="reporter"):
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()


def open_list(page, site, name="reporter"):
    """Sign in and wait until the pages and forms are on the phone."""
    sign_in(page, site, name)
    page.goto(f"{site}/field/")
    page.wait_for_selector("#readiness.tag-ok")
    page.wait_for_selector(".form-link")


def fill(page, site, number, photo):
    """Open the form from the list, fill it in and submit it."""
    page.goto(f"{site}/field/")
    page.click(".form-link")
    page.wait_for_selector(".odk-form")
    page.get_by_text(OWN_UNIT).click()
    page.get_by_label("活动名称").fill(f"咨询{number}")
    # PrimeVue's numbers hear keys only.
    page.get_by_label("发放宣传资料").press_sequentially("200")
    image = {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.set_input_files("input[type=file]", image)
    page.wait_for_selector(".odk-form img")
    page.click(".footer button")
    page.wait_for_url("**/field/#outbox-part")


class Line:
    """Counts the photo bytes that the server read, cuts a photo off after so many, and loses the first answer."""

    def __init__(self, monkeypatch):
        self.read = 0
        self.cut_after = None
        self.answers = 0
        append, take_in = upload_views.append_pieces, views.take_in_answers

        def counting(upload, *, offset, pieces):
            def counted():
                for piece in pieces:
                    self.read += len(piece)
                    yield piece

            if self.cut_after is not None and offset >= self.cut_after:
                raise ConnectionAbortedError
            return append(upload, offset=offset, pieces=counted())

        def losing(**what):
            answered = take_in(**what)
            self.answers += 1
            if self.answers == 1:
                raise ConnectionAbortedError
            return answered

        monkeypatch.setattr(upload_views, "append_pieces", counting)
        monkeypatch.setattr(views, "take_in_answers", losing)


def test_ten_forms_filled_without_a_network_arrive_once_each(browser, site, monkeypatch):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850})
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    line = Line(monkeypatch)
    page = context.new_page()
    open_list(page, site)

    context.set_offline(True)
    for number, photo in enumerate(PHOTOS):
        fill(page, site, number, photo)
    expect(page.locator("#outbox .item")).to_have_count(FORMS)
    expect(page).to_have_title(re.compile(rf"^\({FORMS}\)"))
    assert Instance.objects.count() == 0

    # The network returns, the first answer is lost, and in the middle of the first photo the line is cut for good.
    line.cut_after = 3 * CHUNK
    context.set_offline(False)
    expect(page.locator("#outbox .item", has_text=re.compile("照片已发送 [4-9][0-9]%"))).to_be_visible(timeout=20_000)
    context.set_offline(True)
    page.close(run_before_unload=False)
    assert Attachment.objects.count() < FORMS

    line.cut_after = None
    page = context.new_page()
    page.goto(f"{site}/field/")
    expect(page.locator("#outbox .item")).not_to_have_count(0)
    context.set_offline(False)
    expect(page.locator("#sent .item")).to_have_count(FORMS, timeout=40_000)

    expect(page.locator("#outbox .item")).to_have_count(0)
    expect(page).to_have_title(re.compile("^现场填报"))
    assert Instance.objects.count() == FORMS
    arrived = [bytes_kept(file.submission.sha256) for file in Attachment.objects.filter(is_current=True)]
    assert sorted(arrived) == sorted(PHOTOS)
    assert line.answers > FORMS
    assert line.read <= sum(map(len, PHOTOS)) + CHUNK
    assert {url for url in asked if not url.startswith((site, "data:", "blob:"))} == set()


def test_a_killed_page_gives_its_draft_back_with_the_photo(browser, site):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850})
    page = context.new_page()
    open_list(page, site)
    context.set_offline(True)
    page.click(".form-link")
    page.get_by_label("活动名称").fill("填到一半")
    image = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": PHOTOS[1]}
    page.set_input_files("input[type=file]", image)
    expect(page.locator("#saved")).to_contain_text("已保存在本机")
    expect(page).to_have_url(re.compile("draft="))
    # The photo comes after the words were saved once.
    page.wait_for_timeout(1500)
    page.close(run_before_unload=False)

    page = context.new_page()
    page.goto(f"{site}/field/")
    page.get_by_text("继续填写").click()
    expect(page.get_by_label("活动名称")).to_have_value("填到一半")
    page.wait_for_selector(".odk-form img")
    page.get_by_text(OWN_UNIT).click()
    page.click(".footer button")
    page.wait_for_url("**/field/#outbox-part")
    context.set_offline(False)
    expect(page.locator("#sent .item")).to_have_count(1, timeout=20_000)
    expect(page.locator("#drafts .item")).to_have_count(0)
    assert Instance.objects.get().deprecated_id == ""
    assert [bytes_kept(file.submission.sha256) for file in Attachment.objects.all()] == [PHOTOS[1]]


OUTBOX_IDS = """
() => new Promise((resolve) => {
  indexedDB.open("safemonth-field").onsuccess = ({ target }) => {
    const ids = target.result.transaction("outbox").objectStore("outbox").getAllKeys();
    ids.onsuccess = () => resolve(ids.result);
  };
})
"""


def test_what_the_office_does_not_take_is_kept_with_its_reason(browser, site, client):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850}, accept_downloads=True)
    page = context.new_page()
    open_list(page, site)
    context.set_offline(True)
    fill(page, site, 1, PHOTOS[1])
    # Meanwhile other answers arrive under the same number.
    (instance_id,) = page.evaluate(OUTBOX_IDS)
    client.login(username="reporter", password=PASSWORD)
    other = answers(instance_id=instance_id, title="另一份")
    assert client.post(reverse("field-answers"), other, content_type="text/xml").status_code == 201

    context.set_offline(False)
    refused = page.locator("#outbox .item[data-state=refused]")
    expect(refused).to_have_count(1, timeout=20_000)
    expect(refused.locator(".doubt")).to_contain_text("两份都已保留")
    expect(page.locator("#outbox-summary")).to_have_text("1 份未被接收")
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as download:
        refused.get_by_text("存为文件").click()
    with zipfile.ZipFile(download.value.path()) as packed:
        assert sorted(packed.read(name) for name in packed.namelist() if name.endswith(".jpg")) == [PHOTOS[1]]
        assert "咨询1" in packed.read("submission.xml").decode()

    refused.get_by_text("重试").click()
    page.wait_for_timeout(1000)
    expect(refused).to_have_count(1)
    assert (Instance.objects.count(), Rival.objects.count()) == (1, 1)
    page.on("dialog", lambda question: question.accept())
    refused.get_by_text("从本机移除").click()
    expect(page.locator("#outbox .item")).to_have_count(0)


FILL_UP = """
() => {
  window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}
"""


def test_a_full_phone_is_told_and_loses_nothing(browser, site):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850})
    page = context.new_page()
    open_list(page, site)
    page.goto(f"{site}/field/fill/field-test")
    page.get_by_text(OWN_UNIT).click()
    page.get_by_label("活动名称").fill("存满了")
    expect(page.locator("#saved")).to_contain_text("已保存在本机")
    page.evaluate(FILL_UP)
    image = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": PHOTOS[0]}
    page.set_input_files("input[type=file]", image)
    page.wait_for_selector(".odk-form img")
    page.click(".footer button")
    expect(page.locator("#trouble")).to_contain_text("存储空间已满")
    page.evaluate("() => (IDBObjectStore.prototype.put = window.put)")
    page.click(".footer button")
    page.wait_for_url("**/field/#outbox-part")
    expect(page.locator("#sent .item")).to_have_count(1, timeout=20_000)
    assert [bytes_kept(file.submission.sha256) for file in Attachment.objects.all()] == [PHOTOS[0]]


def test_on_a_shared_phone_each_sends_only_their_own(browser, site):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850})
    page = context.new_page()
    open_list(page, site)
    context.set_offline(True)
    fill(page, site, 1, PHOTOS[1])
    context.clear_cookies()
    context.set_offline(False)
    page.goto(f"{site}/field/")
    expect(page.locator("#sign-in")).to_be_visible()
    assert Instance.objects.count() == 0

    open_list(page, site, "stranger")
    expect(page.locator("#outbox .item")).to_contain_text("由 reporter 填报")
    page.wait_for_timeout(1000)
    assert Instance.objects.count() == 0

    context.clear_cookies()
    sign_in(page, site)
    page.goto(f"{site}/field/")
    expect(page.locator("#sent .item")).to_have_count(1, timeout=20_000)
    assert Instance.objects.get().sent_by == "reporter"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_field_pages_are_readable_and_accessible_in_both_languages(browser, site, width, locale):
    for name, data in builtin_forms():
        add_form(data=data, file_name=name, by="clerk", at=AT)
    page = browser.new_context(locale=locale, viewport={"width": width, "height": 900}).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    # The clerk is offered all of them.
    open_list(page, site, "clerk")
    for address in ("", "fill/activity_report", "fill/inspection"):
        page.goto(f"{site}/field/{address}")
        page.wait_for_selector(".odk-form" if address else ".form-link")
        # The widget draws in several steps.
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert Axe().run(page).response["violations"] == [], address
        words = page.inner_text("main").replace("ODK Web Forms", "").replace("活动报告（试）", "")
        stray = r"[A-Za-z]{2,}" if locale == "zh-CN" else r"[\u4e00-\u9fff]"
        assert re.findall(stray, words) == [], address
    assert errors == []


def test_the_language_changes_on_the_open_form(browser, site):
    page = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850}).new_page()
    open_list(page, site)
    page.click(".form-link")
    page.get_by_label("活动名称").fill("换语言")
    page.click("#language")
    expect(page.get_by_label("What was done")).to_have_value("换语言")
    expect(page.locator(".footer button")).to_have_text("Send")
    page.click("#language")
    expect(page.locator(".footer button")).to_have_text("提交")
