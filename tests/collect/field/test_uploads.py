"""The server's side of tus: in raw requests, under faults, and with a client that is not ours."""

import base64
import hashlib
import io
import socket
import threading
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tusclient.client import TusClient

from safemonth.collect.field import rules, upload_views, uploads
from safemonth.collect.field.rules import read_metadata
from safemonth.collect.forms.models import Attachment
from safemonth.collect.submissions.queries import bytes_kept
from safemonth.lib.refusals import Refused
from tests.cast import PASSWORD, set_up_county
from tests.collect.field.making import answers, noise_photo, offer_form

VERSION = {"HTTP_TUS_RESUMABLE": "1.0.0"}
BYTES = "application/offset+octet-stream"
PHOTO = noise_photo(7, size_bytes=90_000)


def metadata(**values):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


@pytest.fixture
def sender(client, county):
    """The reporter, signed in, with answers on record that name one photo."""
    offer_form()
    client.force_login(county.reporter)
    sent = client.post(reverse("field-answers"), answers(photos=("a.jpg",)), content_type="text/xml")
    assert sent.json()["missing"] == ["a.jpg"]
    return client


def begin(client, data=PHOTO, name="a.jpg", instance="uuid:1", length=None, **more):
    about = metadata(instanceID=instance, filename=name, **more)
    return client.post(
        reverse("field-uploads"),
        HTTP_UPLOAD_LENGTH=str(len(data) if length is None else length),
        HTTP_UPLOAD_METADATA=about,
        **VERSION,
    )


def patch(client, address, data, offset, **headers):
    return client.patch(address, data, content_type=BYTES, HTTP_UPLOAD_OFFSET=str(offset), **{**VERSION, **headers})


def offset_of(client, address):
    return int(client.head(address, **VERSION)["Upload-Offset"])


def kept():
    return [bytes_kept(attachment.submission.sha256) for attachment in Attachment.objects.order_by("id")]


# The protocol


def test_the_server_says_what_it_can(sender):
    told = sender.options(reverse("field-uploads"))
    assert told.status_code == 204
    assert told["Tus-Version"] == "1.0.0"
    assert set(told["Tus-Extension"].split(",")) >= {"creation", "checksum", "expiration", "termination"}
    assert int(told["Tus-Max-Size"]) > 25_000_000


def test_a_photo_in_two_chunks_becomes_an_attachment_byte_for_byte(sender):
    begun = begin(sender)
    assert (begun.status_code, offset_of(sender, begun["Location"])) == (201, 0)
    assert patch(sender, begun["Location"], PHOTO[:50_000], 0)["Upload-Offset"] == "50000"
    assert kept() == []
    last = patch(sender, begun["Location"], PHOTO[50_000:], 50_000)
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(PHOTO)))
    assert kept() == [PHOTO]


