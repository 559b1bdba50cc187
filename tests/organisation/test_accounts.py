"""Accounts: opened, given a new password and closed by the office; nothing secret in the ledger."""

from typing import Any

import pytest

from safemonth.ledger.models import Change, Entry
from safemonth.ledger.queries import disagreements
from safemonth.organisation.models import User

pytestmark = pytest.mark.django_db


def password_in(page: str) -> str:
    return page.split('class="big mono">')[1].split("<")[0]


def test_the_office_opens_an_account_that_signs_in_with_the_password_shown_once(client: Any, county: Any):
    client.force_login(county.clerk)
    opened = client.post(
        "/accounts/open", {"username": "east", "role": "reporter", "unit": "130101", "post_title": "安全员"}
    )
    assert "no-store" in opened["Cache-Control"]
    password = password_in(opened.content.decode())
    client.logout()
    assert client.login(username="east", password=password)
    unit = User.objects.get(username="east").unit
    assert unit is not None
    assert unit.code == "130101"
    assert not any(password in change.after for change in Change.objects.all())


def test_a_new_password_takes_the_place_of_the_old_and_is_entered_without_its_words(client: Any, county: Any):
    client.force_login(county.clerk)
    password = password_in(client.post(f"/accounts/{county.reporter.pk}/password").content.decode())
    client.logout()
    assert client.login(username="reporter", password=password)
    assert Entry.objects.filter(action="account.password").count() == 1
    assert list(disagreements()) == []


def test_a_closed_account_signs_in_no_more_until_it_is_opened_again(client: Any, county: Any):
    client.force_login(county.clerk)
    client.post(f"/accounts/{county.reporter.pk}/close", {"open": "0"})
    assert not User.objects.get(pk=county.reporter.pk).is_active
    client.post(f"/accounts/{county.reporter.pk}/close", {"open": "1"})
    assert User.objects.get(pk=county.reporter.pk).is_active


def test_nobody_closes_the_own_account(client: Any, county: Any):
    client.force_login(county.clerk)
    assert client.post(f"/accounts/{county.clerk.pk}/close", {"open": "0"}).status_code == 422
    assert User.objects.get(pk=county.clerk.pk).is_active


def test_a_reporter_needs_a_unit(client: Any, county: Any):
    client.force_login(county.clerk)
    assert client.post("/accounts/open", {"username": "east", "role": "reporter"}).status_code == 422
    assert not User.objects.filter(username="east").exists()
