"""Pages of photos: who sees which, what they say, and that nothing private leaves by them."""

import io
from typing import Any

import pytest
from PIL import Image

from safemonth.collect.evidence.actions import examine
from safemonth.collect.evidence.models import PhotoLikeness, PublicCopy
from tests.cast import PASSWORD
from tests.collect.evidence.photo_files import photo, scene
from tests.collect.evidence.sending import hold_activity, saved, send, send_and_examine

OLD: dict[str, Any] = {"taken": "2018:06:10 09:30:00", "at": (39.3, 115.5), "camera": "SECRETCAM"}


@pytest.fixture
def pair(county):
    """One photo of 北乡 from last year, and the same of 南乡, cropped."""
    send_and_examine(county, photo(1, **OLD), unit="1301", name="西山.jpg")
    send_and_examine(county, saved(scene(1).crop((40, 30, 600, 450))), unit="1302")
    return PhotoLikeness.objects.get()


def sign_in(client, name, language="en"):
    client.login(username=name, password=PASSWORD)
    client.post("/language", {"language": language})


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_the_office_sees_all_photos_with_notes_and_likenesses(client, county, pair, who):
    sign_in(client, who)
    page = client.get("/photos").content.decode()
    assert "Bei Township" in page and "Nan Township" in page and "looks used before" in page
    page = client.get(f"/photos/{pair.photo_id}").content.decode()
    assert "Taken on 2018-06-10, before the month, which begins on 2019-06-01 (days between: 356)." in page
    assert f"/photos/likenesses/{pair.pk}" in page
    assert f"/photos/{pair.photo_id}/image/original" in page if who == "clerk" else "image/original" not in page


