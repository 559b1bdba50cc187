"""What the server gives the field pages: shells that say nothing of anyone, the worker, forms and lists, answers."""

import json
import re

import pytest
from django.urls import reverse

from safemonth.collect.field import views
from safemonth.collect.forms.models import Instance
from safemonth.lib.digests import sha256_hex
from tests.collect.field.making import answers, offer_form

SHELLS = ["/field/", "/field/fill/any-form"]


@pytest.fixture
def reporter(client, county):
    offer_form()
    client.force_login(county.reporter)
    return client


def policy_of(answer):
    return dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if " " in part.strip()
    )


@pytest.mark.parametrize("address", SHELLS)
def test_a_shell_says_nothing_of_who_is_signed_in(reporter, client, county, address):
    first = reporter.get(address).content
    client.force_login(county.clerk)
    assert client.get(address).content == first
    for told in (b"csrf", b"reporter", "北乡".encode()):
        assert told not in first


def test_only_the_page_with_the_widget_may_more_than_others(reporter):
    strict = policy_of(reporter.get("/field/"))
    assert (strict["script-src"], strict["style-src"]) == ("'self'", "'self'")
    wider = policy_of(reporter.get("/field/fill/any-form"))
    assert wider["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert wider["style-src"] == "'self' 'unsafe-inline'"
    assert wider["connect-src"] == "'self'"
    assert wider["img-src"] == "'self' data: blob:"


def test_the_worker_keeps_the_shells_and_every_file_they_name(reporter):
    script = reporter.get(reverse("field-worker")).content.decode()
    assert reporter.get(reverse("field-worker"))["Content-Type"].startswith("text/javascript")
    for address in SHELLS:
        for name in re.findall(r'(?:src|href)="/static/([^"]+)"', reporter.get(address).content.decode()):
            assert name.removeprefix("field/") in script, name


def test_a_changed_shell_is_told_to_the_worker(reporter, monkeypatch):
    before = reporter.get(reverse("field-worker")).content
    monkeypatch.setattr(views, "render_to_string", lambda *_arguments: "another page")
    assert reporter.get(reverse("field-worker")).content != before


def test_the_page_can_be_installed(reporter):
    manifest = json.loads(reporter.get(reverse("field-manifest")).content)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/field/", "/field/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_a_stranger_is_given_nothing_but_the_worker_and_the_manifest(client, county):
    version = offer_form()
    addresses = ["/field/", "/field/session", "/field/forms", f"/field/forms/{version.pk}", "/field/fill/field-test"]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post("/field/answers", answers(), content_type="text/xml").status_code == 404
    assert client.get("/field/service-worker.js").status_code == 200


def test_the_forms_come_with_digests_of_what_their_addresses_give(reporter):
    (form,) = reporter.get(reverse("field-forms")).json()["forms"]
    assert (form["code"], form["version"], form["purpose"]) == ("field-test", "1", "activity")
    assert sha256_hex(reporter.get(form["url"]).content) == form["sha256"]
    (units,) = form["media"]
    assert sha256_hex(reporter.get(units["url"]).content) == units["sha256"]


def test_the_list_of_units_has_what_the_user_may_see(reporter, client, county):
    address = reporter.get(reverse("field-forms")).json()["forms"][0]["media"][0]["url"]
    assert "1301," in reporter.get(address).content.decode()
    client.force_login(county.stranger)
    theirs = client.get(address).content.decode()
    assert "1302," in theirs
    assert "1301," not in theirs
    assert client.get(address.replace("units.csv", "secrets.csv")).status_code == 404


def test_an_older_version_can_still_be_fetched_and_sent(reporter):
    old = reporter.get(reverse("field-forms")).json()["forms"][0]["url"]
    offer_form(version="2")
    assert [form["version"] for form in reporter.get(reverse("field-forms")).json()["forms"]] == ["2"]
    assert reporter.get(old).status_code == 200
    sent = reporter.post(reverse("field-answers"), answers(), content_type="text/xml")
    assert sent.status_code == 201
    assert Instance.objects.get().form_version.version == "1"


def test_answers_sent_again_are_known_and_tell_what_is_missing(reporter):
    first = reporter.post(reverse("field-answers"), answers(photos=("a.jpg",)), content_type="text/xml")
    again = reporter.post(reverse("field-answers"), answers(photos=("a.jpg",)) + b"\n", content_type="text/xml")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {"outcome": "known", "instance_id": "uuid:1", "missing": ["a.jpg"]}
    assert Instance.objects.count() == 1


def test_other_answers_under_the_same_number_are_refused_in_both_languages(reporter):
    reporter.post(reverse("field-answers"), answers(), content_type="text/xml")
    other = reporter.post(reverse("field-answers"), answers(title="另一份"), content_type="text/xml")
    assert (other.status_code, other.json()["code"]) == (409, "conflict")
    assert set(other.json()["sentence"]) == {"zh", "en"}


@pytest.mark.parametrize("body", [b"", b"<a", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_filled_form_is_refused_with_a_sentence(reporter, body):
    refused = reporter.post(reverse("field-answers"), body, content_type="text/xml")
    assert refused.status_code == 422
    assert refused.json()["sentence"]["en"]
    assert Instance.objects.count() == 0


def test_a_post_that_says_it_is_huge_is_not_read(reporter):
    refused = reporter.post(reverse("field-answers"), b"<a/>", content_type="text/xml", CONTENT_LENGTH=str(2**31))
    assert (refused.status_code, refused.json()["code"]) == (413, "answers_too_large")
