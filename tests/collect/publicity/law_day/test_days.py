"""A day of law to the countryside, from the invitation to the one activity that it becomes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity, Participation
from safemonth.collect.publicity.law_day.actions import (
    add_programme_item,
    answer_invitation,
    answer_question,
    ask_question,
    close_day,
    invite,
    note_hazard,
    plan_day,
    say_who_came,
    take_over,
)
from safemonth.collect.publicity.law_day.models import Guest, LawDay
from safemonth.collect.publicity.law_day.queries import (
    day_page,
    days_run_by,
    days_seen_by,
    hazards_to_take_over,
    occasion_of,
)
from safemonth.collect.publicity.law_day.rules import GuestFacts, attendance_of
from safemonth.collect.publicity.materials.actions import Line, hand_out
from safemonth.collect.publicity.materials.models import Handout
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.actions import writing
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import NewUnit, add_units, open_account
from tests.cast import AT, PASSWORD
from tests.collect.publicity.materials.printing import a_design, printed

HELD = date(2019, 6, 12)
MINES = ("e1", "e2", "e3")
GUESTS = st.builds(
    GuestFacts,
    st.sampled_from(("enterprise", "township", "department")),
    st.booleans(),
    st.sampled_from(("", "coming", "deputy", "not_coming")),
    st.none() | st.integers(0, 30),
)


@given(st.lists(GUESTS, max_size=40))
def test_everyone_who_came_is_counted_once_and_silence_is_not_absence(guests: list[GuestFacts]):
    attendance = attendance_of(guests)
    assert attendance.people == sum(guest.people_came or 0 for guest in guests)
    came = sum(attendance.came.values())
    said_none = sum(guest.people_came == 0 for guest in guests)
    assert came + said_none + attendance.unsaid == len(guests)
    assert all(attendance.answered[role] <= attendance.asked[role] for role in attendance.asked)


def a_day(county: Any) -> LawDay:
    """A day of the office's in 北乡 with three mines, two townships and a department asked."""
    mines = [NewUnit(code, f"{code}矿", "enterprise", "1301", name_en=f"mine {code}") for code in MINES]
    add_units(units=mines, by="t", at=AT)
    day = plan_day(
        campaign=county.campaign,
        township=county.unit("1301"),
        host=county.unit("d1"),
        title="送法下乡",
        held_on=HELD,
        by="clerk",
        at=AT,
    )
    invite(
        day=day,
        units=[county.unit(code) for code in (*MINES, "1301", "1302", "d2")],
        post_title="负责人",
        by="clerk",
        at=AT,
    )
    return day


def came(day: LawDay, **people: int | None) -> None:
    guests = {guest.unit.code: guest.pk for guest in Guest.objects.filter(day=day).select_related("unit")}
    say_who_came(
        day=day, people={guests[code.strip("_")]: number for code, number in people.items()}, held=[], by="c", at=AT
    )


def figure(county: Any, indicator: str, unit: str = "13") -> Any:
    return FigureDesk.of(county.campaign).figure(indicator, unit=unit).value


@pytest.mark.django_db
def test_a_day_is_one_activity_and_each_units_people_are_a_part_of_it(county: Any):
    day = a_day(county)
    came(day, e1=2, e2=3, e3=0, _1301=6, _1302=4, d2=5)
    close_day(day=day, by="clerk", at=AT)
    activity = Activity.objects.get()
    assert (activity.kind, activity.host.code) == ("law_to_countryside", "d1")
    names = set(Participation.objects.values_list("unit__code", flat=True))
    assert names == {"d1", "e1", "e2", "1301", "1302", "d2"}
    assert figure(county, "people_taking_part") == 20
    # 北乡 and the mines that stand below it; no more than its part.
    assert figure(county, "people_taking_part", "1301") == 11
    assert figure(county, "departments_taking_part") == 2


@pytest.mark.django_db
def test_closing_again_after_late_reports_is_a_new_version_and_never_a_second_event(county: Any):
    day = a_day(county)
    came(day, e1=2)
    close_day(day=day, by="clerk", at=AT)
    close_day(day=day, by="clerk", at=AT)
    assert Activity.objects.count() == 1
    came(day, e2=3)
    with pytest.raises(Refused) as refused:
        close_day(day=day, by="clerk", at=AT)
    assert refused.value.code == "reason_missing"
    close_day(day=day, by="clerk", at=AT, reason="e2 补报")
    assert Activity.objects.filter(is_current=True).count() == 1
    assert figure(county, "people_taking_part") == 5
    assert list(disagreements()) == []


@pytest.mark.django_db
def test_a_day_that_a_letter_has_recorded_takes_its_place_only_when_somebody_says_so(county: Any):
    day = a_day(county)
    came(day, e1=2)
    with writing(by="clerk", at=AT, action="test.letter") as write:
        by_letter = record_deed(
            write,
            campaign=county.campaign,
            deed=Deed(
                kind="law_to_countryside",
                title="送法下乡",
                host=day.host,
                from_on=HELD,
                to_on=HELD,
                counts=[Count("people_taking_part", day.host, 40, basis="people")],
            ),
            entry={"letter": 1},
            file_name="送法下乡情况.docx",
            by="d1",
            at=AT,
        )
    with pytest.raises(Refused) as refused:
        close_day(day=day, by="clerk", at=AT)
    assert refused.value.code == "event_on_record"
    assert "送法下乡情况.docx" in str(refused.value)
    close_day(day=day, in_place_of=by_letter, by="clerk", at=AT)
    assert figure(county, "people_taking_part") == 2
    assert [row.version for row in Activity.objects.filter(key=by_letter.key)] == [1, 2]
    came(day, e2=3)
    close_day(day=day, reason="补报", by="clerk", at=AT)
    assert figure(county, "people_taking_part") == 5


