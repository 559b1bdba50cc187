"""A rectification: whom it tells, who has not acknowledged, site meetings counted once, and what is asked there."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from safemonth.collect.activities.models import Activity, Measure, Participation
from safemonth.collect.evidence.actions import make_public_copy
from safemonth.collect.evidence.copies import Region
from safemonth.collect.evidence.models import Photo
from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.rectification import actions
from safemonth.collect.inspection.rectification.models import Addressee, MeetingGuest, Reminder
from safemonth.collect.inspection.rectification.queries import (
    addressee_rows,
    gallery,
    hazards_of,
    meeting_page,
    rectification_rows,
    rectifications_seen_by,
)
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from safemonth.plan.actions import record_receipts
from safemonth.plan.models import Receipt
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


def waiting(rectification):
    return [
        str(row.addressee.workplace or row.addressee.unit)
        for row in addressee_rows(rectification)
        if row.acknowledged_at is None
    ]


def meeting_of(county, rectification, place):
    meeting = actions.call_meeting(
        rectification=rectification,
        title="烟花爆竹现场会",
        host=county.unit("d1"),
        held_on=date(2019, 6, 5),
        workplace=place,
        asked_of_all="一周内清空通道",
        **CLERK,
    )
    actions.invite(meeting=meeting, units=[county.unit("d2"), county.unit("1301")], **CLERK)
    return meeting


def came(meeting, **people):
    by_name = {str(row.workplace or row.unit): row.pk for row in MeetingGuest.objects.filter(meeting=meeting)}
    actions.say_who_came(meeting=meeting, people={by_name[name]: count for name, count in people.items()}, **CLERK)


def test_the_notice_goes_to_every_workplace_of_the_trade_and_to_who_joins(county):
    depots(county)
    rectification = issued(set_up(county))
    assert sorted(waiting(rectification)) == ["东关烟花店", "公安局", "南乡烟花店", "河口烟花店"]


def test_who_comes_later_is_told_once_and_others_not_again(county):
    depots(county)
    rectification = issued(set_up(county))
    workplace(county, "西镇烟花店", "1303")
    issued(rectification)
    issued(rectification)
    assert len(waiting(rectification)) == Addressee.objects.count() == 5


def test_a_notice_of_a_trade_that_nobody_is_in_is_refused_and_not_issued(county):
    rectification = set_up(county, joining=())
    with pytest.raises(Refused, match="nobody_to_tell"):
        issued(rectification)
    rectification.refresh_from_db()
    assert rectification.notice is None


def test_who_acknowledged_is_no_longer_waiting_and_a_unit_gets_its_receipt(county):
    depots(county)
    rectification = issued(set_up(county))
    for row in Addressee.objects.filter(workplace__name__in=("东关烟花店", "河口烟花店")):
        actions.acknowledge(addressee=row, how="电话", **CLERK)
        actions.acknowledge(addressee=row, how="again", **CLERK)
    assert sorted(waiting(rectification)) == ["公安局", "南乡烟花店"]
    assert [receipt.unit.code for receipt in Receipt.objects.all()] == ["130101"]
    assert {row.acknowledged_how for row in Addressee.objects.exclude(acknowledged_at=None)} == {"电话"}


def test_a_receipt_of_the_plans_own_page_counts_too(county):
    depots(county)
    rectification = issued(set_up(county))
    assert rectification.notice is not None
    record_receipts(notice=rectification.notice, units=[county.unit("d2"), county.unit("130101")], **CLERK)
    assert sorted(waiting(rectification)) == ["南乡烟花店", "河口烟花店"]
    row = rectification_rows([rectification], today=AT.date())[0]
    assert (row.told, row.acknowledged) == (4, 2)


def test_reminders_are_listed_by_name_until_all_have_acknowledged(county):
    depots(county)
    rectification = issued(set_up(county))
    assert actions.remind(rectification=rectification, how="微信群", **CLERK) == 4
    actions.acknowledge(addressee=Addressee.objects.get(workplace__name="河口烟花店"), **CLERK)
    assert actions.remind(rectification=rectification, **CLERK) == 3
    assert Reminder.objects.filter(addressee__workplace__name="河口烟花店").count() == 1
    for row in Addressee.objects.all():
        actions.acknowledge(addressee=row, **CLERK)
    with pytest.raises(Refused, match="nobody_to_remind"):
        actions.remind(rectification=rectification, **CLERK)


def test_only_a_drive_of_special_rectification_is_set_up(county):
    with pytest.raises(Refused, match="not_special"):
        set_up(county, kind="joint")
    assert set_up(county, title="另一项").drive.kind == "special"


def test_each_sees_the_rectifications_that_concern_them(county):
    depots(county)
    rectification = issued(set_up(county))
    campaign = county.campaign
    assert list(rectifications_seen_by(county.clerk, campaign)) == [rectification]
    assert list(rectifications_seen_by(county.reporter, campaign)) == [rectification]
    other = set_up(county, title="另一项")
    assert list(rectifications_seen_by(county.stranger, campaign)) == [rectification]
    assert other in rectifications_seen_by(county.leader, campaign)


def test_a_site_meeting_is_one_activity_and_late_reports_make_a_new_version(county):
    place, *_others = depots(county)
    meeting = meeting_of(county, set_up(county), place)
    actions.invite(meeting=meeting, workplaces=[place], post_title="经理", **CLERK)
    with pytest.raises(Refused, match="nobody_came"):
        actions.close_meeting(meeting=meeting, **CLERK)
    came(meeting, 公安局=2, 东关烟花店=1)
    meeting = actions.close_meeting(meeting=meeting, **CLERK)
    came(meeting, 北乡=3)
    with pytest.raises(Refused, match="reason_missing"):
        actions.close_meeting(meeting=meeting, **CLERK)
    meeting = actions.close_meeting(meeting=meeting, reason="北乡补报", **CLERK)
    current = Activity.objects.get(is_current=True)
    assert (current.kind, current.version, current.place) == ("meeting", 2, "东关烟花店")
    counted = dict(Measure.objects.filter(activity=current).values_list("indicator", "value"))
    assert counted == {"meetings": 1, "people_taking_part": 6}
    units = Participation.objects.filter(activity=current).values_list("unit__code", flat=True)
    assert set(units) == {"d1", "d2", "1301", "130101"}
    assert actions.close_meeting(meeting=meeting, reason="nothing new", **CLERK).activity == current
    assert list(disagreements()) == []


def test_nobody_who_did_not_come_takes_part(county):
    place, *_others = depots(county)
    meeting = meeting_of(county, set_up(county), place)
    came(meeting, 公安局=2, 北乡=0)
    meeting = actions.close_meeting(meeting=meeting, **CLERK)
    units = Participation.objects.filter(activity=meeting.activity).values_list("unit__code", flat=True)
    assert set(units) == {"d1", "d2"}
    assert [str(guest.unit) for guest in meeting_page(meeting).missing] == ["北乡"]


def test_a_form_of_a_meeting_that_is_sent_twice_calls_one(county):
    place, *_others = depots(county)
    rectification, key = set_up(county), uuid4()
    said = {"title": "会", "host": county.unit("d1"), "held_on": AT.date(), "workplace": place, "key": key}
    first = actions.call_meeting(rectification=rectification, **said, **CLERK)
    assert actions.call_meeting(rectification=rectification, **said, **CLERK) == first
    with pytest.raises(Refused, match="meeting_exists"):
        actions.call_meeting(rectification=rectification, **(said | {"key": uuid4()}), **CLERK)


def test_what_is_asked_of_a_unit_is_watched_until_it_is_done(county):
    place, *_others = depots(county)
    rectification = set_up(county)
    meeting = meeting_of(county, rectification, place)
    asked = actions.ask_follow_up(
        meeting=meeting, unit=county.unit("1301"), text="逐户检查", due_on=date(2019, 6, 8), **CLERK
    )
    assert rectification_rows([rectification], today=date(2019, 6, 9))[0].late == 1
    with pytest.raises(Refused, match="not_yet"):
        actions.say_done(follow_up=asked, text="查完", done_on=date(2019, 6, 9), **CLERK)
    actions.say_done(follow_up=asked, text="查完", done_on=date(2019, 6, 9), by="reporter", at=AT + timedelta(days=7))
    assert rectification_rows([rectification], today=date(2019, 6, 9))[0].late == 0
    with pytest.raises(Refused, match="due_before"):
        actions.ask_follow_up(meeting=meeting, unit=county.unit("d1"), text="x", due_on=date(2019, 6, 4), **CLERK)


def test_photos_stand_side_by_side_by_their_public_copies_and_faces_stay_covered(county):
    place, *_others = depots(county)
    rectification = set_up(county)
    hazard = found(county, rectification, place)
    before = photographed(county, hazard, "before", "red")
    assert gallery(rectification) == []
    photographed(county, hazard, "after", "white", days=2)
    after = photographed(county, hazard, "after", "green", days=4)
    covered = make_public_copy(
        photo=Photo.objects.get(sha256=before), regions=(Region(0, 0, 500, 500),), by="clerk", at=AT
    )
    (pair,) = gallery(rectification)
    assert (pair.before, pair.after, pair.is_shown) == (covered, None, False)
    assert actions.make_copies(rectification=rectification, **CLERK) == 1
    assert actions.make_copies(rectification=rectification, **CLERK) == 0
    (pair,) = gallery(rectification)
    assert pair.after is not None
    assert (pair.before, pair.after.photo.sha256, pair.is_shown) == (covered, after, True)
    assert (pair.before_on, pair.after_on) == (date(2019, 6, 3), date(2019, 6, 7))


def test_an_example_is_of_a_hazard_that_the_rectification_found(county):
    place, *_others = depots(county)
    rectification, other = set_up(county), set_up(county, title="另一项")
    hazard = found(county, rectification, place)
    photographed(county, hazard, "before", "red")
    meeting = meeting_of(county, rectification, place)
    example = actions.show_example(meeting=meeting, kind="bad", words="通道堵塞", hazard=hazard, **CLERK)
    assert example.before is not None
    with pytest.raises(Refused, match="not_of_this"):
        actions.show_example(meeting=meeting_of(county, other, place), kind="bad", words="x", hazard=hazard, **CLERK)


def test_how_far_it_is_counts_its_own_hazards(county):
    place, *_others = depots(county)
    rectification, other = set_up(county), set_up(county, title="另一项")
    found(county, rectification, place, number=1)
    found(county, rectification, place, number=2)
    found(county, other, place, number=3)
    rows = rectification_rows([rectification, other], today=AT.date())
    assert [(row.inspections, row.progress.found, row.progress.closed) for row in rows] == [(2, 2, 0), (1, 1, 0)]


def test_what_no_drive_found_belongs_where_the_workplace_was_told_and_in_its_days(county):
    place, *_others = depots(county)
    rectification = set_up(county)

    def entered(at, where):
        return enter(
            campaign=county.campaign,
            hazard_key=uuid4(),
            move="find",
            happened_at=at,
            side="inspecting",
            person="clerk",
            data={"text": "堵塞", "grade": "ordinary"},
            workplace=where,
            by="clerk",
            at=at,
        )

    inside = entered(AT, place)
    assert list(hazards_of(rectification)) == []
    issued(rectification)
    entered(AT - timedelta(days=5), place)
    entered(AT, workplace(county, "北关煤店", "1301", trade="other"))
    assert list(hazards_of(rectification)) == [inside]
    assert rectification_rows([rectification], today=AT.date())[0].progress.found == 1
