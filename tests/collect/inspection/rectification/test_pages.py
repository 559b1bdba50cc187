"""The pages of rectification: as many questions for many as for few, each unit its own, and nothing but public copies."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.inspection.rectification import actions
from safemonth.collect.inspection.rectification.models import Addressee, FollowUp, SiteMeeting
from safemonth.collect.inspection.rectification.queries import gallery, meeting_page
from tests.collect.inspection.rectification.putting_right import (
    AT,
    CLERK,
    depots,
    found,
    issued,
    photographed,
    set_up,
    workplace,
)


def full(county, *, title="烟花爆竹专项整治", number="易安委〔2019〕9号", start=1):
    rectification = issued(set_up(county, title=title), number)
    place = first_told(rectification)
    for count in range(2):
        hazard = found(county, rectification, place, number=start + count)
        photographed(county, hazard, "before", "red")
        photographed(county, hazard, "after", "green", days=1)
    actions.make_copies(rectification=rectification, **CLERK)
    meeting = actions.call_meeting(
        rectification=rectification, title="现场会", host=county.unit("d1"), held_on=AT.date(), workplace=place, **CLERK
    )
    actions.invite(meeting=meeting, units=[county.unit("d2"), county.unit("1301")], workplaces=[place], **CLERK)
    actions.show_example(meeting=meeting, kind="good", words="通道畅通", hazard=hazard, **CLERK)
    actions.ask_follow_up(meeting=meeting, unit=county.unit("1301"), text="逐户检查", due_on=date(2019, 6, 8), **CLERK)
    return rectification


def questions(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_list_and_one_page_ask_as_much_for_many_as_for_few(client, county):
    depots(county)
    rectification = full(county)
    client.force_login(county.clerk)
    pages = [
        "/rectification",
        f"/rectification/{rectification.pk}",
        f"/rectification/{rectification.pk}/photos",
        f"/site-meetings/{SiteMeeting.objects.get().pk}",
    ]
    few = [questions(client, page) for page in pages]
    for number in range(3):
        full(county, title=f"另一项{number}", number=f"〔2019〕{number}号", start=10 * (number + 1))
        workplace(county, f"新店{number}", "1303")
    issued(rectification)
    place = first_told(rectification)
    for number in range(5, 9):
        hazard = found(county, rectification, place, number=100 + number)
        photographed(county, hazard, "before", "blue")
        photographed(county, hazard, "after", "white", days=1)
    actions.make_copies(rectification=rectification, **CLERK)
    meeting = SiteMeeting.objects.get(rectification=rectification)
    for code in ("1302", "1303", "d3"):
        actions.invite(meeting=meeting, units=[county.unit(code)], **CLERK)
        actions.ask_follow_up(meeting=meeting, unit=county.unit(code), text="检查", due_on=date(2019, 6, 9), **CLERK)
        actions.show_example(meeting=meeting, kind="bad", words="堵塞", hazard=hazard, **CLERK)
    assert [questions(client, page) for page in pages] == few
    assert max(few) < 40


def first_told(rectification):
    told = Addressee.objects.filter(rectification=rectification).exclude(workplace=None)[0].workplace
    assert told is not None
    return told


def test_a_unit_sees_its_own_part_and_no_other(client, county):
    depots(county)
    rectification = full(county)
    meeting = SiteMeeting.objects.get()
    client.force_login(county.stranger)
    page = client.get(f"/rectification/{rectification.pk}").content.decode()
    assert "南乡烟花店" in page
    for other in ("东关烟花店</th>", "河口烟花店</th>", "消防通道堵塞", "逐户检查"):
        assert other not in page
    assert "公安局" not in client.get(f"/site-meetings/{meeting.pk}").content.decode()
    follow_up = FollowUp.objects.get()
    assert client.get(f"/follow-ups/{follow_up.pk}").status_code == 404
    assert client.get(f"/rectification/{rectification.pk}/remind").status_code == 404
    addressee = Addressee.objects.get(workplace__name="河口烟花店")
    assert client.get(f"/rectification/{rectification.pk}/receipts/{addressee.pk}").status_code == 404


def test_a_unit_acknowledges_and_says_what_was_done(client, county):
    depots(county)
    rectification = full(county)
    client.force_login(county.reporter)
    row = Addressee.objects.get(workplace__name="河口烟花店")
    assert client.post(f"/rectification/{rectification.pk}/receipts/{row.pk}", {"how": "电话"}).status_code == 302
    row.refresh_from_db()
    assert (row.acknowledged_by, row.acknowledged_how) == ("reporter", "电话")
    assert "逐户检查" in client.get("/rectification").content.decode()
    follow_up = FollowUp.objects.get()
    client.post(f"/follow-ups/{follow_up.pk}", {"text": "已查12户", "done_on": "2019-06-08"})
    follow_up.refresh_from_db()
    assert (follow_up.done_text, str(follow_up.done_on)) == ("已查12户", "2019-06-08")


def test_the_gallery_hands_out_public_copies_that_stand_in_it_and_nothing_else(client, county):
    depots(county)
    rectification, other = full(county), full(county, title="另一项", number="2号", start=50)
    client.force_login(county.stranger)
    copy, elsewhere = gallery(rectification)[0].before, gallery(other)[0].before
    assert copy is not None
    assert elsewhere is not None
    answer = client.get(f"/rectification/{rectification.pk}/photos/{copy.pk}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert client.get(f"/rectification/{rectification.pk}/photos/{elsewhere.pk}").status_code == 404
    assert client.get(f"/rectification/{rectification.pk}/photos/99999").status_code == 404
    client.logout()
    assert client.get(f"/rectification/{rectification.pk}/photos/{copy.pk}").status_code == 404


def test_the_office_runs_one_from_drive_to_closed_meeting_on_its_pages(client, county):
    depots(county)
    rectification = set_up(county)
    client.force_login(county.clerk)
    at = f"/rectification/{rectification.pk}"
    notice = {"number": "9号", "title": "通知", "issued_on": "2019-06-01", "body_text": "各单位"}
    assert client.post(f"{at}/notice", notice).status_code == 302
    assert client.post(f"{at}/notice").status_code == 302
    assert client.post(f"{at}/remind", {"how": "电话"}).status_code == 302
    called = {"title": "现场会", "host": "d1", "held_on": "2019-06-05", "place": "北关仓库"}
    assert client.post(f"{at}/meetings/new", called).status_code == 302
    meeting = SiteMeeting.objects.get()
    there = f"/site-meetings/{meeting.pk}"
    assert client.post(f"{there}/invite", {"units": ["d2", "1301"]}).status_code == 302
    guest = meeting_guest(meeting)
    assert client.post(f"{there}/attendance", {f"came-{guest}": "x"}).status_code == 422
    assert client.post(f"{there}/attendance", {f"came-{guest}": "3"}).status_code == 302
    assert client.post(f"{there}/examples", {"kind": "good", "words": "整洁"}).status_code == 302
    asked = {"unit": "1301", "text": "逐户检查", "due_on": "2019-06-09"}
    assert client.post(f"{there}/follow-ups", asked).status_code == 302
    assert client.post(f"{there}/close", {}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.activity is not None
    assert client.post(f"{there}/close", {}).status_code == 302
    for page in (at, there, f"{at}/photos", "/rectification", "/rectification/new"):
        for language in ("zh-hans", "en"):
            assert client.get(page, headers={"accept-language": language}).status_code == 200


def meeting_guest(meeting):
    return meeting_page(meeting).guests[0].pk
