"""Several examine at once: each photo has one row, each pair is found, by whoever comes second."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from safemonth.collect.evidence import actions
from safemonth.collect.evidence.actions import examine
from safemonth.collect.evidence.known import KnownPhotos
from safemonth.collect.evidence.models import Photo, PhotoLikeness
from tests.cast import AT, set_up_county
from tests.collect.evidence.photo_files import photo, scene
from tests.collect.evidence.sending import saved, send


@pytest.fixture
def county(transactional_db):
    return set_up_county()


def at_once(digests):
    """Examine each digest in a thread of its own, all started together; an error in any comes out."""
    start = Barrier(len(digests))

    def one(sha256):
        try:
            start.wait()
            examine(sha256=sha256, by="worker", at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(digests)) as pool:
        list(pool.map(one, digests))


class ForgetfulPhotos:
    """A new memory at each look-up, as each of many processes would have its own."""

    def look_alikes(self, *args, **kwargs):
        return KnownPhotos().look_alikes(*args, **kwargs)


@pytest.mark.parametrize("memory", [KnownPhotos, ForgetfulPhotos])
def test_of_copies_examined_at_once_every_pair_is_found_once(county, monkeypatch, memory):
    monkeypatch.setattr(actions, "KNOWN", memory())
    small = scene(1, width=320, height=240)
    digests = [send(county, saved(small, quality=quality)).sha256 for quality in (50, 60, 70, 80)]
    at_once(digests)
    keys = sorted(Photo.objects.values_list("pk", flat=True))
    expected = {(one, other) for one in keys for other in keys if one < other}
    assert len(keys) == 4
    assert sorted(PhotoLikeness.objects.values_list("photo", "other")) == sorted(expected)


def test_the_same_photo_examined_by_four_at_once_has_one_row(county):
    digest = send(county, photo(1, image=scene(1, width=320, height=240))).sha256
    at_once([digest] * 4)
    assert Photo.objects.get().compared_at == AT
