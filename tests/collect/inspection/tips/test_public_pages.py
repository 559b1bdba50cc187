"""A stranger's way: report without sign-in, get a code once, follow and add; and what the pages never say or keep."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safemonth.collect.inspection.tips import actions
from safemonth.collect.inspection.tips.models import Tip, TipMessage, TipPhoto
from tests.collect.inspection.tips.reporting import AT, NAME, PHONE, TEXT, code_of, filled, jpeg, reported

CODE = re.compile(r'class="code"><span>([^<]+)<')


def sent(client, **options):
    return client.post("/report-a-hazard", filled(**options))


def code_in(answer):
    found = CODE.search(answer.content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", ["/report-a-hazard", "/report-a-hazard/follow"])
def test_the_public_pages_open_for_strangers_and_are_kept_nowhere(client, county, page, language):
    answer = client.get(page, headers={"accept-language": language})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    # Light: a page is small, and asks for one style sheet, one icon and one script at most.
    assert len(answer.content) < 12_000
    assert "bootstrap" not in answer.content.decode()


def test_a_stranger_reports_gets_a_code_and_follows_it(client, county):
    answer = sent(client, name=NAME, phone=PHONE, workplace_text="北关烟花仓库", latitude="39.3418", longitude="115.5")
    assert answer.status_code == 201
    tip = Tip.objects.get()
    assert (tip.text, str(tip.township), tip.state, tip.reporter_phone) == (TEXT, "北乡", "new", PHONE)
    followed = client.post("/report-a-hazard/follow", {"code": code_in(answer)})
    page = followed.content.decode()
    assert followed.status_code == 200
    assert "no-store" in followed.headers["Cache-Control"]
    for personal in (NAME, PHONE, TEXT, "39.34"):
        assert personal not in page


def test_a_form_sent_again_over_a_bad_network_shows_the_same_code(client, county):
    form = filled()
    first, again = client.post("/report-a-hazard", form), client.post("/report-a-hazard", form)
    assert code_in(first) == code_in(again)
    assert Tip.objects.count() == 1


def test_the_code_is_not_shown_again_to_who_comes_later_to_the_same_phone(client, county):
    form = filled(minutes=45, nonce=b"n" * 16)
    reported(county, (b"n" * 16).hex(), at=AT)
    answer = client.post("/report-a-hazard", form)
    assert answer.status_code == 409
    assert code_of((b"n" * 16).hex()) not in answer.content.decode()


def test_the_code_stands_in_no_address(client, county):
    answer = sent(client)
    assert "Location" not in answer.headers
    assert client.get(f"/report-a-hazard/follow?code={code_in(answer)}").content.decode().count(code_in(answer)) == 0


def test_photos_are_taken_and_what_is_none_is_said_at_its_field(client, county):
    good = SimpleUploadedFile("a.jpg", jpeg(position=True), "image/jpeg")
    bad = SimpleUploadedFile("b.jpg", b"\xff\xd8\xff not a photo", "image/jpeg")
    answer = client.post("/report-a-hazard", filled() | {"photo1": good, "photo2": bad})
    assert answer.status_code == 422
    assert 'id="id_photo2_error"' in answer.content.decode()
    assert Tip.objects.count() == 0
    good.seek(0)
    assert client.post("/report-a-hazard", filled() | {"photo3": good}).status_code == 201
    assert TipPhoto.objects.count() == 1


def test_what_was_typed_stays_where_something_is_missing(client, county):
    answer = sent(client, spot="")
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()


def test_a_reporter_adds_and_asks_by_the_code_and_reads_the_reply(client, county):
    reported(county, "a" * 32)
    code = code_of("a" * 32)
    form = {"code": code, "text": "还没有人来看", "is_question": "on", "token": filled()["token"]}
    assert client.post("/report-a-hazard/add", form).status_code == 201
    assert client.post("/report-a-hazard/add", form).status_code == 201
    message = TipMessage.objects.get()
    actions.reply(message=message, text="明天上午到现场", by="clerk", at=AT)
    assert "明天上午到现场" in client.post("/report-a-hazard/follow", {"code": code}).content.decode()


def test_strangers_are_held_against_forgery_without_an_account(county):
    careful = Client(enforce_csrf_checks=True)
    forged = careful.post("/report-a-hazard", filled())
    assert forged.status_code == 403
    assert TEXT in forged.content.decode()
    assert Tip.objects.count() == 0
    page = careful.get("/report-a-hazard").content.decode()
    (token, *_others) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert careful.post("/report-a-hazard", filled() | {"csrfmiddlewaretoken": token}).status_code == 201


def test_a_page_that_stood_open_too_long_is_asked_once_more_with_what_was_typed(client, county):
    answer = sent(client, minutes=60 * 24)
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert sent(client, minutes=1, token="forged").status_code == 422
    assert Tip.objects.count() == 0


def test_what_looks_like_a_machines_is_kept_and_held_and_gets_a_code_like_any_other(client, county):
    for options in ({"website": "http://x"}, {"minutes": 0}, {"text": "www.a www.b www.c 便宜"}):
        answer = sent(client, **options)
        assert (answer.status_code, len(code_in(answer))) == (201, 14)
    assert [tip.state for tip in Tip.objects.all()] == ["held"] * 3
