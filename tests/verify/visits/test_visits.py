"""A visit compares each claimed number with what is there, and corrects the record only by a new version."""

from datetime import date
from uuid import UUID

import pytest

from safemonth.collect.activities.actions import correct_values
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity, Measure
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.actions import writing
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import open_account
from safemonth.plan.models import Indicator
from safemonth.verify.sampling.claim import Claim
from safemonth.verify.visits.actions import Found, answer_visit, draw_visits, record_visit, settle_visit
from safemonth.verify.visits.models import Finding, PlannedVisit, Visit, VisitDraw
from safemonth.verify.visits.queries import audited_of, lines_of, planned_seen_by
from tests.cast import AT, PASSWORD

KEY = UUID(int=11)
pytestmark = pytest.mark.django_db
CODES = ("1301", "1302", "1303")


def banners(county, unit: str, number: int) -> Measure:
    """Record so many banners of a unit."""
    host = county.unit(unit)
    with writing(by="t", at=AT, action="test.deed") as write:
        activity = record_deed(
            write,
            campaign=county.campaign,
            deed=Deed(
                kind="publicity",
                title=f"{host}挂横幅",
                host=host,
                task=county.everyone,
                from_on=date(2019, 6, 3),
                to_on=date(2019, 6, 3),
                counts=[Count("banners_hung", host, number), Count("slogans_posted", host, 3)],
            ),
            entry={"n": number},
            file_name=f"{unit}.json",
            by="t",
            at=AT,
        )
    return Measure.objects.get(activity=activity, indicator="banners_hung")


@pytest.fixture
def claims(county):
    """Three townships' banners: unit code -> measure."""
    return {code: banners(county, code, number) for code, number in zip(CODES, (40, 25, 10), strict=True)}


@pytest.fixture
def supervisor(county):
    return open_account(username="sup", password=PASSWORD, role="supervisor", unit=county.unit("d3"), by="t", at=AT)


def drawn(county, claims, **known):
    told = {"visits": 2, "seed": "公开种子"}
    return draw_visits(
        campaign=county.campaign,
        indicator=Indicator.objects.get(pk="banners_hung"),
        claims=[Claim(code, measure.value) for code, measure in claims.items()],
        measures={code: [measure.pk] for code, measure in claims.items()},
        by="clerk",
        at=AT,
        **{**told, **known},
    )


def visit(planned, claims, found: int, user, *, how="counted", key=KEY, **known):
    measure = claims[planned.unit.code]
    return record_visit(
        planned=planned,
        found=[Found(measure.pk, found, how)],
        visited_on=date(2019, 6, 18),
        key=key,
        user=user,
        by=user.username,
        at=AT,
        **known,
    )


def first_of(draw: VisitDraw) -> PlannedVisit:
    planned = PlannedVisit.objects.filter(draw=draw).first()
    assert planned is not None
    return planned


def test_a_draw_keeps_its_design_and_another_needs_a_reason(county, claims):
    draw = drawn(county, claims)
    planned = list(PlannedVisit.objects.filter(draw=draw))
    assert [each.position for each in planned] == list(range(1, len(planned) + 1))
    assert sum(not each.is_reserve for each in planned) == 2
    assert drawn(county, claims, reason="试").design == draw.design
    with pytest.raises(Refused) as refused:
        drawn(county, claims)
    assert refused.value.code == "reason_missing"


def test_what_was_found_corrects_the_figure_by_a_new_version_with_its_reason(county, claims, supervisor):
    planned = first_of(drawn(county, claims))
    code, claimed = planned.unit.code, claims[planned.unit.code].value
    made = visit(planned, claims, claimed - 5, supervisor)
    desk = FigureDesk.of(county.campaign)
    assert desk.figure("banners_hung", unit=code).value == claimed
    settle_visit(visit=made, reason="现场清点", by="clerk", at=AT)
    figure = FigureDesk.of(county.campaign).figure("banners_hung", unit=code)
    assert figure.value == claimed - 5
    new = Activity.objects.get(host__code=code, is_current=True)
    assert (new.version, new.reason) == (2, "现场清点")
    states = dict(Measure.objects.filter(activity=new).values_list("indicator", "state"))
    assert states == {"banners_hung": "corrected", "slogans_posted": "claimed"}
    assert Activity.objects.get(host__code=code, version=1)
    assert list(disagreements()) == []


def test_what_is_as_claimed_is_confirmed_without_a_new_version(county, claims, supervisor):
    planned = first_of(drawn(county, claims))
    made = visit(planned, claims, claims[planned.unit.code].value, supervisor)
    settle_visit(visit=made, reason="现场清点", by="clerk", at=AT)
    claims[planned.unit.code].refresh_from_db()
    assert claims[planned.unit.code].state == "confirmed"
    assert not Activity.objects.filter(version=2).exists()


