"""A month with something in every state, for the browser to look at."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safemonth.collect.publicity.carriers.actions import draft_order, hand_over, prove_order, report_reached
from safemonth.collect.publicity.law_day.actions import (
    add_programme_item,
    answer_invitation,
    ask_question,
    close_day,
    note_hazard,
)
from safemonth.collect.publicity.law_day.models import Guest
from safemonth.collect.publicity.materials.actions import Line, correct_copies, count_stock, hand_out, say_lost
from safemonth.collect.publicity.media.actions import Appearance, add_outlet, call_off, plan_placement, prove, say_made
from safemonth.collect.readers.actions import take_in
from safemonth.organisation.actions import NewUnit, add_units
from tests.cast import AT
from tests.collect.publicity.law_day.test_days import HELD, a_day, came
from tests.collect.publicity.materials.printing import a_design, day, printed, sent
from tests.collect.readers.sheets.making import workbook

SAID: dict[str, Any] = {"by": "clerk", "at": AT}


def fill(county: Any) -> None:
    """Enter a month's materials, placements, orders and one day in a township."""
    add_units(
        units=[NewUnit(f"c{n}", name, "carrier", "13") for n, name in enumerate(("移动公司", "联通公司"))], **SAID
    )
    _materials(county)
    _media(county)
    _carriers(county)
    _law_day(county)


def _materials(county: Any) -> None:
    campaign = county.campaign
    leaflet = a_design(county, title_en="Safety law, questions and answers")
    book = a_design(county, "企业安全手册", kind="book", indicator="handbooks_distributed")
    own = a_design(county, "北乡自印宣传单", owner="1301")
    printed(county, leaflet, 5000)
    printed(county, book, 600)
    printed(county, own, 300, place="1301", whose="unit")
    sent(county, leaflet, 1500)
    sent(county, leaflet, 900, to="1302", came=860)
    sent(county, leaflet, 700, to="1303", came=-1)
    north = county.unit("1301")
    lines = [Line(leaflet, 800), Line(own, 260)]
    rows = hand_out(campaign=campaign, place=north, given_on=day(10), lines=lines, where="集市", **SAID)
    correct_copies(row=rows[1], copies=250, reason="数错", **SAID)
    say_lost(design=leaflet, place=north, copies=40, lost_on=day(12), reason="淋雨", **SAID)
    count_stock(design=leaflet, place=north, copies=600, counted_on=day(25), **SAID)
    count_stock(design=own, place=north, copies=50, counted_on=day(25), **SAID)
    south = [Line(leaflet, 900)]
    hand_out(campaign=campaign, place=county.unit("1302"), given_on=day(14), lines=south, **SAID)
    sheet = workbook([["单位", "发放宣传资料（份）"], ["南乡", 1200]])
    files = {"file_name": "南乡.xlsx", "channel": "sheet", "sender": county.unit("1302")}
    hand_out(campaign=campaign, place=county.unit("d2"), given_on=day(8), lines=[Line(leaflet, 20)], **SAID)
    take_in(campaign=campaign, data=sheet, **files, **SAID)
    first = workbook([["单位", "发放宣传资料（份）"], ["西镇", 1200]])
    take_in(campaign=campaign, data=first, **{**files, "file_name": "西镇.xlsx", "sender": county.unit("1303")}, **SAID)
    hand_out(campaign=campaign, place=county.unit("1303"), given_on=day(9), lines=[Line(leaflet, 200)], **SAID)


def _media(county: Any) -> None:
    television = add_outlet(name="县电视台", name_en="County TV", kind="television", unit=county.unit("d2"), **SAID)
    paper = add_outlet(name="县报", kind="newspaper", **SAID)
    account = add_outlet(name="县安监公众号", kind="online", **SAID)
    office = county.unit("d1")
    told: dict[str, Any] = {"campaign": county.campaign, "unit": office, **SAID}
    soon = timezone.localdate() + timedelta(days=3)
    speech = plan_placement(
        outlet=television, kind="speech", title="分管副县长电视讲话", due_on=day(1), is_before=True, **told
    )
    plan_placement(outlet=paper, kind="special_edition", title="安全生产月专版", due_on=day(5), is_before=True, **told)
    plan_placement(outlet=paper, kind="signed_article", title="署名文章：责任重于泰山", due_on=soon, **told)
    film = plan_placement(outlet=television, kind="film", title="《法佑平安》", **told)
    post = plan_placement(outlet=account, kind="social_media", title="违规动火被罚", example="bad", **told)
    off = plan_placement(outlet=television, kind="subtitles", title="标语滚动字幕", **told)
    say_made(placement=speech, appearance=Appearance(made_on=day(2), length_s=620, slot="晚间新闻后"), **SAID)
    prove(placement=speech, files=[("讲话录像".encode(), "讲话.mp4", "web")], link="https://example.org/v/1", **SAID)
    say_made(placement=film, appearance=Appearance(made_on=day(5), until_on=day(12), times=8, length_s=1500), **SAID)
    claimed = Appearance(made_on=day(9), audience=5300, audience_claimed_by="公众号后台")
    say_made(placement=post, appearance=claimed, **SAID)
    call_off(placement=off, reason="改为电子屏", **SAID)


def _carriers(county: Any) -> None:
    orders = [
        draft_order(
            campaign=county.campaign,
            carrier=county.unit(code),
            text="安全生产，人人有责。举报电话12350。",
            window_from=day(10),
            window_to=day(16),
            area=county.unit("1301"),
            **SAID,
        )
        for code in ("c0", "c1")
    ]
    hand_over(order=orders[0], on=day(4), as_what="易安委函〔2019〕5号", **SAID)
    report_reached(order=orders[0], reached="3万余", sent_on=day(17), reported_on=day(20), **SAID)
    prove_order(order=orders[0], files=[("来函".encode(), "回函.pdf", "web")], **SAID)


def _law_day(county: Any) -> None:
    held = a_day(county)
    for kind, title in (("inspection", "露天矿边坡"), ("explanation", "安全生产法"), ("books", ""), ("discussion", "")):
        add_programme_item(day=held, kind=kind, title=title, place="富岗矿区", led_by=county.unit("d2"), **SAID)
    answer_invitation(guest=Guest.objects.get(day=held, unit__code="e1"), answer="coming", **SAID)
    answer_invitation(guest=Guest.objects.get(day=held, unit__code="e2"), answer="not_coming", **SAID)
    came(held, e1=2, e2=0, _1301=6, d2=3)
    ask_question(day=held, text="爆破许可证到期怎么办理？", asked_by=county.unit("e1"), **SAID)
    answer = {"answer": "提前三个月到窗口申请。", "answered_by": county.unit("d2")}
    ask_question(day=held, text="工伤保险怎样参加？", **answer, **SAID)
    note_hazard(day=held, unit=county.unit("e1"), place="二号采面", text="边坡有浮石，无警示标志", **SAID)
    book = a_design(county, "送法下乡读本", kind="book", indicator="handbooks_distributed")
    printed(county, book, 200)
    hand_out(
        campaign=county.campaign,
        place=county.unit("d1"),
        given_on=HELD,
        lines=[Line(book, 60)],
        occasion=f"law-day:{held.pk}",
        **SAID,
    )
    close_day(day=held, **SAID)
