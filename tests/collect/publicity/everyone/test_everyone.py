"""A banner is entered in seconds, counted once, and hotels and schools are named where nothing was done."""

from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from safemonth.collect.activities.models import Activity, Evidence
from safemonth.collect.publicity.everyone.actions import enter_part
from safemonth.collect.publicity.everyone.models import Part
from safemonth.collect.publicity.everyone.queries import reach_seen_by
from safemonth.collect.publicity.everyone.rules import COUNTED, MOST, Premises, kind_of, reach_by_kind, read_counts
from safemonth.figures.queries import FigureDesk
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.organisation.unit_sheet import premises_kind_of
from tests.cast import AT
from tests.collect.evidence.photo_files import photo

KEY = UUID("0b0b5b6e-3f5a-4a43-9a55-7d3b0d5c8a01")


def entered(county, unit="1301", key=KEY, **known):
    told = {"counts": {"banners_hung": 2}, "place": "集市口", "done_on": date(2019, 6, 12)}
    return enter_part(campaign=county.campaign, unit=county.unit(unit), key=key, by="r", at=AT, **{**told, **known})


@given(st.dictionaries(st.sampled_from(sorted(COUNTED)), st.integers(0, MOST), max_size=4))
def test_what_was_typed_is_what_is_counted_and_zero_is_not_a_count(typed):
    above_zero = {code: count for code, count in typed.items() if count}
    if not above_zero:
        with pytest.raises(Refused) as refused:
            read_counts((code, str(count)) for code, count in typed.items())
        assert refused.value.code == "nothing_counted"
    else:
        assert read_counts((code, f" {count} ") for code, count in typed.items()) == above_zero


@pytest.mark.parametrize(
    ("text", "code"), [("两", "not_a_whole_number"), ("-1", "not_a_whole_number"), ("100001", "too_many")]
)
def test_what_is_no_count_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        read_counts([("banners_hung", text)])
    assert refused.value.code == code


@given(st.lists(st.sampled_from(("hotel", "school", "restaurant", "")), max_size=20), st.sets(st.integers(0, 19)))
def test_each_of_a_kind_is_reached_or_named_and_every_needs_all_of_them(kinds, done):
    premises = [Premises(str(n), kind, "t") for n, kind in enumerate(kinds)]
    active = {str(n) for n in done}
    for reach in reach_by_kind(premises, active=active):
        of_kind = [each.code for each in premises if each.kind == reach.kind]
        assert sorted((*reach.reached, *reach.missing)) == sorted(of_kind)
        assert set(reach.reached) == set(of_kind) & active
        assert reach.is_every == (set(of_kind) <= active)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("易州大酒店", "hotel"),
        ("惠民超市", "supermarket"),
        ("老城饭店", "restaurant"),
        ("东关小学", ""),
        ("中石油加油站", "petrol"),
    ],
)
def test_the_sort_of_premises_is_told_from_the_name(name, kind):
    assert premises_kind_of("", name=name) == kind


def test_schools_and_hospitals_are_premises_by_their_kind_and_departments_are_none():
    assert [kind_of(*each) for each in (("school", ""), ("hospital", ""), ("premises", "hotel"), ("premises", ""))] == [
        "school",
        "hospital",
        "hotel",
        "other",
    ]
    assert kind_of("department", "") == ""


@pytest.mark.django_db
def test_an_entry_is_one_activity_of_the_unit_and_its_task_with_the_photo_as_evidence(county):
    part = entered(county, photo=(photo(1), "a.jpg"))
    assert (part.activity.host.code, part.activity.place, part.activity.task) == ("1301", "集市口", county.everyone)
    assert Evidence.objects.filter(activity=part.activity).count() == 1
    assert FigureDesk.of(county.campaign).figure("banners_hung").value == 2


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_entered_once_and_another_adds(county):
    assert entered(county).pk == entered(county).pk
    assert Activity.objects.count() == 1
    entered(county, key=UUID(int=7), place="桥头", counts={"banners_hung": 3, "slogans_posted": 1})
    assert FigureDesk.of(county.campaign).figure("banners_hung").value == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"place": " "}, "place_missing"),
        ({"counts": {}}, "nothing_counted"),
        ({"counts": {"drills": 1}}, "nothing_counted"),
        ({"done_on": date(2019, 7, 1)}, "day_to_come"),
        ({"photo": (b"no photo", "a.txt")}, "not_a_photo"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(county, known, code):
    with pytest.raises(Refused) as refused:
        entered(county, **known)
    assert refused.value.code == code
    assert Part.objects.count() == Activity.objects.count() == 0


@pytest.mark.django_db
def test_a_reporter_enters_for_the_own_units_with_two_fields_and_a_photo(client, county):
    client.force_login(county.reporter)
    page = client.get("/my-part").content.decode()
    assert 'capture="environment"' in page and "南乡" not in page
    said = {"key": str(KEY), "unit": "1301", "banners_hung": "2", "place": "集市口"}
    for _ in range(2):
        shot = SimpleUploadedFile("a.jpg", photo(1), "image/jpeg")
        answer = client.post("/my-part", {**said, "photo": shot})
        assert answer.status_code == 302, answer.context["refused"]
    assert Part.objects.count() == 1
    assert "集市口" in client.get("/my-part").content.decode()
    assert client.post("/my-part", {**said, "unit": "1302"}).status_code == 404
    refused = client.post("/my-part", {**said, "key": str(UUID(int=9)), "banners_hung": "二"})
    assert refused.status_code == 422 and 'value="二"' in refused.content.decode()


@pytest.mark.django_db
def test_premises_of_which_nothing_is_on_record_are_named_and_a_neighbours_are_not_seen(client, county):
    add_units(
        units=[
            NewUnit("h1", "北乡宾馆", "premises", "1301", premises_kind="hotel"),
            NewUnit("h2", "南乡宾馆", "premises", "1302", premises_kind="hotel"),
            NewUnit("s1", "北乡小学", "school", "1301"),
        ],
        by="t",
        at=AT,
    )
    entered(county, "h1")
    reaches = reach_seen_by(county.clerk, county.campaign).kinds
    assert [(r.kind, r.reached, r.missing) for r in reaches] == [("hotel", ("h1",), ("h2",)), ("school", (), ("s1",))]
    reaches = reach_seen_by(county.reporter, county.campaign).kinds
    assert [(r.kind, r.is_every) for r in reaches] == [("hotel", True), ("school", False)]
    client.force_login(county.reporter)
    assert "南乡宾馆" not in client.get("/everyone").content.decode()


@pytest.mark.django_db
def test_the_pages_ask_the_database_as_often_for_many_entries_as_for_one(client, county):
    client.force_login(county.clerk)

    def asked() -> int:
        count = 0
        for address in ("/my-part", "/everyone"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            count += len(queries)
        return count

    entered(county)
    asked()
    one = asked()
    for n in range(10, 16):
        entered(county, key=UUID(int=n), place=f"第{n}处")
    assert asked() == one