def test_a_visit_entered_twice_is_one_and_a_change_is_a_new_version_with_its_reason(county, claims, supervisor):
    draw = drawn(county, claims)
    planned = first_of(draw)
    first = visit(planned, claims, 7, supervisor)
    assert visit(planned, claims, 7, supervisor) == first
    with pytest.raises(Refused) as refused:
        visit(planned, claims, 8, supervisor)
    assert refused.value.code == "reason_missing"
    second = visit(planned, claims, 8, supervisor, reason="又找到一条")
    assert (second.version, Visit.objects.filter(is_current=True).count()) == (2, 1)
    assert audited_of(lines_of(draw)) == {planned.unit.code: 8}
    with pytest.raises(Refused) as refused:
        visit(planned, claims, 8, supervisor, key=UUID(int=12))
    assert refused.value.code == "visited_already"


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"found": 3, "how": "not_found"}, "not_found_is_none"),
        ({"found": -1}, "not_found_is_none"),
        ({"found": 3, "how": "guessed"}, "not_found_is_none"),
    ],
)
def test_what_cannot_be_found_is_refused(county, claims, supervisor, known, code):
    planned = first_of(drawn(county, claims))
    with pytest.raises(Refused) as refused:
        visit(planned, claims, known.pop("found"), supervisor, **known)
    assert refused.value.code == code and not Finding.objects.exists()


def test_a_claimed_number_left_out_and_a_day_to_come_are_refused(county, claims, supervisor):
    planned = first_of(drawn(county, claims))
    told = {"planned": planned, "key": KEY, "user": supervisor, "by": "sup", "at": AT}
    with pytest.raises(Refused) as refused:
        record_visit(found=[], visited_on=date(2019, 6, 18), **told)
    assert refused.value.code == "not_all_compared" and "挂横幅" in str(refused.value)
    found = [Found(claims[planned.unit.code].pk, 1, "seen")]
    with pytest.raises(Refused) as refused:
        record_visit(found=found, visited_on=date(2019, 6, 30), **told)
    assert refused.value.code == "visit_to_come"


def test_nobody_supervises_the_own_unit(county, claims):
    of_bei = open_account(username="own", password=PASSWORD, role="supervisor", unit=county.unit("1301"), by="t", at=AT)
    planned = PlannedVisit.objects.get(draw=drawn(county, claims, visits=3), unit__code="1301")
    with pytest.raises(Refused) as refused:
        visit(planned, claims, 40, of_bei)
    assert refused.value.code == "own_unit"


def test_a_claim_that_the_unit_changed_after_the_visit_is_compared_again(county, claims, supervisor):
    planned = first_of(drawn(county, claims))
    made = visit(planned, claims, 1, supervisor)
    measure = claims[planned.unit.code]
    standing = Measure.objects.filter(activity=measure.activity)
    typed = {each.pk: "2" if each.pk == measure.pk else str(each.value) for each in standing}
    correct_values(activity=measure.activity, values=typed, reason="自查更正", by="reporter", at=AT)
    with pytest.raises(Refused) as refused:
        settle_visit(visit=made, reason="清点", by="clerk", at=AT)
    assert refused.value.code == "changed_since"


def test_what_was_settled_is_not_settled_or_changed_again(county, claims, supervisor):
    planned = first_of(drawn(county, claims))
    made = settle_visit(visit=visit(planned, claims, 1, supervisor), reason="清点", by="clerk", at=AT)
    with pytest.raises(Refused) as refused:
        settle_visit(visit=made, reason="清点", by="clerk", at=AT)
    assert refused.value.code == "settled_already"
    with pytest.raises(Refused) as refused:
        visit(planned, claims, 2, supervisor, reason="又找到")
    assert refused.value.code == "settled_already"


def test_a_unit_sees_its_visit_once_made_answers_it_and_sees_no_other(county, claims, supervisor):
    draw = drawn(county, claims, visits=3)
    assert not planned_seen_by(county.reporter, county.campaign).exists()
    planned = PlannedVisit.objects.get(draw=draw, unit__code="1301")
    made = visit(planned, claims, 30, supervisor)
    assert list(planned_seen_by(county.reporter, county.campaign)) == [planned]
    assert not planned_seen_by(county.stranger, county.campaign).exists()
    with pytest.raises(Refused):
        answer_visit(visit=made, text=" ", by="reporter", at=AT)
    assert answer_visit(visit=made, text="另有十条在村里", by="reporter", at=AT).visit_key == made.key