def test_a_reporter_sees_own_photos_without_notes_and_nothing_of_others(client, county, pair):
    sign_in(client, "reporter")
    page = client.get("/photos").content.decode()
    assert "Bei Township" in page and "Nan Township" not in page and "used before" not in page
    page = client.get(f"/photos/{pair.photo_id}").content.decode()
    assert "2018-06-10" in page and "before the month" not in page and "Looks like" not in page
    for address in (
        f"/photos/{pair.other_id}",
        f"/photos/{pair.other_id}/image/thumbnail",
        f"/photos/{pair.photo_id}/image/original",
        f"/photos/{pair.photo_id}/cover",
        f"/photos/likenesses/{pair.pk}",
        f"/photos/likenesses/{pair.pk}/image/laid",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get(f"/photos/{pair.photo_id}/image/thumbnail").status_code == 200


def test_a_stranger_who_is_not_signed_in_learns_nothing(client, county, pair):
    for address in ("/photos", f"/photos/{pair.photo_id}", f"/photos/{pair.photo_id}/image/public"):
        assert client.get(address).status_code == 404


def test_the_original_goes_to_the_clerk_as_a_download_and_copies_hold_no_metadata(client, county, pair):
    sign_in(client, "clerk")
    original = client.get(f"/photos/{pair.photo_id}/image/original")
    assert original.content == photo(1, **OLD)
    assert original["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%A5%BF%E5%B1%B1.jpg"
    assert original["Content-Type"] == "application/octet-stream"
    for kind in ("thumbnail", "reduced"):
        answer = client.get(f"/photos/{pair.photo_id}/image/{kind}")
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert b"SECRETCAM" in original.content and b"SECRETCAM" not in answer.content
    assert client.get(f"/photos/{pair.photo_id}/image/public").status_code == 404
    assert client.get(f"/photos/{pair.photo_id}/image/everything").status_code == 404


def test_two_that_look_alike_stand_side_by_side_with_what_differs(client, county, pair):
    sign_in(client, "leader")
    page = client.get(f"/photos/likenesses/{pair.pk}").content.decode()
    assert "SECRETCAM" in page and "2018-06-10 09:30" in page and "Nan Township" in page
    assert "What are they?" not in page
    laid = Image.open(io.BytesIO(client.get(f"/photos/likenesses/{pair.pk}/image/laid").content))
    difference = Image.open(io.BytesIO(client.get(f"/photos/likenesses/{pair.pk}/image/difference").content))
    assert laid.size == difference.size == (640, 480)
    middle = difference.convert("L").crop((100, 100, 500, 380))
    assert sum(middle.histogram()[200:]) / (400 * 280) > 0.9  # They agree: nearly white.
    assert client.post(f"/photos/likenesses/{pair.pk}/decide", {"decision": "different"}).status_code == 404


def test_the_clerk_decides_and_goes_on_to_the_next_pair(client, county, pair):
    send_and_examine(county, saved(scene(1), quality=50), unit="1303")
    sign_in(client, "clerk")
    answer = client.post(f"/photos/likenesses/{pair.pk}/decide", {"decision": "reused", "reason": ""})
    assert answer.status_code == 422 and "Say why" in answer.content.decode()
    answer = client.post(f"/photos/likenesses/{pair.pk}/decide", {"decision": "reused", "reason": "去年的"})
    assert answer.status_code == 302 and "/photos/likenesses/" in answer["Location"]
    for other in PhotoLikeness.objects.filter(decision=""):
        answer = client.post(f"/photos/likenesses/{other.pk}/decide", {"decision": "same_event"})
    assert answer["Location"] == "/photos"
    pair.refresh_from_db()
    assert (pair.decision, pair.decided_by) == ("reused", "clerk")


def test_filters_show_what_is_worth_a_look_and_what_waits(client, county, pair):
    other = send_and_examine(county, photo(9), unit="1303")
    sign_in(client, "clerk")

    def shown(query):
        page = client.get(f"/photos?{query}").content.decode()
        return {pk for pk in (pair.photo_id, pair.other_id, other.pk) if f'href="/photos/{pk}"' in page}

    assert shown("") == {pair.photo_id, pair.other_id, other.pk}
    assert shown("show=notes") == {pair.photo_id}
    assert shown("show=alike") == {pair.photo_id, pair.other_id}
    assert shown("unit=1303") == {other.pk}


def test_the_clerk_covers_places_and_gets_a_public_copy(client, county, pair):
    sign_in(client, "clerk")
    address = f"/photos/{pair.photo_id}/cover"
    assert "No faces are suggested" in client.get(address).content.decode()
    sent = {"left": ["10.5", ""], "top": ["20", ""], "width": ["30", ""], "height": ["25", ""]}
    assert client.post(address, sent).status_code == 302
    copy = PublicCopy.objects.get()
    assert copy.regions == [{"left": 105, "top": 200, "width": 300, "height": 250}]
    page = client.get(address).content.decode()
    assert 'value="10.5"' in page and "Version 1" in page
    assert client.get(f"/photos/{pair.photo_id}/image/public").status_code == 200
    for wrong in ("x", "nan", "1e400", "-inf"):
        assert client.post(address, {**sent, "left": [wrong, ""]}).status_code == 422, wrong
    assert PublicCopy.objects.count() == 1


def test_one_file_for_several_reports_is_shown_with_all_of_them(client, county):
    sent = send(county, photo(1))
    hold_activity(county, sent, unit="1301", title="北乡广场")
    hold_activity(county, sent, unit="1302", title="南乡集市")
    examine(sha256=sent.sha256, by="worker", at=sent.received_at)
    sign_in(client, "clerk")
    page = client.get(f"/photos/likenesses/{PhotoLikeness.objects.get().pk}").content.decode()
    assert "北乡广场" in page and "南乡集市" in page and "The very same file" in page


def test_an_activitys_photos_are_shown_with_their_notes(client, county):
    sent = send(county, photo(1, **OLD))
    examine(sha256=sent.sha256, by="worker", at=sent.received_at)
    activity = hold_activity(county, sent)
    sign_in(client, "clerk", "zh-hans")
    page = client.get(f"/activities/{activity.pk}/photos").content.decode()
    assert "拍摄于2018-06-10" in page
    sign_in(client, "reporter")
    assert "before the month" not in client.get(f"/activities/{activity.pk}/photos").content.decode()


def test_a_file_that_is_no_photo_is_listed_and_said_so(client, county):
    found = send_and_examine(county, b"<script>alert(1)</script>", name="<b>x</b>.jpg")
    sign_in(client, "clerk")
    assert "not a photo" in client.get("/photos?show=notes").content.decode()
    page = client.get(f"/photos/{found.pk}").content.decode()
    assert "cannot be opened as a photo" in page and "<b>x</b>" not in page
    assert client.get(f"/photos/{found.pk}/image/reduced").status_code == 404
    assert client.get(f"/photos/{found.pk}/cover").status_code == 404


def test_pages_of_photos_ask_no_query_for_each_photo(client, county, django_assert_max_num_queries):
    for seed in range(8):
        sent = send(county, photo(seed, image=scene(seed, width=160, height=120)))
        examine(sha256=sent.sha256, by="worker", at=sent.received_at)
        hold_activity(county, sent, title=f"活动{seed}")
    sign_in(client, "clerk")
    with django_assert_max_num_queries(30):
        assert client.get("/photos").status_code == 200
