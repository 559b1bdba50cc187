"""What strangers may try: floods, guesses, hostile files, script and header injection; and what they learn from it."""

import io
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from safemonth.collect.inspection.tips import actions, public_views
from safemonth.collect.inspection.tips.counters import FILE, MOST_ROWS, is_open, take
from safemonth.collect.inspection.tips.limits import LIMITS, MOST_FORM_BYTES, MOST_PHOTO_BYTES, Limit
from safemonth.collect.inspection.tips.models import Tip
from safemonth.collect.inspection.tips.photos import clean_photo
from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from tests.collect.inspection.tips.reporting import code_of, filled, jpeg, reported

NOW = datetime(2019, 6, 3, 12, 0, tzinfo=UTC)
WRONG = "2222-2222-2223"


def followed(client, code, **options):
    return client.post("/report-a-hazard/follow", {"code": code}, **options)


def test_a_flood_from_one_address_is_bounded_and_others_go_on(client, county):
    answers = [
        client.post("/report-a-hazard", filled(text=f"第{number}件事情，各不相同的内容"), REMOTE_ADDR="192.0.2.1")
        for number in range(15)
    ]
    most = LIMITS["report"][0].per_address
    assert [answer.status_code for answer in answers] == [201] * most + [429] * (15 - most)
    assert Tip.objects.count() == most
    assert client.post("/report-a-hazard", filled(), REMOTE_ADDR="192.0.2.2").status_code == 201


