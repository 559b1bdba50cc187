"""The demo's filled forms: each fits the office's form, lies within the truth of the sheets, and comes out once."""

import io
from typing import Any

import pytest
from PIL import Image

from safemonth.collect.evidence.models import PhotoLikeness
from safemonth.collect.evidence.queries import photo_rows
from safemonth.collect.forms.answers import check_answers
from safemonth.collect.forms.models import Instance, Rival
from safemonth.collect.readers.queries import waiting_measures
from safemonth.demo import county
from safemonth.demo.field.answers import answers_xml
from safemonth.demo.field.filled import FilledForm, filled_forms
from safemonth.demo.field.photos import CROPPED_SHARE, SIZE, passed_on, scene
from safemonth.demo.field.sending import look_at_photos, send_filled
from safemonth.demo.month import set_up_month
from safemonth.demo.truth import deeds_of
from safemonth.organisation.models import User
from tests.cast import AT, PASSWORD
from tests.collect.forms.forms_made import builtin


def doubts_on(filled: FilledForm, **typed: str) -> list[str]:
    """What does not fit the form, with some numbers typed otherwise."""
    counts = {code: str(said.value) for code, said in filled.counts.items()} | typed
    xml = answers_xml(filled, counts, [f"{number}.jpg" for number in filled.photos or (1,)])
    units = {"units.csv": county.names().keys()}
    return [doubt.code for doubt in check_answers(xml, builtin(filled.form), choices=units, now=filled.sent_at)]


@pytest.mark.parametrize("filled", filled_forms(), ids=lambda filled: f"{filled.number}-{filled.form}")
def test_every_form_is_filled_as_the_office_asks(filled: FilledForm):
    assert doubts_on(filled) == []


def test_words_in_a_number_do_not_fit():
    (filled,) = (each for each in filled_forms() if each.odd[0] == "typed")
    code, _, text = filled.odd[1].partition("=")
    assert doubts_on(filled, **{code: text}) == ["not_an_integer"]


def test_a_vehicle_stops_in_a_village_of_its_tour_on_a_day_of_it():
    names = county.division_names()
    stops = [filled for filled in filled_forms() if filled.form == "village_stop"]
    assert {filled.unit for filled in stops} == set(county.VEHICLE_UNITS)
    for stop in stops:
        (tour,) = (deed for deed in deeds_of(stop.unit, task="vehicles") if deed.from_on <= stop.on <= deed.to_on)
        (township,) = (code for code, name in names.items() if name == tour.place and len(code) == 9)
        assert stop.place in {county.short_name(code) for code in county.villages_of(township)}, stop


def test_every_oddity_is_there_once():
    words = sorted(filled.odd[0] for filled in filled_forms() if filled.oddity)
    assert words == ["again", "conflict", "last_year", "reused", "typed"]


def test_forms_have_numbers_of_their_own_and_photos_are_of_one_form():
    forms = filled_forms()
    assert len({filled.instance_id for filled in forms}) == len(forms)
    photos = [number for filled in forms for number in filled.photos]
    assert len(set(photos)) == len(photos)


def test_a_scene_is_the_same_on_every_run_and_another_for_each_number():
    assert scene(1).tobytes() == scene(1).tobytes() != scene(2).tobytes()
    assert scene(1).size == SIZE


def test_a_photo_that_is_passed_on_is_smaller_and_tells_nothing():
    held = io.BytesIO()
    exif = Image.Exif()
    exif[272] = "phone"
    scene(3).save(held, "JPEG", exif=exif)
    again = Image.open(io.BytesIO(passed_on(held.getvalue())))
    assert again.size[0] < SIZE[0] * (1 - CROPPED_SHARE)
    assert not again.getexif()


@pytest.fixture
def month(db: None) -> Any:
    return set_up_month(at=AT, password=PASSWORD)


def send(campaign: Any, *words: str) -> dict[str, list[str]]:
    chosen = [filled for filled in filled_forms() if filled.odd[0] in words]
    return {filled.odd[0]: send_filled(campaign, filled) for filled in chosen}


def test_what_is_sent_twice_is_kept_once_and_other_answers_are_kept_beside(month: Any):
    assert send(month, "again", "conflict") == {"again": ["new", "known"], "conflict": ["new", "conflict"]}
    assert Instance.objects.count() == 2
    assert Rival.objects.get().sent_by == "reporter2"


def test_words_in_a_number_wait_for_the_clerk_and_the_rest_is_counted(month: Any):
    send(month, "typed")
    assert [value.source.surface for value in waiting_measures(month)] == ["六十份左右"]


def test_the_reused_photo_and_the_one_of_another_year_are_found_and_no_other(month: Any):
    for filled in filled_forms():
        if filled.number in (1, 2, 3, 13, 25, 26, 27):
            send_filled(month, filled)
    look_at_photos(at=AT, step=lambda job: None)
    likeness = PhotoLikeness.objects.select_related("photo", "other").get()
    rows = photo_rows(User.objects.get(username="clerk"), month)
    names = {row.photo.pk: row.uses[0].file_name for row in rows}
    assert {names[likeness.photo.pk], names[likeness.other.pk]} == {"IMG_25_1.jpg", "IMG_26_1.jpg"}
    notes = {names[row.photo.pk]: {note.code for note in row.strong_notes} for row in rows if row.strong_notes}
    assert notes == {"IMG_27_1.jpg": {"before_month", "other_day"}}
