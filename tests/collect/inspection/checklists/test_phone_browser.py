"""On a phone with no network: a checklist is filled in, both sides sign on the screen, and the office has the inspection."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from safemonth.collect.forms.models import Attachment, Instance
from safemonth.collect.inspection.checklists.actions import offer_checklist
from safemonth.collect.inspection.checklists.tables import read_items, shipped_checklists, write_items
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection
from safemonth.collect.submissions.queries import bytes_kept
from tests.cast import AT, PASSWORD, set_up_county
from tests.collect.field.making import noise_photo
from tests.collect.inspection.checklists.filling import inspector, offer_builtin, workplace


@pytest.fixture
def site(live_server, transactional_db):
    set_up_county()
    inspector()
    workplace("红光烟花店", trade="fireworks")
    offer_builtin("recheck")
    shipped = next(each for each in shipped_checklists() if each.trade == "fireworks")
    # Three items are enough to try, and few enough to fill in.
    offer_checklist(checklist=shipped, table=write_items(read_items(write_items(shipped.items))[:3]), by="clerk", at=AT)
    return live_server.url


def sign(page, label):
    """Draw a signature on the screen under a question's label."""
    question = page.locator(".question-container", has_text=label).last
    question.locator(".sign").click()
    box = page.locator(".signing canvas").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + 22 * step, box["y"] + 60 + 45 * (step % 2))
    page.mouse.up()
    assert Axe().run(page, context=".signing").response["violations"] == []
    page.locator(".signing .done").click()
    expect(question.locator("img")).to_be_visible()


def choose(page, label, choice):
    """Choose by its words under a question's label."""
    page.locator(".question-container", has_text=label).last.get_by_text(choice, exact=True).click()


def test_a_checklist_is_filled_and_signed_without_a_network(browser, site):
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 850}, timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#id_username", "inspector")
    page.fill("#id_password", PASSWORD)
    page.click("button.act")
    page.wait_for_load_state()
    page.goto(f"{site}/field/")
    page.wait_for_selector("#readiness.tag-ok")
    page.wait_for_selector(".form-link")
    context.set_offline(True)
    page.goto(f"{site}/field/fill/check_fireworks")
    page.wait_for_selector(".odk-form")

    choose(page, "检查哪里？", "名录里的")
    for label, choice in (("由哪个单位检查？", re.compile("^北乡 ·")), ("名录中的哪一家？", re.compile("^红光烟花店"))):
        page.locator(".question-container", has_text=label).last.locator(".p-select").click()
        page.locator(".p-select-option", has_text=choice).click()
    page.locator(".question-container", has_text="哪一天？").locator("input").click()
    page.locator(".p-datepicker-today").click()
    expect(page.get_by_label("几点开始？")).to_have_value(re.compile("^[0-2][0-9]:[0-5][0-9]$"))
    page.get_by_label("几点开始？").fill("00:05")
    page.get_by_label("检查人员（人）").press_sequentially("2")
    page.get_by_label("检查人员是谁？").fill("安监站站长，执法员")
    choose(page, "出示执法证件了吗？", "是")
    choose(page, "具有有效的烟花爆竹安全许可", "符合")
    choose(page, "按许可的产品种类和工序标准生产", "不适用")
    choose(page, "危险工序人员经专业培训并考核合格", "不符合")
    page.get_by_label("在什么部位？").fill("装药间")
    photo = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": noise_photo(1, size_bytes=40_000)}
    page.locator(".question-container", has_text="隐患照片").locator("input[type=file]").set_input_files(photo)
    choose(page, "当场整改好了吗？", "是")
    choose(page, "还有别的隐患吗？", "否")
    page.get_by_label("几点结束？").fill("00:40")
    sign(page, "检查人员签名")
    choose(page, "被检查单位签字", "已签字")
    sign(page, "被检查单位签名")
    page.click(".footer button")
    page.wait_for_url("**/field/#outbox-part")
    assert Instance.objects.count() == 0

    context.set_offline(False)
    expect(page.locator("#sent .item")).to_have_count(1, timeout=20_000)
    found = Inspection.objects.get()
    assert found.workplace is not None
    assert (found.workplace.name, found.host.code, found.signed_by_workplace) == ("红光烟花店", "1301", "signed")
    assert [item["result"] for item in found.said["items"]] == ["met", "not_applicable", "not_met"]
    row = Hazard.objects.get()
    assert (row.state, row.spot, row.grade) == ("reported_done", "装药间", "major")
    assert row.facts["settled"]["basis"] == "《烟花爆竹安全管理条例》第十二条"
    drawn = Attachment.objects.filter(is_drawn=True)
    pictures = [Image.open(io.BytesIO(bytes_kept(file.submission.sha256))) for file in drawn]
    assert [picture.format for picture in pictures] == ["PNG", "PNG"]
    assert all(picture.getchannel("A").getextrema()[1] == 255 for picture in pictures)
