"""Coverage says no more than the records do; an entry can be repeated, and taken back."""

from datetime import date
from uuid import UUID

import pytest

from safemonth.collect.activities.actions import correct_values, sign_return
from safemonth.collect.activities.deeds import Count, Deed, record_deed
from safemonth.collect.activities.models import Activity, Measure
from safemonth.collect.publicity.everyone.actions import enter_part, take_back
from safemonth.collect.publicity.everyone.models import Part
from safemonth.collect.publicity.everyone.queries import parts_of, reach_seen_by
from safemonth.collect.publicity.everyone.rules import read_counts
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import NewUnit, add_units
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def premises(county):
    """Two hotels in 北乡, one in a village of it and one of the county's own; a school in 南乡."""
    add_units(
        units=[
            NewUnit("h1", "北乡宾馆", "premises", "1301", premises_kind="hotel"),
            NewUnit("h2", "村口旅馆", "premises", "130101", premises_kind="hotel"),
            NewUnit("h3", "县宾馆", "premises", "13", premises_kind="hotel"),
            NewUnit("s1", "南乡小学", "school", "1302"),
        ],
        by="t",
        at=AT,
    )
    return county


def a_deed(county, unit, *, count=1, **known) -> Activity:
    told = {"kind": "publicity", "title": "宣传", "host": county.unit(unit), "from_on": date(2019, 6, 5), **known}
    counts = [Count("banners_hung", county.unit(unit), count)] if count is not None else []
    with writing(by="c", at=AT, action="test") as write:
        return record_deed(
            write,
            campaign=county.campaign,
            deed=Deed(**told, to_on=date(2019, 6, 5), counts=counts),
            entry={"unit": unit},
            file_name="x.json",
            by="c",
            at=AT,
        )


def entered(county, unit="1301", key=1, **known) -> Part:
    told = {"counts": {"banners_hung": 2}, "place": "集市口", "done_on": date(2019, 6, 12), **known}
    return enter_part(campaign=county.campaign, unit=county.unit(unit), key=UUID(int=key), by="reporter", at=AT, **told)


def hotels(county):
    return next(reach for reach in reach_seen_by(county.clerk, county.campaign).kinds if reach.kind == "hotel")


def test_a_report_of_noughts_and_an_inspection_reach_no_hotel_but_a_deed_without_a_number_does(premises):
    a_deed(premises, "h1", count=0, is_report_line=True)
    a_deed(premises, "h2", kind="inspection")
    assert hotels(premises).reached == ()
    a_deed(premises, "h3", count=None)
    assert hotels(premises).reached == ("h3",)


def test_a_hotel_that_took_part_in_anothers_deed_is_reached(premises):
    a_deed(premises, "d1", participants={premises.unit("h1"): ""})
    assert hotels(premises).reached == ("h1",)


def test_who_signed_that_there_is_nothing_is_told_from_who_said_nothing(client, premises):
    sign_return(
        campaign=premises.campaign,
        unit=premises.unit("h1"),
        period_from=date(2019, 6, 1),
        period_to=date(2019, 6, 30),
        is_nil=True,
        signed_by="x",
        submission=a_deed(premises, "d1").submission,
        by="t",
        at=AT,
    )
    reach = hotels(premises)
    assert (reach.nil, set(reach.missing)) == (("h1",), {"h1", "h2", "h3"})
    client.force_login(premises.clerk)
    page = client.get("/everyone", headers={"Accept-Language": "en"}).content.decode()
    assert page.count("signed: nothing") == 1


def test_premises_stand_under_their_township_also_where_they_are_a_villages(client, premises):
    a_deed(premises, "h2")
    page = reach_seen_by(premises.clerk, premises.campaign)
    by_township = {
        unit.code if unit else "": {reach.kind: (len(reach.reached), reach.count) for reach in reaches}
        for unit, reaches in page.townships
    }
    assert by_township == {"1301": {"hotel": (1, 2)}, "1302": {"school": (0, 1)}, "": {"hotel": (0, 1)}}
    client.force_login(premises.reporter)
    shown = client.get("/everyone").content.decode()
    assert "北乡" in shown and "南乡" not in shown


def test_an_entry_taken_back_counts_no_more_and_reaches_nothing(client, premises):
    part = entered(premises, "h1")
    client.force_login(premises.stranger)
    assert client.post(f"/my-part/{part.pk}/take-back").status_code == 404
    client.force_login(premises.reporter)
    assert client.post(f"/my-part/{part.pk}/take-back").status_code == 302
    assert FigureDesk.of(premises.campaign).figure("banners_hung").value is None
    assert hotels(premises).reached == ()
    versions = Activity.objects.count()
    take_back(part=part, by="reporter", at=AT)
    assert Activity.objects.count() == versions


def test_an_entry_is_listed_as_corrected_since(premises):
    part = entered(premises)
    measure = Measure.objects.get(activity=part.activity)
    correct_values(activity=part.activity, values={measure.pk: "5"}, reason="数错", by="reporter", at=AT)
    (line,) = parts_of(premises.reporter, premises.campaign)
    assert [count.value for count in line.counts] == [5]


def test_the_same_again_is_filled_in_and_another_units_is_not(client, premises):
    part = entered(premises, counts={"banners_hung": 7}, place="桥头")
    client.force_login(premises.reporter)
    page = client.get(f"/my-part?again={part.pk}").content.decode()
    assert 'value="7"' in page and 'value="桥头"' in page
    client.force_login(premises.stranger)
    assert "桥头" not in client.get(f"/my-part?again={part.pk}").content.decode()


def test_a_number_too_long_to_read_is_refused():
    with pytest.raises(Refused) as refused:
        read_counts([("banners_hung", "9" * 5000)])
    assert refused.value.code == "not_a_whole_number"
