"""A photo that arrived is examined once, whatever its bytes, and what looks like it is put before a person."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image, ImageOps

from safemonth.collect.evidence import known
from safemonth.collect.evidence.actions import decide_likeness, examine, make_public_copy
from safemonth.collect.evidence.copies import Region
from safemonth.collect.evidence.known import KnownPhotos
from safemonth.collect.evidence.models import Photo, PhotoLikeness, PublicCopy
from safemonth.collect.evidence.queries import (
    notes_under,
    photo_rows,
    photos_seen_by,
    rows_of_activity,
    uses_of,
    uses_seen_by,
)
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from safemonth.plan.actions import open_campaign
from tests.cast import AT
from tests.collect.evidence.photo_files import photo, scene
from tests.collect.evidence.sending import fill_form, hold_activity, saved, send, send_and_examine


def test_what_a_photo_says_is_kept_with_its_small_copies(county):
    data = photo(1, taken="2019:06:10 09:30:00", at=(39.34567, 115.49876), camera="P30", orientation=6)
    found = send_and_examine(county, data)
    assert found.taken_at == datetime(2019, 6, 10, 1, 30, tzinfo=UTC)
    assert (found.latitude, found.longitude) == (Decimal("39.34567"), Decimal("115.49876"))
    assert (found.width, found.height, found.camera, found.is_zone_assumed) == (480, 640, "P30", True)
    assert Image.open(io.BytesIO(bytes_kept(found.thumbnail_sha256))).size == (240, 320)
    assert bytes_kept(found.sha256) == data


def test_examining_again_changes_nothing(county):
    found = send_and_examine(county, photo(1))
    entries = Entry.objects.count()
    again = examine(sha256=found.sha256, by="worker", at=AT + timedelta(days=1))
    assert (again, Entry.objects.count(), Photo.objects.count()) == (found, entries, 1)


BOMB = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000186a0000186a00802000000")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"not a photo", "not_a_photo"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF cut", "not_a_photo"),
        (photo(1)[:3000], "not_a_photo"),
        (BOMB, "photo_too_large"),
        (b"%PDF-1.7\n%%EOF", "not_a_photo"),
    ],
)
def test_bytes_that_are_no_photo_get_a_row_with_their_problem(county, data, problem):
    found = send_and_examine(county, data)
    assert found.problem in (problem, "not_a_photo")
    use = uses_of([found.sha256])[found.sha256][0]
    assert [note.code for note in notes_under(found, use)] == ["not_a_photo"]
    assert bytes_kept(found.sha256) == data


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 2), (40, 40)])
def test_odd_pictures_are_examined(county, size):
    found = send_and_examine(county, saved(Image.new("RGB", size, "grey")))
    assert (found.problem, found.width, found.height) == ("", *size)
    assert found.compared_at == AT


def recompressed(picture):
    return picture


def mirrored(picture):
    return ImageOps.mirror(picture)


def turned(picture):
    return picture.transpose(Image.Transpose.ROTATE_90)


def cropped(picture):
    return picture.crop((60, 40, 560, 430))


@pytest.mark.parametrize(
    ("edit", "is_mirrored"), [(recompressed, False), (mirrored, True), (turned, False), (cropped, False)]
)
def test_a_photo_used_again_by_another_unit_is_found(county, edit, is_mirrored):
    first = send_and_examine(county, photo(1), unit="1301")
    send_and_examine(county, photo(2), unit="1302")
    second = send_and_examine(county, saved(edit(scene(1))), unit="1302")
    likeness = PhotoLikeness.objects.get()
    assert (likeness.photo, likeness.other, likeness.decision) == (first, second, "")
    assert likeness.is_mirrored is is_mirrored
    assert likeness.share_percent >= 50


def test_two_different_photos_are_not_likened(county):
    for seed in range(6):
        send_and_examine(county, photo(seed))
    assert PhotoLikeness.objects.count() == 0


def test_an_old_years_photo_is_found_in_another_campaign(county):
    last_year = open_campaign(
        code="2018-06",
        name="2018",
        unit=county.unit("13"),
        starts_on=date(2018, 6, 1),
        ends_on=date(2018, 6, 30),
        returns_due_on=date(2018, 7, 5),
        by="t",
        at=AT,
    )
    this_year = county.campaign
    object.__setattr__(county, "campaign", last_year)
    old = send_and_examine(county, photo(1))
    object.__setattr__(county, "campaign", this_year)
    new = send_and_examine(county, saved(scene(1)), unit="1302")
    assert PhotoLikeness.objects.filter(photo=old, other=new).exists()


def test_the_same_file_for_a_second_report_is_a_likeness_with_itself(county):
    sent = send(county, photo(1))
    found = examine(sha256=sent.sha256, by="worker", at=AT)
    hold_activity(county, sent, unit="1301")
    examine(sha256=sent.sha256, by="worker", at=AT)
    assert PhotoLikeness.objects.count() == 0
    hold_activity(county, sent, unit="1302", title="另一处咨询")
    examine(sha256=sent.sha256, by="worker", at=AT)
    likeness = PhotoLikeness.objects.get()
    assert (likeness.photo, likeness.other, likeness.how, likeness.use_count) == (found, found, "same_bytes", 2)


def test_two_filled_forms_with_one_file_are_two_reports_and_an_edit_is_none(county):
    sent = send(county, photo(1), unit="1301")
    first = fill_form(county, sent, unit="1301", number=1)
    fill_form(county, sent, unit="1301", number=2, replaces=first)
    examine(sha256=sent.sha256, by="worker", at=AT)
    assert PhotoLikeness.objects.count() == 0
    fill_form(county, sent, unit="1302", number=3)
    examine(sha256=sent.sha256, by="worker", at=AT)
    assert PhotoLikeness.objects.get().use_count == 2
    uses = uses_of([sent.sha256])[sent.sha256]
    assert [(use.unit, use.file_name) for use in uses] == [
        (county.unit("1301"), "0.jpg"),
        (county.unit("1302"), "0.jpg"),
    ]


def test_a_form_and_what_it_became_are_one_report(county):
    sent = send(county, photo(1))
    filled = fill_form(county, sent, unit="1301", number=1)
    activity = hold_activity(county, sent, said_in=filled.submission)
    (use,) = uses_of([sent.sha256])[sent.sha256]
    assert (use.activity, use.instance, use.unit) == (activity, filled, county.unit("1301"))


def test_a_unit_sees_a_photo_that_another_had_sent_before(county):
    # The bytes are kept once, under who sent them first.
    sent = send(county, photo(1), unit="1301")
    fill_form(county, sent, unit="1302", number=1)
    found = examine(sha256=sent.sha256, by="worker", at=AT)
    assert found in photos_seen_by(county.stranger)
    (use,) = uses_seen_by(county.stranger, uses_of([sent.sha256])[sent.sha256])
    assert use.unit == county.unit("1302")


def test_a_third_report_opens_the_question_again_and_no_other_examination_does(county):
    sent = send(county, photo(1))
    hold_activity(county, sent, unit="1301")
    hold_activity(county, sent, unit="1302", title="二")
    examine(sha256=sent.sha256, by="worker", at=AT)
    decide_likeness(likeness=PhotoLikeness.objects.get(), decision="same_event", reason="", by="clerk", at=AT)
    examine(sha256=sent.sha256, by="worker", at=AT)
    assert PhotoLikeness.objects.get().decision == "same_event"
    hold_activity(county, sent, unit="1303", title="三")
    examine(sha256=sent.sha256, by="worker", at=AT)
    likeness = PhotoLikeness.objects.get()
    assert (likeness.decision, likeness.use_count) == ("", 3)


def test_two_processes_with_memories_of_their_own_miss_no_pair(county, monkeypatch):
    one, other = KnownPhotos(), KnownPhotos()
    for number in range(8):
        monkeypatch.setattr("safemonth.collect.evidence.actions.KNOWN", (one, other)[number % 2])
        send_and_examine(county, saved(scene(number // 2), quality=60 + number))
    pairs = set(PhotoLikeness.objects.values_list("photo", "other"))
    first = Photo.objects.order_by("pk").values_list("pk", flat=True)[0]
    assert pairs == {(first + n, first + n + 1) for n in (0, 2, 4, 6)}


def test_a_row_that_is_committed_after_a_later_one_is_not_missed(county):
    # Numbers are given before the commit: the memory read 1 and 3, and 2 appears afterwards.
    rows = [send_and_examine(county, photo(seed)) for seed in range(3)]
    memory = KnownPhotos()
    late = rows[1].fingerprint
    Photo.objects.filter(pk=rows[1].pk).update(fingerprint="")
    memory._catch_up()
    Photo.objects.filter(pk=rows[1].pk).update(fingerprint=late)
    memory._catch_up()
    assert memory._known.keys() == {row.pk for row in rows}


def test_the_memory_starts_anew_on_another_database(county):
    memory = KnownPhotos()
    found = send_and_examine(county, photo(1))
    memory._known, memory._highest = {found.pk: "00" * 257}, found.pk
    memory._catch_up()
    assert memory._known == {found.pk: found.fingerprint}


def test_examination_goes_on_where_it_was_broken_off(county, monkeypatch):
    send_and_examine(county, photo(1))
    sent = send(county, saved(scene(1)))

    def power_cut(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(known.KnownPhotos, "look_alikes", power_cut)
        with pytest.raises(KeyboardInterrupt):
            examine(sha256=sent.sha256, by="worker", at=AT)
    assert Photo.objects.get(sha256=sent.sha256).compared_at is None
    examine(sha256=sent.sha256, by="worker", at=AT)
    assert PhotoLikeness.objects.count() == 1


def test_a_decision_is_kept_with_its_reason_and_may_be_changed(county):
    send_and_examine(county, photo(1))
    send_and_examine(county, saved(scene(1)))
    likeness = PhotoLikeness.objects.get()
    with pytest.raises(Refused, match="reason_needed"):
        decide_likeness(likeness=likeness, decision="reused", reason="", by="clerk", at=AT)
    decide_likeness(likeness=likeness, decision="reused", reason="去年的照片", by="clerk", at=AT)
    decide_likeness(likeness=likeness, decision="different", reason="", by="clerk", at=AT)
    row = PhotoLikeness.objects.get()
    assert (row.decision, row.reason, row.decided_by, row.decided_at) == ("different", "", "clerk", AT)


def test_a_public_copy_is_made_once_for_the_same_places_and_anew_for_others(county):
    found = send_and_examine(county, photo(1, taken="2019:06:10 09:30:00", camera="SECRETCAM"))
    face = (Region(100, 100, 200, 200),)
    first = make_public_copy(photo=found, regions=face, by="clerk", at=AT)
    assert make_public_copy(photo=found, regions=face, by="clerk", at=AT) == first
    second = make_public_copy(photo=found, regions=(), by="clerk", at=AT)
    assert list(PublicCopy.objects.values_list("version", "is_current")) == [(2, True), (1, False)]
    assert b"SECRETCAM" not in bytes_kept(first.sha256) + bytes_kept(second.sha256)
    broken = send_and_examine(county, b"no photo")
    with pytest.raises(Refused, match="not_a_photo"):
        make_public_copy(photo=broken, regions=(), by="clerk", at=AT)


def test_a_reporter_sees_own_photos_and_own_uses_only(county):
    own, others = send(county, photo(1), unit="130101"), send(county, photo(2), unit="1302")
    for sent in (own, others):
        examine(sha256=sent.sha256, by="worker", at=AT)
    hold_activity(county, own, unit="1302", title="南乡咨询")
    assert {row.sha256 for row in photos_seen_by(county.reporter)} == {own.sha256}
    assert {row.sha256 for row in photos_seen_by(county.stranger)} == {own.sha256, others.sha256}
    assert {row.sha256 for row in photos_seen_by(county.leader)} == {own.sha256, others.sha256}
    (seen,) = uses_seen_by(county.stranger, uses_of([own.sha256])[own.sha256])
    assert seen.unit == county.unit("1302")
    assert uses_seen_by(county.reporter, uses_of([own.sha256])[own.sha256]) == []


def test_notes_speak_of_the_activity_that_a_photo_bears_out(county):
    sent = send(county, photo(1, taken="2019:06:07 09:00:00", at=(39.30, 115.50), camera="P30"))
    near = send(county, photo(2, taken="2019:06:10 09:00:00", at=(39.50, 115.50), camera="P30"))
    for each in (sent, near):
        examine(sha256=each.sha256, by="worker", at=AT)
    activity = hold_activity(county, sent, near, place=(39.5, 115.5))
    rows = {row.photo.sha256: row for row in rows_of_activity(county.clerk, activity)}
    assert [note.code for note in rows[sent.sha256].notes] == ["other_day", "far_from_place", "far_from_others"]
    assert [note.code for note in rows[near.sha256].notes] == ["far_from_others"]
    assert rows_of_activity(county.reporter, activity)[0].notes == ()


def test_lists_take_the_same_few_statements_for_any_number_of_photos(county, django_assert_max_num_queries):
    for seed in range(9):
        sent = send(county, photo(seed, image=Image.fromarray(np.asarray(scene(seed))[:120, :160])))
        examine(sha256=sent.sha256, by="worker", at=AT)
        hold_activity(county, sent, title=f"活动{seed}")
    with django_assert_max_num_queries(12):
        assert len(photo_rows(county.clerk, county.campaign)) == 9
