"""The worker does what waits, once, and one bad thing holds up no other."""

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from safemonth.collect.evidence.models import Photo, PhotoLikeness
from safemonth.collect.readers.actions import take_in_answers
from safemonth.worker.jobs import Job, do_waiting
from safemonth.worker.queries import photos_waiting
from tests.cast import AT
from tests.collect.field.sending import a_form, answers


def a_photo(seed: int) -> bytes:
    import numpy as np

    pixels = np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).resize((640, 480)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.django_db
def test_new_photos_are_examined_and_bytes_that_are_none_hold_up_no_other(county: Any):
    a_form()
    sent = [("1.jpg", b"no photo at all"), ("2.jpg", a_photo(1))]
    xml = answers(photo="1.jpg", photo_2="2.jpg")
    take_in_answers(campaign=county.campaign, xml=xml, files=sent, user=county.reporter, by="reporter", at=AT)
    assert len(photos_waiting()) == 2
    call_command("worker", "--once")
    assert photos_waiting() == []
    assert sorted(bool(photo.problem) for photo in Photo.objects.all()) == [False, True]


@pytest.mark.django_db
def test_one_photo_in_the_reports_of_two_units_is_put_before_a_person(county: Any):
    a_form()
    photo = a_photo(2)
    for user, unit in ((county.reporter, "1301"), (county.stranger, "1302")):
        xml = answers(unit=unit, photo="1.jpg", title=unit, place=unit)
        take_in_answers(campaign=county.campaign, xml=xml, files=[("1.jpg", photo)], user=user, by=user.username, at=AT)
    call_command("worker", "--once")
    assert PhotoLikeness.objects.get().how == "same_bytes"
    call_command("worker", "--once")
    assert PhotoLikeness.objects.count() == 1


def test_a_key_that_fails_is_told_and_the_rest_is_done():
    done: list[str] = []

    def do(key: str, at: datetime) -> None:
        if key == "bad":
            raise ValueError("broken")
        done.append(key)

    job = Job(name="job", after="x", waiting=lambda: ["a", "bad", "b", "held"], do=do)
    told = list(do_waiting(jobs=[job], now=lambda: AT, skip={("job", "held")}))
    assert done == ["a", "b"]
    assert [each.error for each in told] == ["", "ValueError: broken", ""]
