"""What becomes of a report: taken up, passed on, a hazard or none, joined, counted once, and its personal data removed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.inspection.hazards.actions import enter
from safemonth.collect.inspection.hazards.models import HazardPhoto
from safemonth.collect.inspection.tips import actions
from safemonth.collect.inspection.tips.models import Tip, TipPhoto, TipStep
from safemonth.collect.inspection.tips.queries import personal_data_due, public_course, root_of, tip_by_code
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.collect.submissions.rules import storage_path
from safemonth.ledger.models import Change, Entry
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from tests.collect.inspection.tips.reporting import AT, NAME, PHONE, TEXT, code_of, depot, jpeg, reported

CLERK: dict[str, Any] = {"by": "clerk", "at": AT}


def accepted(county, **options):
    return actions.accept(tip=reported(county, **options), **CLERK)


def counted():
    return sum(
        Measure.objects.filter(
            indicator="reports_received", activity__is_current=True, activity__is_withdrawn=False
        ).values_list("value", flat=True)
    )


def shown(tip):
    return [stage.code for stage in public_course(tip)]


def test_a_report_is_found_by_its_code_and_by_no_other(county):
    tip = reported(county, "a" * 32)
    assert tip_by_code(code_of("a" * 32).lower().replace("-", " ")) == tip
    assert tip_by_code(code_of("b" * 32)) is None
    assert tip_by_code("") is None
    assert code_of("a" * 32) not in str(Tip.objects.values().get())


def test_a_form_that_is_sent_twice_is_one_report(county):
    assert reported(county, "a" * 32) == reported(county, "a" * 32)
    assert Tip.objects.count() == 1


def test_nothing_of_what_was_said_or_who_said_it_is_in_the_ledger(county):
    tip = accepted(county, photos=(jpeg(position=True),))
    actions.pass_on(tip=tip, unit=county.unit("d2"), told="请核查北关仓库", **CLERK)
    actions.send_message(tip=tip, nonce="m" * 32, text=f"{NAME} {PHONE}", is_question=True, at=AT)
    actions.see_contact(tip=tip, **CLERK)
    ledger = " ".join([*Change.objects.values_list("after", flat=True), *Entry.objects.values_list("about", flat=True)])
    for secret in (NAME, PHONE, TEXT, "39.3418", "115.5", code_of("a" * 32), "请核查北关仓库"):
        assert secret not in ledger
    assert list(disagreements()) == []


def test_words_that_somebody_changed_in_the_database_are_told(county):
    tip = reported(county)
    assert actions.has_words_unchanged(tip)
    tip.text = "没有隐患"
    assert not actions.has_words_unchanged(tip)


def test_a_report_goes_to_a_unit_and_becomes_a_hazard_that_says_the_rest(county):
    tip = accepted(county, photos=(jpeg(position=True),))
    tip = actions.pass_on(tip=tip, unit=county.unit("d2"), told="请核查", **CLERK)
    assert tip.due_on == AT.date() + timedelta(days=10)
    tip = actions.answer(tip=tip, told="属实", is_hazard=True, **CLERK)
    hazard = actions.make_hazard(
        tip=tip, workplace=depot(county), text="消防通道堵塞", grade="major", spot="仓库", person="clerk", **CLERK
    )
    tip.refresh_from_db()
    assert (tip.state, tip.hazard, hazard.grade) == ("hazard", hazard, "major")
    assert shown(tip) == ["received", "looked_at", "passed_on", "found"]
    with pytest.raises(Refused, match="hazard_open"):
        actions.finish(tip=tip, move="close", words="已整改", **CLERK)

    def said(move, side, person, data, hours):
        at = AT + timedelta(hours=hours)
        enter(
            campaign=county.campaign,
            hazard_key=hazard.key,
            move=move,
            happened_at=at,
            side=side,
            person=person,
            data=data,
            by=person,
            at=at,
        )

    said("order", "inspecting", "clerk", {"deadline_on": "2019-06-10"}, 1)
    assert shown(Tip.objects.get(pk=tip.pk))[-1] == "in_hand"
    five = {"responsible_post": "经理", "measure": "清理", "money_yuan": 500, "emergency_plan": "专人看守"}
    said("report_done", "responsible", "manager", five, 2)
    said("pass", "inspecting", "clerk", {}, 3)
    tip = Tip.objects.get(pk=tip.pk)
    assert shown(tip)[-2:] == ["in_hand", "closed"]
    tip = actions.finish(tip=tip, move="close", words="通道已清理", by="clerk", at=AT + timedelta(hours=4))
    assert public_course(tip)[-1].words == "通道已清理"
    said("reopen", "inspecting", "clerk", {"reason": "又堵了"}, 5)
    assert shown(Tip.objects.get(pk=tip.pk))[-1] == "found"


def test_the_photo_that_goes_along_says_nothing_of_who_or_where(county):
    tip = accepted(county, photos=(jpeg(position=True),))
    photo = TipPhoto.objects.get()
    assert (str(photo.latitude), photo.longitude is not None) == ("39.34167", True)
    hazard = actions.make_hazard(
        tip=tip, workplace=depot(county), text="堵塞", grade="ordinary", spot="", person="clerk", **CLERK
    )
    sent = HazardPhoto.objects.get(hazard_key=hazard.key)
    assert sent.shows == "before"
    assert b"Exif" not in bytes_kept(sent.submission.sha256)
    assert b"could be known" not in bytes_kept(photo.copy_sha256)
    assert b"could be known" in bytes_kept(photo.original_sha256)


def test_a_report_is_closed_as_no_hazard_only_with_words_for_the_public(county):
    tip = accepted(county)
    with pytest.raises(Refused, match="words_missing"):
        actions.finish(tip=tip, move="no_hazard", words=" ", **CLERK)
    tip = actions.finish(tip=tip, move="no_hazard", words="现场检查，通道畅通。", **CLERK)
    assert (tip.state, tip.due_on, public_course(tip)[-1].words) == ("closed", None, "现场检查，通道畅通。")
    assert actions.reopen(tip=tip, words="", **CLERK).state == "looked"


def test_what_says_the_same_is_joined_and_both_codes_follow_one_case(county):
    first = reported(county, "a" * 32)
    second = reported(county, "b" * 32, text=TEXT.replace("，", ", ").rstrip("。"))
    assert second.state == "joined"
    assert root_of(second) == first
    actions.accept(tip=first, **CLERK)
    assert shown(second) == shown(first) == ["received", "looked_at"]
    assert counted() == 1


def test_the_same_photo_joins_two_reports_and_another_township_does_not(county):
    first = reported(county, photos=(jpeg("red"),))
    assert reported(county, text="另一种说法，但是同一张照片", photos=(jpeg("red"),)).joined_to == first
    assert reported(county, township=county.unit("1302"), photos=(jpeg("red"),)).joined_to is None
    assert reported(county, text="另外一件完全不同的事情", photos=(jpeg("blue"),)).joined_to is None


def test_nothing_is_joined_to_what_waits_as_a_machines_and_that_joins_nothing(county):
    held = reported(county, suspicions=("too_quick",))
    real = reported(county)
    again = reported(county, suspicions=("trap_filled",))
    assert [held.state, real.state, again.state] == ["held", "new", "held"]


def test_each_matter_counts_once_and_a_double_takes_its_count_back(county):
    one, other = accepted(county), accepted(county, text="另外一件完全不同的事情")
    assert counted() == 2
    other = actions.join(tip=other, other=one, **CLERK)
    assert counted() == 1
    with pytest.raises(Refused, match="ring"):
        actions.join(tip=one, other=other, **CLERK)
    assert actions.part(tip=other, **CLERK).state == "looked"
    assert counted() == 2
    assert Activity.objects.filter(is_current=True).count() == 2


def test_what_is_set_aside_never_counts(county):
    held = reported(county, suspicions=("trap_filled",))
    actions.finish(tip=held, move="set_aside", words="广告", **CLERK)
    assert counted() == 0
    assert Tip.objects.count() == 1


def test_a_reward_is_noted_and_counted_in_yuan_once(county):
    tip = accepted(county)
    actions.reward(tip=tip, yuan=1000, **CLERK)
    actions.reward(tip=tip, yuan=3000, **CLERK)
    rewards = Measure.objects.filter(indicator="rewards_yuan", activity__is_current=True)
    assert [row.value for row in rewards] == [3000]
    with pytest.raises(Refused, match="bad_reward"):
        actions.reward(tip=tip, yuan=300_001, **CLERK)


def test_a_second_clerk_sees_what_the_first_has_done(county):
    stale = reported(county)
    actions.accept(tip=Tip.objects.get(pk=stale.pk), **CLERK)
    with pytest.raises(Refused, match="not_here"):
        actions.accept(tip=stale, **CLERK)
    assert TipStep.objects.count() == 1


def test_nobody_can_delete_a_report_that_has_steps(county):
    tip = accepted(county)
    with pytest.raises(ProtectedError):
        tip.delete()


def test_personal_data_is_removed_on_its_day_and_the_case_stays(county):
    tip = accepted(county, photos=(jpeg(position=True),))
    original = TipPhoto.objects.get().original_sha256
    assert personal_data_due(today=tip.remove_on - timedelta(days=1)) == []
    assert personal_data_due(today=tip.remove_on) == [str(tip.key)]
    assert actions.remove_personal_data(key=tip.key, by="worker", at=AT)
    assert not actions.remove_personal_data(key=tip.key, by="worker", at=AT)
    tip, photo = Tip.objects.get(), TipPhoto.objects.get()
    assert (tip.reporter_name, tip.reporter_phone, tip.latitude, tip.has_contact) == ("", "", None, False)
    assert (photo.original_sha256, photo.latitude, photo.taken_at) == ("", None, None)
    assert not default_storage.exists(storage_path(original))
    assert bytes_kept(photo.copy_sha256)
    assert (tip.text, tip.state) == (TEXT, "looked")
    assert personal_data_due(today=tip.remove_on) == []
    assert list(disagreements()) == []


def test_a_file_that_another_report_has_too_stays_for_that(county):
    first = reported(county, photos=(jpeg(),))
    second = reported(county, uuid4().hex, text="另外一件完全不同的事情", photos=(jpeg(),))
    actions.remove_personal_data(key=first.key, by="worker", at=AT)
    assert bytes_kept(TipPhoto.objects.get(tip=second).original_sha256) == jpeg()


def test_a_question_is_answered_to_its_own_code_alone(county):
    first, second = reported(county, "a" * 32), reported(county, "b" * 32)
    message = actions.send_message(tip=second, nonce="m" * 32, text="什么时候查？", is_question=True, at=AT)
    again = actions.send_message(tip=second, nonce="m" * 32, text="什么时候查？", is_question=True, at=AT)
    actions.reply(message=message, text="本周", **CLERK)
    message.refresh_from_db()
    assert (again.pk, message.reply, message.tip) == (message.pk, "本周", second)
    assert message.tip != first