def test_the_first_bytes_may_come_with_the_beginning(sender):
    begun = sender.post(
        reverse("field-uploads"),
        PHOTO,
        content_type=BYTES,
        HTTP_UPLOAD_LENGTH=str(len(PHOTO)),
        HTTP_UPLOAD_METADATA=metadata(instanceID="uuid:1", filename="a.jpg"),
        **VERSION,
    )
    assert (begun.status_code, begun["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert kept() == [PHOTO]


def test_a_chunk_at_another_place_is_refused_with_where_it_belongs(sender):
    address = begin(sender)["Location"]
    patch(sender, address, PHOTO[:1000], 0)
    for offset in (0, 999, 1001):
        refused = patch(sender, address, PHOTO[:10], offset)
        assert (refused.status_code, refused["Upload-Offset"]) == (409, "1000")


def test_another_version_of_the_protocol_is_told_ours(sender):
    address = begin(sender)["Location"]
    told = sender.head(address, HTTP_TUS_RESUMABLE="0.2.2")
    assert (told.status_code, told["Tus-Version"]) == (412, "1.0.0")
    assert sender.post(reverse("field-uploads"), HTTP_UPLOAD_LENGTH="5").status_code == 412


def test_bytes_without_their_type_or_place_are_refused(sender):
    address = begin(sender)["Location"]
    untyped = sender.patch(address, b"x", content_type="image/jpeg", HTTP_UPLOAD_OFFSET="0", **VERSION)
    assert untyped.status_code == 415
    assert patch(sender, address, b"x", "").status_code == 400
    assert patch(sender, address, b"x", "-1").status_code == 400
    assert offset_of(sender, address) == 0


def test_more_bytes_than_announced_are_refused_and_none_is_kept(sender):
    address = begin(sender, length=100)["Location"]
    assert patch(sender, address, PHOTO[:101], 0).status_code == 413
    assert offset_of(sender, address) == 0


def test_a_chunk_that_does_not_fit_its_checksum_is_dropped(sender):
    address = begin(sender)["Location"]
    right = base64.b64encode(hashlib.sha1(PHOTO[:1000], usedforsecurity=False).digest()).decode()
    assert patch(sender, address, PHOTO[1:1001], 0, HTTP_UPLOAD_CHECKSUM=f"sha1 {right}").status_code == 460
    assert offset_of(sender, address) == 0
    assert patch(sender, address, PHOTO[:1000], 0, HTTP_UPLOAD_CHECKSUM=f"sha1 {right}").status_code == 204
    assert patch(sender, address, b"x", 1000, HTTP_UPLOAD_CHECKSUM="md5 AAAA").status_code == 400


def test_an_upload_can_be_given_up(sender):
    address = begin(sender)["Location"]
    assert sender.delete(address, **VERSION).status_code == 204
    assert sender.head(address, **VERSION).status_code == 404
    assert patch(sender, address, b"x", 0).status_code == 404


def test_the_method_may_come_in_a_header(sender):
    address = begin(sender)["Location"]
    sent = sender.post(
        address,
        PHOTO,
        content_type=BYTES,
        HTTP_X_HTTP_METHOD_OVERRIDE="PATCH",
        HTTP_UPLOAD_OFFSET="0",
        **VERSION,
    )
    assert sent.status_code == 204
    assert kept() == [PHOTO]


def test_what_is_never_finished_expires(sender, county, monkeypatch):
    begun = begin(sender)
    assert "GMT" in begun["Upload-Expires"]
    later = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(upload_views.timezone, "now", lambda: later)
    assert sender.head(begun["Location"], **VERSION).status_code == 404
    assert uploads.uploads_of(owner=county.reporter.pk, at=later) == []


# Who and how much


def test_another_persons_upload_is_not_to_be_found(sender, client, county):
    address = begin(sender)["Location"]
    patch(sender, address, PHOTO[:1000], 0)
    client.force_login(county.stranger)
    assert client.head(address, **VERSION).status_code == 404
    assert patch(client, address, b"x", 1000).status_code == 404
    assert client.delete(address, **VERSION).status_code == 404
    client.force_login(county.reporter)
    assert offset_of(client, address) == 1000


def test_nothing_is_carried_for_a_form_that_is_not_ones_own(sender, client, county):
    client.force_login(county.stranger)
    refused = begin(client)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_instance")
    assert set(refused.json()["sentence"]) == {"zh", "en"}


def test_nothing_is_sent_under_another_persons_name(sender, county):
    named = {"HTTP_X_FIELD_USER": "stranger"}
    about = metadata(instanceID="uuid:1", filename="a.jpg")
    refused = sender.post(
        reverse("field-uploads"), HTTP_UPLOAD_LENGTH="5", HTTP_UPLOAD_METADATA=about, **VERSION, **named
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "other_user")
    again = sender.post(reverse("field-answers"), answers(instance_id="uuid:2"), content_type="text/xml", **named)
    assert again.status_code == 403
    own = sender.post(
        reverse("field-answers"),
        answers(instance_id="uuid:2"),
        content_type="text/xml",
        HTTP_X_FIELD_USER="reporter",
    )
    assert own.status_code == 201


def test_too_large_empty_and_nameless_photos_are_refused_before_they_are_carried(sender):
    assert begin(sender, length=31 * 2**20).status_code == 413
    assert begin(sender, length=0).json()["code"] == "empty_file"
    assert begin(sender, name="").json()["code"] == "upload_metadata"
    assert begin(sender, sha256="not a digest").json()["code"] == "upload_metadata"
    nothing = sender.post(reverse("field-uploads"), HTTP_UPLOAD_METADATA="filename YQ==", **VERSION)
    assert nothing.status_code == 400


def test_one_person_has_only_so_much_on_the_way(sender, monkeypatch):
    monkeypatch.setattr(rules, "MOST_OPEN_UPLOADS", 3)
    for number in range(3):
        assert begin(sender, name=f"{number}.jpg", length=10).status_code == 201
    assert begin(sender, name="one more.jpg", length=10).json()["code"] == "too_many_uploads"
    # The same photo again takes the place of its first try.
    assert begin(sender, name="0.jpg", length=10).status_code == 201


def test_a_key_that_is_a_path_finds_nothing(county):
    for key in ("../1/secret", "..", "", "a" * 31, "A" * 32):
        assert uploads.find_upload(owner=county.reporter.pk, key=key, at=timezone.now()) is None


# Faults


def test_a_lost_answer_to_the_last_chunk_is_found_out_by_asking(sender, monkeypatch):
    address = begin(sender)["Location"]
    monkeypatch.setattr(upload_views, "take_in_file", _dies)
    with pytest.raises(ConnectionAbortedError):
        patch(sender, address, PHOTO, 0)
    assert kept() == []
    monkeypatch.undo()
    # All bytes were there, and nothing had been taken in: asking takes it in before it says that it is whole.
    assert offset_of(sender, address) == len(PHOTO)
    assert kept() == [PHOTO]
    assert offset_of(sender, address) == len(PHOTO)
    assert kept() == [PHOTO]


def _dies(**_anything):
    raise ConnectionAbortedError


def test_a_process_that_dies_after_taking_in_and_before_noting_it_takes_in_once(sender, monkeypatch):
    address = begin(sender)["Location"]
    monkeypatch.setattr(uploads, "_changed", _dies_changing)
    with pytest.raises(ConnectionAbortedError):
        patch(sender, address, PHOTO, 0)
    monkeypatch.undo()
    assert offset_of(sender, address) == len(PHOTO)
    assert kept() == [PHOTO]


def _dies_changing(*_anything, **_more):
    raise ConnectionAbortedError


def test_a_photo_altered_on_the_way_is_asked_for_again_and_then_told(sender):
    address = begin(sender, sha256=hashlib.sha256(PHOTO).hexdigest())["Location"]
    altered = PHOTO[:-1] + bytes([PHOTO[-1] ^ 1])
    for _ in range(2):
        again = patch(sender, address, altered, 0)
        assert (again.status_code, again["Upload-Offset"]) == (409, "0")
    assert patch(sender, address, altered, 0).json()["code"] == "photo_altered"
    assert kept() == []
    assert patch(sender, address, PHOTO, 0).status_code == 204
    assert kept() == [PHOTO]


def test_a_broken_off_chunk_keeps_what_had_arrived(county):
    upload = uploads.begin_upload(
        owner=county.reporter.pk,
        length=100_000,
        metadata={"instanceID": "uuid:1", "filename": "a.jpg"},
        at=timezone.now(),
    )

    def breaking_off():
        yield b"x" * 40_000
        raise OSError("the line is cut")

    with pytest.raises(OSError, match="cut"):
        uploads.append_pieces(upload, offset=0, pieces=breaking_off())
    assert upload.offset == 40_000


def test_two_writers_at_once_never_mix(county):
    upload = uploads.begin_upload(
        owner=county.reporter.pk,
        length=200_000,
        metadata={"instanceID": "uuid:1", "filename": "a.jpg"},
        at=timezone.now(),
    )
    gate = threading.Barrier(2)
    ended: list[int | str] = []

    def write(letter):
        def pieces():
            for _ in range(20):
                yield letter * 10_000

        gate.wait()
        try:
            ended.append(uploads.append_pieces(upload, offset=0, pieces=pieces()))
        except uploads.OffsetConflict:
            ended.append("conflict")

    writers = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(map(str, ended)) == ["200000", "conflict"]
    assert upload._bytes_path.read_bytes() in (b"a" * 200_000, b"b" * 200_000)


# Over a real connection


@pytest.fixture
def online(live_server, transactional_db, client):
    county = set_up_county()
    offer_form()
    client.force_login(county.reporter)
    client.post(reverse("field-answers"), answers(photos=("a.jpg",)), content_type="text/xml")
    return live_server.url


def cookies_of(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def signed_in_headers(client):
    client.get(reverse("field-session"))
    csrf = client.get(reverse("field-session")).json()["csrf"]
    return {"Cookie": cookies_of(client), "X-CSRFToken": csrf}


def test_tuspy_uploads_and_resumes(online, client):
    headers = signed_in_headers(client)
    tus = TusClient(f"{online}{reverse('field-uploads')}", headers=headers)
    about = {"instanceID": "uuid:1", "filename": "a.jpg"}
    first = tus.uploader(file_stream=io.BytesIO(PHOTO), metadata=about, chunk_size=20_000)
    first.upload(stop_at=40_000)
    second = tus.uploader(file_stream=io.BytesIO(PHOTO), url=first.url, chunk_size=20_000, upload_checksum=True)
    assert second.offset == 40_000
    second.upload()
    assert kept() == [PHOTO]


def test_a_cut_connection_keeps_what_had_arrived(online, client):
    address = begin(client)["Location"]
    headers = signed_in_headers(client)
    host, port = online.removeprefix("http://").split(":")
    lines = [
        f"PATCH {address} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Content-Length: {len(PHOTO)}",
        f"Content-Type: {BYTES}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    with socket.create_connection((host, int(port))) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + PHOTO[:70_000])
    arrived = 0
    for _ in range(100):
        arrived = offset_of(client, address)
        if arrived:
            break
        threading.Event().wait(0.05)
    assert 0 < arrived <= 70_000
    assert patch(client, address, PHOTO[arrived:], arrived).status_code == 204
    assert kept() == [PHOTO]


@pytest.mark.parametrize("method", ["post", "patch"])
def test_writing_needs_the_token_of_the_session(county, method):
    client = Client(enforce_csrf_checks=True)
    assert client.login(username="reporter", password=PASSWORD)
    address = reverse("field-uploads") if method == "post" else reverse("field-upload", args=["0" * 32])
    assert getattr(client, method)(address, **VERSION).status_code == 403


# Metadata


@given(st.dictionaries(st.from_regex(r"[A-Za-z0-9]{1,12}", fullmatch=True), st.text(max_size=40), max_size=6))
def test_metadata_comes_back_as_it_went(values):
    assert read_metadata(metadata(**values)) == values


@given(st.text(max_size=60))
def test_no_metadata_breaks_the_reader(header):
    try:
        read = read_metadata(header)
    except Refused:
        return
    assert all(isinstance(value, str) for value in read.values())
