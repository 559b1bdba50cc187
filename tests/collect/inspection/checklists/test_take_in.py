"""Filled inspections become inspections and hazards: once each, the same whatever comes first, and nothing is lost."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safemonth.collect.activities.models import Activity, Evidence, Measure
from safemonth.collect.forms.actions import receive_answers
from safemonth.collect.forms.models import Rival
from safemonth.collect.inspection.checklists.actions import take_in_inspection
from safemonth.collect.inspection.checklists.queries import figures_waiting
from safemonth.collect.inspection.hazards.models import Hazard, HazardEvent, HazardPhoto
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.readers.actions import take_in_answers, take_rival
from safemonth.collect.readers.models import Proposal
from safemonth.collect.submissions.models import Submission
from safemonth.organisation.models import User
from safemonth.worker.jobs import JOBS, do_waiting
from tests.cast import AT
from tests.collect.inspection.checklists.filling import (
    hazard,
    hazard_key,
    inspection_xml,
    inspector,
    later,
    offer_builtin,
    recheck_xml,
    workplace,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarry(county):
    offer_builtin("inspection", "recheck")
    inspector()
    return workplace()


def send(county, xml, *, by="inspector", minutes=0, files=()):
    received = receive_answers(
        campaign=county.campaign,
        xml=xml,
        files=files,
        user=User.objects.get(username=by),
        device=None,
        by=by,
        at=later(minutes),
    )
    sent = received.rival or received.instance
    return take_in_inspection(sent=sent, by=by, at=later(minutes))


def end_state():
    """What is on record in the end, without what tells when it came."""
    inspections = {
        str(row.key): (row.said["version"], row.said["hazard_keys"], row.said["dropped"], row.has_rivals, row.is_moved)
        for row in Inspection.objects.filter(is_recheck=False)
    }
    hazards = {
        str(row.key): (row.state, row.text, row.grade, row.deadline_on, row.held) for row in Hazard.objects.all()
    }
    counts = sorted(
        Measure.objects.filter(activity__is_current=True, activity__is_withdrawn=False).values_list(
            "indicator", "basis", "value", "named"
        )
    )
    return inspections, hazards, counts


def test_an_inspection_is_read_with_its_place_times_people_and_signatures(county, quarry):
    found = send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1), hazard(2, grade="major")]))
    assert (found.workplace, found.host.code, found.inspectors_count) == (quarry, "1301", 2)
    assert (found.ended_at - found.started_at).total_seconds() == 95 * 60
    assert (found.signed_by_workplace, found.is_recheck, found.has_rivals) == ("signed", False, False)
    assert found.said["doubts"] == []
    states = {row.key: (row.state, row.grade, str(row.deadline_on)) for row in Hazard.objects.all()}
    assert states == {
        hazard_key(1): ("ordered", "ordinary", "2019-06-25"),
        hazard_key(2): ("ordered", "major", "2019-06-25"),
    }
    assert {row.inspection for row in Hazard.objects.all()} == {found}


def test_what_is_put_right_on_the_spot_is_reported_by_the_workplace_and_seen_by_the_inspector(county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, on_the_spot=True)]))
    assert Hazard.objects.get().state == "closed"
    moves = list(HazardEvent.objects.values_list("move", "side", "person"))
    assert [move for move, _, _ in moves] == ["find", "report_done", "pass"]
    assert len({person for _, _, person in moves}) == 2


def test_a_refusal_to_sign_is_on_record(county, quarry):
    found = send(county, inspection_xml("uuid:a", place=quarry, signed="refused"))
    assert found.signed_by_workplace == "refused"
    assert found.said["notes"] == ["不同意"]


def test_twice_is_once(county, quarry):
    xml = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)])
    send(county, xml)
    before = end_state(), HazardEvent.objects.count(), Activity.objects.count()
    send(county, xml, minutes=5)
    assert (end_state(), HazardEvent.objects.count(), Activity.objects.count()) == before


def test_two_inspectors_edit_one_inspection_offline_and_both_send(county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)]))
    send(
        county,
        inspection_xml("uuid:b", place=quarry, hazards=[hazard(1), hazard(2)], made_from="uuid:a", ended="10:50"),
    )
    found = send(
        county,
        inspection_xml("uuid:c", place=quarry, hazards=[hazard(1), hazard(3)], made_from="uuid:a", ended="11:00"),
    )
    assert found.has_rivals
    assert found.said["version"].startswith("uuid:b#")
    assert {row.key for row in Hazard.objects.all()} == {hazard_key(n) for n in (1, 2, 3)}
    assert found.said["dropped"] == [str(hazard_key(3))]


def sent_by_two_inspectors(place):
    """An inspection, other content under its number, two edits of it by two people, an edit of an edit, two rechecks.

    One edit takes back what was put right on the spot; one was made on a phone whose clock is a day ahead.
    """
    return [
        inspection_xml("uuid:a", place=place, hazards=[hazard(1, on_the_spot=True), hazard(2)]),
        inspection_xml("uuid:a", place=place, hazards=[hazard(4, text="账物不符")]),
        inspection_xml("uuid:b", place=place, hazards=[hazard(1), hazard(2)], made_from="uuid:a", ended="10:50"),
        inspection_xml("uuid:c", place=place, hazards=[hazard(3)], made_from="uuid:a", day="2019-06-13"),
        inspection_xml("uuid:d", place=place, hazards=[hazard(2), hazard(3, grade="major")], made_from="uuid:c"),
        recheck_xml("uuid:r", 2),
        recheck_xml("uuid:s", 3, result="not_yet", deadline="2019-07-01"),
    ]


def ended(county, messages):
    """The end state after messages in this order; the records are put back."""
    with transaction.atomic():
        for minutes, xml in enumerate(messages):
            send(county, xml, minutes=minutes)
        state = end_state()
        transaction.set_rollback(True)
    return state


@given(st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_end_is_the_same_in_every_order_of_arrival(county, quarry, data):
    sent = sent_by_two_inspectors(quarry)
    order = data.draw(st.permutations(range(len(sent))))
    again = data.draw(st.lists(st.sampled_from(order), max_size=2))
    assert ended(county, [sent[number] for number in [*order, *again]]) == ended(county, sent)


def test_nothing_is_lost_among_versions_that_contradict_each_other(county, quarry):
    _, hazards, _ = ended(county, sent_by_two_inspectors(quarry))
    states = [hazards[str(hazard_key(number))][0] for number in (1, 2, 3, 4)]
    assert states == ["ordered", "closed", "ordered", "ordered"]


def test_a_recheck_that_arrives_before_the_inspection_waits_and_then_counts(county, quarry):
    send(county, recheck_xml("uuid:r", 1))
    assert Hazard.objects.get().state == "awaited"
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)]))
    assert Hazard.objects.get().state == "closed"


def test_a_recheck_of_what_was_not_reported_and_is_not_done_is_ordered_anew(county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)]))
    send(county, recheck_xml("uuid:r", 1, result="not_yet", deadline="2019-07-01"))
    row = Hazard.objects.get()
    assert (row.state, str(row.deadline_on), row.held) == ("ordered", "2019-07-01", 0)
    found = Inspection.objects.get(is_recheck=True)
    assert (found.workplace, found.activity_key) == (quarry, None)


def test_a_clock_a_day_ahead_is_said_and_changes_nothing_else(county, quarry):
    found = send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)], day="2019-06-21"))
    assert "clock_ahead" in [doubt["code"] for doubt in found.said["doubts"]]
    assert Hazard.objects.get().state == "ordered"


def test_a_workplace_by_its_name_is_found_and_one_not_in_the_register_is_held(county, quarry):
    named = send(county, inspection_xml("uuid:a", place="北山采石场", hazards=[hazard(1)]))
    assert named.workplace == quarry
    strange = inspection_xml("uuid:b", place="河口加油站", key="6b8f1c66-9a4e-4b64-9e3f-2f1f7f5b7e12")
    held = send(county, strange)
    assert (held.workplace, held.workplace_text) == (None, "河口加油站")


def test_nobody_speaks_for_a_unit_that_is_not_theirs(county, quarry):
    found = send(county, inspection_xml("uuid:a", place=quarry, unit="1302"))
    assert found.host.code == "1301"
    assert "unit_not_theirs" in [doubt["code"] for doubt in found.said["doubts"]]


def test_photos_show_their_hazard_and_bear_out_the_activity(county, quarry):
    xml = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, photo="a.jpg"), hazard(2, photo="b.jpg")])
    found = send(county, xml, files=[("a.jpg", b"\xff\xd8 one"), ("s1.png", b"\x89PNG sign")])
    assert [(row.hazard_key, row.shows) for row in HazardPhoto.objects.all()] == [(hazard_key(1), "before")]
    assert [row.submission.file_name for row in Evidence.objects.all()] == ["a.jpg"]
    send(county, xml, files=[("b.jpg", b"\xff\xd8 two")], minutes=9)
    assert HazardPhoto.objects.count() == 2
    assert Activity.objects.filter(key=found.activity_key, is_current=True).count() == 1


def test_an_inspection_is_one_activity_with_its_numbers(county, quarry):
    send(
        county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, on_the_spot=True), hazard(2, grade="major")])
    )
    [activity] = Activity.objects.filter(is_current=True)
    assert (activity.kind, activity.place, activity.host.code) == ("inspection", "北山采石场", "1301")
    counts = {(m.indicator_id, m.basis): m.value for m in Measure.objects.filter(activity=activity)}
    assert counts[("inspections", "events")] == 1
    assert counts[("enterprises_inspected", "places")] == counts[("enterprises_inspected", "place_times")] == 1
    assert counts[("inspectors_deployed", "person_times")] == 2
    found = {name: value for (name, _), value in counts.items() if "hazards" in name}
    assert found == {"hazards_found": 2, "major_hazards_found": 1, "hazards_rectified": 1}


def test_a_recheck_changes_the_figures_of_the_inspection_and_counts_as_none(county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)]))
    assert figures_waiting() == []
    send(county, recheck_xml("uuid:r", 1))
    assert figures_waiting() == []
    values = Measure.objects.filter(activity__is_current=True).values_list("indicator", "value")
    assert dict(values)["hazards_rectified"] == 1
    assert [row.version for row in Activity.objects.filter(is_current=True)] == [2]


@pytest.mark.parametrize("take", [True, False])
def test_a_decision_on_the_page_of_filled_forms_decides_the_inspection_too(county, quarry, take):
    first = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, text="通道堆物")])
    other = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, text="通道堵塞")], ended="11:00")
    for xml in (first, other):
        take_in_answers(
            campaign=county.campaign, xml=xml, user=User.objects.get(username="inspector"), by="inspector", at=AT
        )
    assert Inspection.objects.get().has_rivals
    take_rival(rival=Rival.objects.get(), take=take, reason="组长确认", by="clerk", at=AT)
    assert not Inspection.objects.get().has_rivals
    assert Hazard.objects.get().text == ("通道堵塞" if take else "通道堆物")


def test_what_was_cut_off_between_keeping_and_reading_is_done_by_the_worker(county, quarry):
    for content in ("一", "二"):
        xml = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, text=content)])
        user = User.objects.get(username="inspector")
        receive_answers(campaign=county.campaign, xml=xml, files=(), user=user, device=None, by="inspector", at=AT)
    jobs = [job for job in JOBS if job.name.startswith("inspection.")]
    done = [(each.job, each.error) for each in do_waiting(jobs=jobs, now=lambda: AT, skip=())]
    assert done == [("inspection.take_in", "")] * 2
    assert InspectionVersion.objects.count() == 2
    assert list(do_waiting(jobs=jobs, now=lambda: AT, skip=())) == []


def test_an_inspection_makes_no_proposal_and_no_activity_besides_its_own(county, quarry):
    xml = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)])
    user = User.objects.get(username="inspector")
    answered = take_in_answers(campaign=county.campaign, xml=xml, user=user, by="inspector", at=AT)
    assert (answered.outcome, answered.accepted, answered.left_open) == ("new", 1, 0)
    assert Proposal.objects.count() == 0
    assert Activity.objects.count() == 1


def test_nothing_that_arrives_is_thrown_away(county, quarry):
    first = inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)])
    other = inspection_xml("uuid:a", place=quarry, hazards=[hazard(2)])
    send(county, first)
    found = send(county, other)
    assert InspectionVersion.objects.count() == 2
    assert found.has_rivals
    assert Hazard.objects.count() == 2
    assert Submission.objects.filter(channel="form").count() == 2
