"""The pages of contacts and broadcasts."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safemonth.collect.publicity.broadcasts.actions import ask_approval, queue_broadcast
from safemonth.collect.publicity.broadcasts.models import Broadcast, Contact, ContactList
from safemonth.collect.publicity.broadcasts.queries import messages_of
from safemonth.messaging.fates import Fate
from safemonth.messaging.models import Message, OptOut
from tests.collect.publicity.broadcasts.lists import (
    AT,
    OVER,
    TEXT,
    a_contact,
    a_draft,
    everybody,
    gateway,
    queued,
    sent,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def written(people: ContactList, **known: Any) -> dict[str, Any]:
    opens = timezone.localtime() + timedelta(days=1)
    day = f"{opens:%Y-%m-%d}"
    told = {"text": TEXT, "gateway": "county", "lists": [people.pk]}
    return {**told, "opens_at": f"{day}T09:00", "closes_at": f"{day}T18:00", **known}


def test_a_clerk_writes_a_leader_approves_and_the_clerk_queues(client: Any, county: Any):
    gateway()
    people = everybody(county, 6)
    client.force_login(county.clerk)
    answer = client.post("/broadcasts/new", written(people))
    assert answer.status_code == 302
    row = Broadcast.objects.get()
    client.post(f"/broadcasts/{row.pk}/ask")
    page = client.get(f"/broadcasts/{row.pk}", headers=ENGLISH).content.decode()
    assert "A second person must approve it" in page
    assert client.post(f"/broadcasts/{row.pk}/approve").status_code == 422
    client.force_login(county.leader)
    page = client.get(f"/broadcasts/{row.pk}").content.decode()
    assert "139****0001" in page
    assert "13900000001" not in page
    assert client.post(f"/broadcasts/{row.pk}/queue").status_code == 404
    client.post(f"/broadcasts/{row.pk}/approve")
    client.force_login(county.clerk)
    client.post(f"/broadcasts/{row.pk}/queue")
    assert Message.objects.count() == 6


def test_a_form_that_comes_twice_is_one_draft(client: Any, county: Any):
    gateway()
    client.force_login(county.clerk)
    given = written(everybody(county, 1), key="6f9b0c1e-3c1c-4a53-9f0e-000000000001")
    for _time in range(2):
        client.post("/broadcasts/new", given)
    assert Broadcast.objects.count() == 1


def test_the_count_is_as_billed_for_all_who_get_it(client: Any, county: Any):
    gateway()
    people = everybody(county, 6)
    client.force_login(county.clerk)
    said = {"text": "安" * 71, "gateway": "county", "lists": [people.pk]}
    fragment = client.post("/broadcasts/count", said, headers=ENGLISH).content.decode()
    assert "<strong>12</strong> messages billed" in fragment
    assert "71 used, room for 63 more" in fragment
    assert "More than 5 people" in fragment
    assert "【】" in fragment
    plain = client.post("/broadcasts/count", {**said, "gateway": "rooms"}, headers=ENGLISH).content.decode()
    assert "billed</" not in plain
    assert "6 left out" in plain
    assert not Broadcast.objects.exists()


def test_without_a_script_the_page_counts_and_stores_nothing(client: Any, county: Any):
    gateway()
    client.force_login(county.clerk)
    answer = client.post("/broadcasts/new", {**written(everybody(county, 1)), "count": "1"}, headers=ENGLISH)
    assert "<strong>1</strong> message billed" in answer.content.decode()
    assert not Broadcast.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"lists": []}, {"gateway": "nowhere"}, {"closes_at": "2019-01-01T09:00"}]
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(client: Any, county: Any, wrong: Any):
    gateway()
    client.force_login(county.clerk)
    answer = client.post("/broadcasts/new", written(everybody(county, 1), **wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Broadcast.objects.exists()


def test_without_a_gateway_the_page_says_so(client: Any, county: Any):
    client.force_login(county.clerk)
    assert "No gateway is set up yet" in client.get("/broadcasts/new", headers=ENGLISH).content.decode()


def test_uncertain_messages_are_listed_and_settled_by_a_person(client: Any, county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=4, delivered=4)
    client.force_login(county.clerk)
    page = client.get(f"/broadcasts/{row.pk}?fate=6", headers=ENGLISH).content.decode()
    assert "2 messages may or may not have been sent" in page
    assert page.count("take as not sent") == 2
    first, second = messages_of(row, fate=Fate.UNCERTAIN)
    client.post(f"/broadcasts/{row.pk}/messages/{first.pk}/settle", {"was_sent": "1"})
    client.post(f"/broadcasts/{row.pk}/messages/{second.pk}/settle", {"was_sent": "0"})
    assert client.post(f"/broadcasts/{row.pk}/messages/{first.pk}/settle", {"was_sent": "?"}).status_code == 422
    settled = Message.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values_list("fate", flat=True)
    assert list(settled) == [Fate.SETTLED_SENT, Fate.SETTLED_UNSENT]
    assert client.post(f"/broadcasts/{row.pk}/messages/{first.pk}/settle", {"was_sent": "0"}).status_code == 422


def test_a_message_of_another_broadcast_is_not_to_be_found(client: Any, county: Any):
    people = everybody(county, 2)
    row, other = queued_few(county, people), a_draft(county, people, text="另一条")
    message = messages_of(row).first()
    assert message is not None
    client.force_login(county.clerk)
    assert client.post(f"/broadcasts/{other.pk}/messages/{message.pk}/again").status_code == 404


def queued_few(county: Any, people: ContactList) -> Broadcast:
    row = ask_approval(broadcast=a_draft(county, people), by="clerk", at=AT)
    return queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)


def test_the_account_names_everybody_and_works_nothing_out(client: Any, county: Any):
    people = everybody(county, 5)
    a_contact(county, 5, post="=1+1")
    a_contact(county, 4, unit="1302", post="同号")
    row = queued(county, people)
    sent(answered=6, delivered=5, failed=1)
    client.force_login(county.clerk)
    answer = client.get(f"/broadcasts/{row.pk}/fates.csv", headers=ENGLISH)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert len(rows) == 7
    assert [one["What became of it"] for one in rows].count("delivered") == 5
    assert {one["Why"] for one in rows} == {"", "UNDELIV", "same number as another"}
    assert "'=1+1" in {one["Post"] for one in rows}
    client.force_login(county.leader)
    assert client.get(f"/broadcasts/{row.pk}/fates.csv").status_code == 404


def test_stopping_and_counting_by_the_page(client: Any, county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=6, delivered=6)
    client.force_login(county.clerk)
    client.post(f"/broadcasts/{row.pk}/stop", {"reason": "已办"})
    client.post(f"/broadcasts/{row.pk}/figure")
    row.refresh_from_db()
    assert (row.stopped_because, row.activity is not None) == ("已办", True)
    page = client.get(f"/broadcasts/{row.pk}", headers=ENGLISH).content.decode()
    assert "Counted in" in page


def test_a_unit_keeps_its_own_people_and_sees_no_others(client: Any, county: Any):
    own, others = a_contact(county, 1), a_contact(county, 2, unit="1302")
    client.force_login(county.reporter)
    page = client.get("/contacts").content.decode()
    assert own.phone in page
    assert others.phone not in page
    for address in (f"/contacts/{others.pk}/remove", f"/contacts/{others.pk}/opt-out", f"/contacts/{others.pk}"):
        assert client.post(address).status_code == 404
    given = {"unit": "1302", "kind": "staff", "post": "站长", "phone": "13900000009"}
    assert client.post("/contacts/new", given).status_code == 422
    assert client.post("/contacts/new", {**given, "unit": "1301"}).status_code == 302
    pasted = client.post("/contacts/paste", {"kind": "staff", "lines": "南乡,站长,13900000010"})
    assert pasted.status_code == 422
    assert client.post("/contacts/paste", {"kind": "staff", "lines": "北乡,副站长,13900000010"}).status_code == 302
    assert client.get("/broadcasts").status_code == 404
    assert client.get("/contacts/lists/new").status_code == 404


def test_a_contact_is_changed_taken_off_and_opted_out(client: Any, county: Any):
    row = a_contact(county, 1)
    client.force_login(county.clerk)
    client.post(f"/contacts/{row.pk}", {"kind": "manager", "post": "厂长", "phone": "13900000002"})
    client.post(f"/contacts/{row.pk}/opt-out")
    assert "wants no more messages" in client.get("/contacts?unit=北乡&kind=manager", headers=ENGLISH).content.decode()
    client.post(f"/contacts/{row.pk}/remove")
    row.refresh_from_db()
    assert (row.post, row.removed_at is not None) == ("厂长", True)
    assert OptOut.objects.get().address_key == "13900000002"
    client.post("/contacts/lists/new", {"name": "负责人", "under": "13", "contact_kind": "manager"})
    assert ContactList.objects.get().name == "负责人"


def asked(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_what_the_lists_ask_of_the_database_does_not_grow(client: Any, county: Any):
    people = everybody(county, 6)
    first = queued(county, people)
    sent(answered=6, delivered=3, failed=1)
    client.force_login(county.clerk)
    pages = ("/broadcasts", "/contacts", "/broadcasts/new", f"/broadcasts/{first.pk}")
    before = [asked(client, address) for address in pages]
    for number in range(10, 30):
        a_contact(county, number, unit="d2")
    for number in range(4):
        everybody(county, 0, name=f"表{number}")
    second = queued(county, people)
    sent(answered=26, delivered=20)
    assert Contact.objects.count() == 26
    assert messages_of(second).count() == 26
    after = [asked(client, address) for address in (*pages[:3], f"/broadcasts/{second.pk}")]
    assert after == before
    assert max(before) <= 20


def test_a_broadcast_that_is_done_shows_no_more_than_it_knows(client: Any, county: Any):
    row = queued(county, everybody(county, 6))
    sent(answered=6, delivered=6)
    client.force_login(county.leader)
    page = client.get("/broadcasts", headers=ENGLISH).content.decode()
    assert '<span class="tag tag-ok">done</span>' in page
    assert row.closes_at < OVER
