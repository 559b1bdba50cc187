"""Writes of a day of law to the countryside, from the invitation to the one activity that it becomes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity
from safemonth.collect.activities.once import entered_once
from safemonth.collect.activities.queries import refuse_double
from safemonth.collect.publicity.law_day.models import (
    Guest,
    GuestAnswer,
    GuestRole,
    HazardSeen,
    LawDay,
    ProgrammeItem,
    Question,
)
from safemonth.collect.publicity.law_day.queries import DayPage, day_on_record, day_page, next_number
from safemonth.collect.publicity.materials.actions import counts_of_handouts, settle_occasion
from safemonth.ledger.actions import writing
from safemonth.lib.measure_words import basis_of
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, UnitKind
from safemonth.plan.models import ActivityKind, Campaign, Task

# As what a unit is asked, by its kind; what is none of these comes as an enterprise (a mine's school, a shop).
ROLE_OF_KIND = {
    UnitKind.TOWNSHIP: GuestRole.TOWNSHIP,
    UnitKind.VILLAGE: GuestRole.TOWNSHIP,
    UnitKind.COUNTY: GuestRole.DEPARTMENT,
    UnitKind.DEPARTMENT: GuestRole.DEPARTMENT,
    UnitKind.MEDIA: GuestRole.DEPARTMENT,
}


def plan_day(
    *,
    campaign: Campaign,
    township: Unit,
    host: Unit,
    title: str,
    held_on: date,
    by: str,
    at: datetime,
    place: str = "",
    starts_at: time | None = None,
    task: Task | None = None,
) -> LawDay:
    """Plan a day; raises Refused `law_day_exists` where the township has one on that day."""
    if LawDay.objects.filter(campaign=campaign, township=township, held_on=held_on).exists():
        raise Refused(
            "law_day_exists",
            gettext_noop("%(township)s has a day on %(on)s already."),
            township=township,
            on=held_on.isoformat(),
        )
    with writing(by=by, at=at, action="law_day.plan", about=title) as write:
        return write.create(
            LawDay(
                campaign=campaign,
                task=task,
                township=township,
                host=host,
                title=title.strip()[:160],
                place=place.strip()[:160],
                held_on=held_on,
                starts_at=starts_at,
            )
        )


def invite(
    *, day: LawDay, units: Iterable[Unit], post_title: str, by: str, at: datetime, is_asked: bool = True
) -> list[Guest]:
    """Invite units (`is_asked` False: enter units that came unasked); who stands on the list already is passed over."""
    known = set(Guest.objects.filter(day=day).values_list("unit", flat=True))
    with writing(by=by, at=at, action="law_day.invite", about=day.title) as write:
        return write.create_all(
            [
                Guest(
                    day=day,
                    unit=unit,
                    role=ROLE_OF_KIND.get(UnitKind(unit.kind), GuestRole.ENTERPRISE),
                    post_title=post_title.strip()[:120],
                    invited_at=at if is_asked else None,
                )
                for unit in units
                if unit.pk not in known
            ]
        )


def answer_invitation(*, guest: Guest, answer: str, by: str, at: datetime) -> Guest:
    """Enter that the invitation arrived and what the unit answers; a later answer takes the earlier one's place.

    Raises Refused `unknown_answer`.
    """
    if answer not in GuestAnswer.values or not answer:
        raise Refused("unknown_answer", gettext_noop("Say whether somebody comes."))
    with writing(by=by, at=at, action="law_day.answer", about=f"{guest.unit.code} {answer}") as write:
        return write.change(guest, answer=answer, received_at=guest.received_at or at)


def add_programme_item(
    *,
    day: LawDay,
    kind: str,
    by: str,
    at: datetime,
    title: str = "",
    starts_at: time | None = None,
    place: str = "",
    led_by: Unit | None = None,
) -> ProgrammeItem:
    """Add a point at the end of the programme."""
    with writing(by=by, at=at, action="law_day.programme", about=day.title) as write:
        return write.create(
            ProgrammeItem(
                day=day,
                number=next_number(day),
                kind=kind,
                title=title.strip()[:160],
                starts_at=starts_at,
                place=place.strip()[:160],
                led_by=led_by,
            )
        )


def say_who_came(
    *, day: LawDay, people: Mapping[int, int | None], held: Collection[int], by: str, at: datetime
) -> None:
    """Enter how many came of each guest (by primary key; None: not said) and which points were held.

    Guests that `people` does not name stay as they are; `held` are all points that were held. Raises Refused
    `below_zero`.
    """
    if any(number is not None and number < 0 for number in people.values()):
        raise Refused("people_below_zero", gettext_noop("A number of people cannot be below zero."))
    with writing(by=by, at=at, action="law_day.attendance", about=day.title) as write:
        guests = Guest.objects.filter(day=day, pk__in=people)
        write.change_each([(guest, {"people_came": people[guest.pk]}) for guest in guests])
        items = ProgrammeItem.objects.filter(day=day)
        write.change_each([(item, {"was_held": item.pk in held}) for item in items])


def ask_question(
    *,
    day: LawDay,
    text: str,
    by: str,
    at: datetime,
    asked_by: Unit | None = None,
    answer: str = "",
    answered_by: Unit | None = None,
    key: UUID | None = None,
) -> Question:
    """Enter a question, with its answer where there is one already; raises Refused `no_question`.

    What was entered under `key` already is given back.
    """
    if not text.strip():
        raise Refused("no_question", gettext_noop("Write down what was asked."))
    question = Question(
        key=key,
        day=day,
        asked_by=asked_by,
        text=text.strip(),
        answer=answer.strip(),
        answered_by=answered_by if answer.strip() else None,
        answered_at=at if answer.strip() else None,
    )

    def enter() -> Question:
        with writing(by=by, at=at, action="law_day.question", about=day.title) as write:
            return write.create(question)

    return entered_once(Question, key, enter)


def answer_question(*, question: Question, answer: str, answered_by: Unit | None, by: str, at: datetime) -> Question:
    """Answer a question, or answer it anew; raises Refused `no_answer`."""
    if not answer.strip():
        raise Refused("no_answer", gettext_noop("Write down the answer."))
    with writing(by=by, at=at, action="law_day.answer_question", about=question.day.title) as write:
        return write.change(question, answer=answer.strip(), answered_by=answered_by, answered_at=at)


def note_hazard(
    *,
    day: LawDay,
    unit: Unit,
    place: str,
    text: str,
    by: str,
    at: datetime,
    seen_by: Unit | None = None,
    key: UUID | None = None,
) -> HazardSeen:
    """Enter a hazard that was seen; inspections take it over.

    What was entered under `key` already is given back. Raises Refused `no_hazard`.
    """
    if not text.strip() or not place.strip():
        raise Refused("no_hazard", gettext_noop("Say where the hazard is and what it is."))
    hazard = HazardSeen(key=key, day=day, unit=unit, place=place.strip()[:160], text=text.strip(), seen_by=seen_by)

    def enter() -> HazardSeen:
        with writing(by=by, at=at, action="law_day.hazard", about=f"{unit.code} {place}") as write:
            return write.create(hazard)

    return entered_once(HazardSeen, key, enter)


def take_over(*, hazard: HazardSeen, number: str, by: str, at: datetime) -> HazardSeen:
    """Note under which number inspections took a hazard over; a closed day is closed again without it.

    So it is counted once: by inspections, and no more by the day. Raises Refused `taken_over_already`.
    """
    if hazard.taken_over_as:
        raise Refused(
            "taken_over_already", gettext_noop("It was taken over already, as %(number)s."), number=hazard.taken_over_as
        )
    with writing(by=by, at=at, action="law_day.take_over", about=number) as write:
        write.change(hazard, taken_over_as=number[:80])
        if hazard.day.closed_at:
            close_day(day=hazard.day, by=by, at=at, reason=f"隐患移交检查：{number}")
    return hazard


# The reason that a version gets which takes the place of what a sheet or letter said of the day.
AS_HELD: Final = "按活动现场记录"


def close_day(*, day: LawDay, by: str, at: datetime, reason: str = "", in_place_of: Activity | None = None) -> LawDay:
    """Make the day one activity with all who came as participants; again, after late reports, a new version of it.

    The host's number of people is the whole, each unit's is a part of it. Raises Refused `nobody_came`,
    `reason_missing` where a closed day changed and no reason is given, and `event_on_record` where a sheet or letter
    has recorded the day and `in_place_of` does not say that it may be replaced.
    """
    with writing(by=by, at=at, action="law_day.close", about=day.title) as write:
        # Two who close it at once: the second waits, and makes a new version of the first one's activity.
        day.refresh_from_db(from_queryset=LawDay.objects.select_for_update())
        page = day_page(day)
        if not page.attendance.people:
            raise Refused("nobody_came", gettext_noop("Enter first who came."))
        elsewhere = day_on_record(day)
        refuse_double(elsewhere, in_place_of=in_place_of)
        activity = record_deed(
            write,
            campaign=day.campaign,
            deed=_deed(page),
            entry={"law_day": day.pk, "reason": reason, "programme": [item.kind for item in page.programme]},
            file_name=f"law-day-{day.pk}.json",
            by=by,
            at=at,
            standing=day.activity or elsewhere,
            reason=reason or (AS_HELD if elsewhere else ""),
        )
        settle_occasion(write, handouts=page.handouts, activity=activity)
        return write.change(day, activity=activity, closed_at=at)


def _deed(page: DayPage) -> Deed:
    day = page.day
    came = [guest for guest in page.guests if guest.people_came]
    departments = {guest.unit for guest in came if guest.role == GuestRole.DEPARTMENT}
    if day.host.kind == UnitKind.DEPARTMENT:
        departments.add(day.host)
    return Deed(
        kind=ActivityKind.LAW_TO_COUNTRYSIDE,
        title=day.title,
        host=day.host,
        task=day.task,
        place=f"{day.township.name}{day.place}",
        from_on=day.held_on,
        to_on=day.held_on,
        participants={guest.unit: guest.post_title for guest in came},
        counts=[
            Count("people_taking_part", day.host, page.attendance.people, basis="people", measure_word="人"),
            *(
                Count(
                    "people_taking_part",
                    guest.unit,
                    guest.people_came or 0,
                    basis="people",
                    measure_word="人",
                    part_of=0,
                )
                for guest in came
            ),
            *(
                Count("departments_taking_part", unit, 1, basis="places", measure_word="家", named=unit.code)
                for unit in sorted(departments, key=lambda unit: unit.path)
            ),
            *counts_of_handouts(page.handouts),
            *_of_the_day(page),
        ],
    )


def _of_the_day(page: DayPage) -> list[Count]:
    """Questions and hazards of the day; none of a kind: no count, since nobody said that there were none."""
    counts = []
    if page.questions:
        counts.append(Count("other_count", page.day.host, len(page.questions), measure_word="件", heading="现场提问"))
    hazards = sum(not hazard.taken_over_as for hazard in page.hazards)
    if hazards:
        counts.append(
            Count("hazards_found", page.day.host, hazards, basis=basis_of("处"), measure_word="处", heading="现场检查")
        )
    return counts