@pytest.mark.django_db
def test_books_leave_the_stock_at_once_and_are_counted_when_the_day_closes(county: Any):
    day = a_day(county)
    book = a_design(county, "安全手册", kind="book", indicator="handbooks_distributed")
    printed(county, book, 500)
    hand_out(
        campaign=county.campaign,
        place=county.unit("d1"),
        given_on=HELD,
        lines=[Line(book, 120)],
        occasion=occasion_of(day),
        by="clerk",
        at=AT,
    )
    assert figure(county, "handbooks_distributed") is None
    came(day, e1=2)
    close_day(day=day, by="clerk", at=AT)
    assert figure(county, "handbooks_distributed") == 120
    assert Handout.objects.get().activity == Activity.objects.get()


@pytest.mark.django_db
def test_a_hazard_is_counted_by_the_day_until_inspections_take_it_over(county: Any):
    day = a_day(county)
    came(day, e1=2)
    for text in ("顶板未支护", "安全出口堵塞"):
        note_hazard(day=day, unit=county.unit("e1"), place="主井", text=text, by="c", at=AT)
    close_day(day=day, by="clerk", at=AT)
    assert figure(county, "hazards_found") == 2
    first = hazards_to_take_over(county.campaign)[0]
    take_over(hazard=first, number="易检〔2019〕7号", by="inspector", at=AT)
    assert figure(county, "hazards_found") == 1
    assert hazards_to_take_over(county.campaign).count() == 1
    assert Activity.objects.filter(is_current=True).count() == 1
    with pytest.raises(Refused) as refused:
        take_over(hazard=first, number="8", by="inspector", at=AT)
    assert refused.value.code == "taken_over_already"


@pytest.mark.django_db
def test_what_is_open_is_said_before_a_day_closes(county: Any):
    day = a_day(county)
    add_programme_item(day=day, kind="books", by="c", at=AT)
    question = ask_question(day=day, text="许可证到期怎么办？", asked_by=county.unit("e1"), by="c", at=AT)
    came(day, e1=2)
    codes = {point.code for point in day_page(day).open_points}
    assert codes == {"attendance_unsaid", "questions_unanswered", "programme_not_ticked", "no_books"}
    answer_question(question=question, answer="提前三个月申请", answered_by=county.unit("d1"), by="c", at=AT)
    page = day_page(day)
    everyone = {guest.pk: 1 for guest in page.guests}
    say_who_came(day=day, people=everyone, held=[page.programme[0].pk], by="c", at=AT)
    assert {point.code for point in day_page(day).open_points} == {"no_books"}


@pytest.mark.django_db
def test_an_invitation_is_answered_and_the_first_receipt_keeps_its_time(county: Any):
    day = a_day(county)
    guest = Guest.objects.get(day=day, unit__code="e1")
    answer_invitation(guest=guest, answer="coming", by="x", at=AT)
    answer_invitation(guest=guest, answer="deputy", by="x", at=AT.replace(hour=20))
    guest.refresh_from_db()
    assert (guest.answer, guest.received_at) == ("deputy", AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda c, d: close_day(day=d, by="x", at=AT), "nobody_came"),
        (lambda c, d: came(d, e1=-1), "people_below_zero"),
        (lambda c, d: ask_question(day=d, text=" ", by="x", at=AT), "no_question"),
        (lambda c, d: note_hazard(day=d, unit=c.unit("e1"), place="", text="x", by="x", at=AT), "no_hazard"),
        (lambda c, d: answer_invitation(guest=Guest.objects.all()[0], answer="", by="x", at=AT), "unknown_answer"),
        (lambda c, d: a_day(c), "law_day_exists"),
    ],
)
def test_what_cannot_be_is_refused(county: Any, do: Any, code: str):
    day = a_day(county)
    with pytest.raises(Refused) as refused:
        do(county, day)
    assert refused.value.code == code


@pytest.mark.django_db
def test_who_is_asked_sees_the_day_and_only_its_host_and_the_office_run_it(county: Any):
    day = a_day(county)
    miner = open_account(username="m", password=PASSWORD, role="reporter", unit=county.unit("e1"), by="t", at=AT)
    host = open_account(username="h", password=PASSWORD, role="reporter", unit=county.unit("d1"), by="t", at=AT)
    west = open_account(username="w", password=PASSWORD, role="reporter", unit=county.unit("1303"), by="t", at=AT)
    sees = {user.username: list(days_seen_by(user, county.campaign)) == [day] for user in (miner, host, west)}
    assert sees == {"m": True, "h": True, "w": False}
    runs = {
        user.username
        for user in (miner, host, west, county.clerk, county.leader)
        if days_run_by(user, county.campaign).exists()
    }
    assert runs == {"h", "clerk"}


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_day_at_once_make_one_event(county: Any):
    day = a_day(county)
    came(day, e1=2)

    def close(number: int) -> None:
        try:
            close_day(day=LawDay.objects.get(pk=day.pk), by=f"clerk{number}", at=AT, reason="同时办结")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(close, range(4)))
    assert Activity.objects.count() == 1