def test_a_made_up_forwarding_changes_no_sender_unless_a_proxy_of_the_office_says_it(client, county, settings):
    def report(number, **head):
        return client.post("/report-a-hazard", filled(text=f"第{number}件各不相同的事"), **head).status_code

    most = LIMITS["report"][0].per_address
    made_up = [report(n, REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}") for n in range(most + 1)]
    assert made_up == [201] * most + [429]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert report(99, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9") == 201
    assert report(98, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9, 192.0.2.1") == 429


def test_a_flood_from_one_customer_of_ipv6_is_one_flood(client, county):
    for number in range(12):
        answer = client.post(
            "/report-a-hazard", filled(text=f"第{number}件各不相同的事"), REMOTE_ADDR=f"2001:db8::{number}"
        )
    assert answer.status_code == 429
    assert Tip.objects.count() == LIMITS["report"][0].per_address


def test_a_flood_from_many_addresses_is_bounded_over_all(tmp_path):
    taken = sum(take(tmp_path, LIMITS["report"], who=(f"a{number}",), at=NOW) for number in range(400))
    assert taken == LIMITS["report"][0].overall
    assert take(tmp_path, LIMITS["report"], who=("b",), at=NOW + timedelta(hours=1, seconds=1))


def test_what_is_refused_leaves_nothing_behind(client, county):
    for _number in range(11):
        client.post("/report-a-hazard", filled(), REMOTE_ADDR="192.0.2.1")
    entries, rows = Entry.objects.count(), Tip.objects.count()
    for _number in range(20):
        client.post("/report-a-hazard", filled(), REMOTE_ADDR="192.0.2.1")
    assert (Entry.objects.count(), Tip.objects.count()) == (entries, rows)


def test_a_window_slides_and_holds_over_midnight(tmp_path):
    limit = Limit("x", timedelta(hours=1), 2, 0)
    before_midnight = datetime(2019, 6, 3, 15, 50, tzinfo=UTC)
    assert take(tmp_path, [limit], who=("monday", "sunday"), at=before_midnight)
    assert take(tmp_path, [limit], who=("tuesday", "monday"), at=before_midnight + timedelta(minutes=20))
    assert not take(tmp_path, [limit], who=("tuesday", "monday"), at=before_midnight + timedelta(minutes=30))
    assert take(tmp_path, [limit], who=("tuesday", "monday"), at=before_midnight + timedelta(minutes=61))


def test_no_address_is_kept(client, county):
    client.post("/report-a-hazard", filled(), REMOTE_ADDR="192.0.2.77")
    kept = (settings.DATA / FILE).read_bytes()
    assert b"192.0.2.77" not in kept
    assert "192.0.2.77" not in str(list(Tip.objects.values()))


def test_where_nothing_can_be_counted_a_report_is_let_in(tmp_path):
    file = tmp_path / "no folder"
    file.write_text("")
    assert take(file, LIMITS["report"], who=("a",), at=NOW)
    assert is_open(file, LIMITS["guess"], who=("a",), at=NOW)


def test_the_counters_stay_small(tmp_path, monkeypatch):
    monkeypatch.setattr("safemonth.collect.inspection.tips.counters.MOST_ROWS", 50)
    assert MOST_ROWS > 50
    limit = Limit("x", timedelta(hours=1), 1, 0)
    for number in range(200):
        take(tmp_path, [limit], who=(str(number),), at=NOW)
    import sqlite3

    with sqlite3.connect(tmp_path / FILE) as counts:
        assert counts.execute("SELECT count(*) FROM seen").fetchone()[0] <= 50


def test_a_wrong_code_a_mistyped_one_and_none_get_the_same_answer(client, county):
    reported(county, "a" * 32)
    whole = code_of("b" * 32)
    codes = (whole, WRONG, "", "x", "<script>", "'; DROP TABLE", "零" * 60, whole + "\r\nSet-Cookie: a=b")
    answers = [followed(client, code, REMOTE_ADDR=f"192.0.2.{number}") for number, code in enumerate(codes)]
    assert {answer.status_code for answer in answers} == {404}

    def bare(answer):
        text = answer.content.decode()
        at = text.count("csrfmiddlewaretoken")
        import re

        assert at
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)

    assert len({bare(answer) for answer in answers}) == 1
    assert {answer.headers.get("Set-Cookie") for answer in answers} == {None}


def test_a_wrong_code_costs_as_many_questions_as_another(client, county, django_assert_num_queries):
    reported(county, "a" * 32)
    for code in (code_of("b" * 32), WRONG, "x"):
        with django_assert_num_queries(1):
            followed(client, code)


def test_who_guesses_is_locked_out_with_the_right_code_too_and_others_are_not(client, county):
    reported(county, "a" * 32)
    for _number in range(LIMITS["guess"][0].per_address):
        assert followed(client, WRONG, REMOTE_ADDR="192.0.2.1").status_code == 404
    assert followed(client, code_of("a" * 32), REMOTE_ADDR="192.0.2.1").status_code == 429
    assert followed(client, WRONG, REMOTE_ADDR="192.0.2.1").status_code == 429
    added = {"code": code_of("a" * 32), "text": "补充", "token": filled()["token"]}
    assert client.post("/report-a-hazard/add", added, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert followed(client, code_of("a" * 32), REMOTE_ADDR="192.0.2.2").status_code == 200


def test_a_guess_by_the_adding_page_counts_as_one(client, county):
    for _number in range(LIMITS["guess"][0].per_address):
        client.post("/report-a-hazard/add", {"code": WRONG, "text": "x"}, REMOTE_ADDR="192.0.2.1")
    assert followed(client, WRONG, REMOTE_ADDR="192.0.2.1").status_code == 429


class Unreadable(io.BytesIO):
    def read(self, *args):
        raise AssertionError("the body was read")


@pytest.mark.parametrize("path", ["/report-a-hazard", "/report-a-hazard/follow", "/report-a-hazard/add"])
def test_what_is_too_large_is_refused_before_a_byte_is_read(client, county, rf, path):
    view = {"/report-a-hazard": public_views.tip_new, "/report-a-hazard/follow": public_views.tip_follow}.get(
        path, public_views.tip_add
    )
    for length in (str(MOST_FORM_BYTES + 1), "not a number"):
        request = rf.post(path, b"", content_type="multipart/form-data; boundary=x")
        request.META |= {"CONTENT_LENGTH": length, "wsgi.input": Unreadable()}
        request.user = AnonymousUser()
        assert view(request).status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary="),
        (b"\xff\xfe" * 100, "multipart/form-data; boundary=x"),
        (b"a=" + b"%ff" * 100, "application/x-www-form-urlencoded"),
        (b"&".join(b"f%d=1" % number for number in range(3000)), "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
@pytest.mark.parametrize("path", ["/report-a-hazard", "/report-a-hazard/follow", "/report-a-hazard/add"])
def test_a_malformed_form_is_answered_with_a_page(client, county, path, body, kind):
    answer = client.generic("POST", path, body, content_type=kind)
    assert answer.status_code in (400, 404, 413, 422)
    assert b"<main>" in answer.content
    assert Tip.objects.count() == 0


def bomb(width=20_000, height=20_000):
    """A PNG whose head says 400 million pixels and whose body is small."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def saved(kind):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"x",
        b"<script>alert(1)</script>",
        b"%PDF-1.7",
        b"GIF89a" + b"\0" * 40,
        jpeg()[:200],
        jpeg()[:-40],
        b"\xff\xd8\xff" + b"\0" * 5000,
        bomb(),
        bomb(6000, 6000),
        saved("TIFF"),
        saved("BMP"),
        saved("GIF"),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        bytes(MOST_PHOTO_BYTES + 1),
    ],
)
def test_a_hostile_file_is_refused_and_nothing_of_it_is_kept(data):
    with pytest.raises(Refused) as refused:
        clean_photo(data)
    assert refused.value.code in ("not_a_photo", "photo_too_large")


def test_what_hides_behind_a_photo_is_not_in_its_copy():
    hidden = jpeg() + b"<?php system($_GET['x']); ?><script>alert(1)</script>"
    assert b"script" not in clean_photo(hidden).copy
    assert b"php" not in clean_photo(hidden).copy


def test_a_form_with_far_too_many_files_is_refused(client, county):
    many = {f"f{number}": SimpleUploadedFile("a.jpg", b"x") for number in range(600)}
    assert client.post("/report-a-hazard", filled() | many).status_code == 400


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_script_stays_text_on_every_page(client, county):
    form = filled(text=SCRIPT + "门锁着", spot=SCRIPT, workplace_text=SCRIPT, name=SCRIPT, phone="1" * 11)
    assert b"<script>alert" not in client.post("/report-a-hazard", form | {"spot": ""}).content
    assert client.post("/report-a-hazard", form).status_code == 201
    tip = actions.accept(tip=Tip.objects.get(), by="clerk", at=NOW)
    client.force_login(county.clerk)
    for page in ("/tips", f"/tips/{tip.number}", f"/tips/{tip.number}/pass-on", f"/tips/{tip.number}/hazard"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content
        assert b"<img src=x" not in answer.content
    assert b"<img src=x" not in client.post(f"/tips/{tip.number}").content


def test_no_line_break_of_a_stranger_reaches_a_head_or_the_ledger(client, county):
    nasty = "北关\r\nSet-Cookie: a=b\r\n\r\n<html>"
    answer = client.post("/report-a-hazard", filled(spot=nasty, workplace_text=nasty, name=nasty))
    assert answer.status_code == 201
    assert "a=b" not in str(answer.headers)
    tip = Tip.objects.get()
    assert not {"\r", "\n"} & set(tip.spot + tip.workplace_text + tip.reporter_name)
    assert all("Set-Cookie" not in about for about in Entry.objects.values_list("about", flat=True))


@pytest.mark.parametrize(
    "degrees", [("91", "10"), ("NaN", "10"), ("1e999", "1"), ("39.1", ""), ("x", "y"), ("Infinity", "0")]
)
def test_a_position_that_is_none_says_nothing(client, county, degrees):
    answer = client.post("/report-a-hazard", filled(latitude=degrees[0], longitude=degrees[1]))
    assert answer.status_code == 201
    assert Tip.objects.get().latitude is None
