"""ODK Collect against the office: forms fetched, answers taken once, whatever is sent again, lost, edited or garbled."""

import base64
import json
import threading
import urllib.request
import zlib
from typing import Any
from xml.etree import ElementTree

import pytest

from safemonth.collect.activities.models import Activity, Evidence, Measure, MeasureState
from safemonth.collect.field.openrosa.credentials import collect_settings, qr_svg
from safemonth.collect.forms.actions import revoke_device
from safemonth.collect.forms.models import Attachment, Instance, Rival
from safemonth.collect.readers.models import Proposal, ProposalState
from safemonth.collect.submissions.models import Submission
from safemonth.ledger.actions import writing
from tests.cast import AT
from tests.collect.field.sending import PHOTO, a_form, a_phone, answers, multipart, post

pytestmark = pytest.mark.django_db
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"


@pytest.fixture
def key(county: Any) -> str:
    """The key of a phone of 北乡's reporter, for whom the office has one form."""
    a_form()
    return a_phone(county.reporter)[1]


def test_a_phone_fetches_the_list_the_form_and_the_units_of_its_own_account(client: Any, key: str):
    listed = client.get(f"/openrosa/key/{key}/formList", headers={"X-OpenRosa-Version": "1.0"})
    assert listed.status_code == 200
    assert listed["X-OpenRosa-Version"] == "1.0"
    assert listed["Content-Type"] == "text/xml; charset=utf-8"
    [form] = ElementTree.fromstring(listed.content)
    assert {child.tag.removeprefix(LIST): child.text for child in form}.items() >= {
        "formID": "visit",
        "name": "活动报告",
        "version": "2019060101",
    }.items()
    xform = client.get(form.findtext(f"{LIST}downloadUrl", "").replace("http://testserver", ""))
    assert b"<h:html" in xform.content
    manifest = client.get(form.findtext(f"{LIST}manifestUrl", "").replace("http://testserver", ""))
    [file] = ElementTree.fromstring(manifest.content)
    assert file.findtext(f"{MANIFEST}filename") == "units.csv"
    units = client.get(file.findtext(f"{MANIFEST}downloadUrl", "").replace("http://testserver", "")).content.decode()
    codes = [line.split(",")[0] for line in units.splitlines()[1:]]
    assert codes == ["1301", "130101", "130102"]
    digests = {element.text or "" for element in ElementTree.fromstring(listed.content).iter(f"{LIST}hash")}
    assert all(digest.startswith("md5:") and len(digest) == 36 for digest in digests)


def test_a_wrong_key_is_answered_like_any_unknown_address_and_no_key_is_asked_for_one(client: Any, key: str):
    assert client.get("/openrosa/key/x/formList").status_code == 404
    assert client.get(f"/openrosa/key/{key[:-1]}A/submission").status_code in (404, 405)
    asked = client.get("/openrosa/formList")
    assert asked.status_code == 401
    assert asked["WWW-Authenticate"].startswith("Basic ")
    assert post(client, "y" * 43, answers()).status_code == 404
    assert Submission.objects.count() == 0


def test_a_phone_may_also_sign_in_by_name_and_password(client: Any, county: Any):
    a_form()
    device, key = a_phone(county.reporter)
    token = base64.b64encode(f"device-{device.pk}:{key}".encode()).decode()
    headers = {"Authorization": f"Basic {token}"}
    listed = client.get("/openrosa/formList", headers=headers)
    assert listed.status_code == 200
    assert b"/openrosa/forms/" in listed.content
    assert key.encode() not in listed.content
    wrong = base64.b64encode(f"device-{device.pk + 1}:{key}".encode()).decode()
    assert client.get("/openrosa/formList", headers={"Authorization": f"Basic {wrong}"}).status_code == 401
    body, content_type = multipart(answers())
    sent = client.generic("POST", "/openrosa/submission", body, content_type=content_type, headers=headers)
    assert sent.status_code == 201


def test_a_revoked_phone_and_a_closed_account_are_shut_out(client: Any, county: Any):
    a_form()
    device, key = a_phone(county.reporter)
    _other, second = a_phone(county.reporter)
    revoke_device(device=device, by="clerk", at=AT)
    assert post(client, key, answers()).status_code == 404
    assert post(client, second, answers()).status_code == 201
    with writing(by="t", at=AT, action="account.close") as write:
        write.change(county.reporter, is_active=False)
    assert post(client, second, answers()).status_code == 404


def test_the_qr_code_holds_what_collect_reads():
    text = collect_settings(server_url="https://office.example/openrosa/key/abc", project="2019年安全生产月")
    settings = json.loads(zlib.decompress(base64.b64decode(text)))
    assert settings["general"]["server_url"] == "https://office.example/openrosa/key/abc"
    assert settings["project"]["name"] == "2019年安全生产月"
    assert settings["admin"] == {}
    assert qr_svg(text).startswith("<svg")


def test_before_it_sends_a_phone_is_told_where_and_how_much(client: Any, key: str):
    asked = client.head(f"/openrosa/key/{key}/submission?deviceID=x")
    assert asked.status_code == 204
    assert int(asked["X-OpenRosa-Accept-Content-Length"]) >= 10_000_000
    assert asked["Location"].endswith(f"/openrosa/key/{key}/submission?deviceID=x")


def test_answers_become_an_activity_with_its_photo_as_evidence(client: Any, key: str):
    sent = post(client, key, answers(photo="1.jpg", where="39.35012 115.23456 0 4.5"), ("1.jpg", PHOTO))
    assert sent.status_code == 201
    assert b'nature="submit_success"' in sent.content
    activity = Activity.objects.get()
    assert (activity.title, activity.host.code, str(activity.from_on)) == ("安全宣讲", "1301", "2019-06-12")
    assert (str(activity.latitude), str(activity.longitude)) == ("39.35012", "115.23456")
    measure = Measure.objects.get()
    assert (measure.indicator_id, measure.value, measure.state) == ("leaflets_distributed", 350, MeasureState.EVIDENCED)
    assert measure.source.field == "leaflets"
    assert Evidence.objects.get().submission.size_bytes == len(PHOTO)


def test_the_same_again_changes_nothing_even_laid_out_otherwise(client: Any, key: str):
    xml = answers(instance_id="uuid:one")
    for body in (xml, xml, xml + b"\n", xml.replace(b"><", b">\n  <"), xml.replace(b"orx", b"jr")):
        assert post(client, key, body).status_code == 201
    assert (Instance.objects.count(), Activity.objects.count(), Rival.objects.count()) == (1, 1, 0)


def test_other_content_under_the_same_id_is_refused_and_kept_for_the_clerk(client: Any, key: str):
    assert post(client, key, answers(instance_id="uuid:one")).status_code == 201
    for _ in range(2):
        refused = post(client, key, answers(instance_id="uuid:one", leaflets="900"))
        assert refused.status_code == 409
        assert b'nature="error"' in refused.content
    rival = Rival.objects.get()
    assert rival.reason == "other_content"
    assert Measure.objects.get().value == 350


def test_of_two_photos_under_one_name_both_are_kept_and_the_first_stands(client: Any, key: str):
    xml = answers(photo="1.jpg")
    post(client, key, xml, ("1.jpg", PHOTO))
    assert post(client, key, xml, ("1.jpg", PHOTO + b"other")).status_code == 201
    assert post(client, key, xml, ("1.jpg", PHOTO)).status_code == 201
    assert list(Attachment.objects.order_by("id").values_list("is_current", flat=True)) == [True, False]
    assert Evidence.objects.count() == 1


def test_a_photo_that_the_answers_do_not_name_is_kept_and_shown_as_unclaimed(client: Any, key: str, county: Any):
    assert post(client, key, answers(), ("stray.jpg", PHOTO)).status_code == 201
    stray = Attachment.objects.get()
    assert not stray.is_claimed
    client.force_login(county.clerk)
    page = client.get(f"/instances/{stray.instance_id}", headers={"Accept-Language": "en"}).content.decode()
    assert "stray.jpg" in page
    assert "not named in the answers" in page


def test_without_an_id_the_same_content_is_one(client: Any, key: str):
    xml = answers(instance_id="")
    assert [post(client, key, body).status_code for body in (xml, xml + b"\n")] == [201, 201]
    assert Instance.objects.count() == 1
    assert post(client, key, answers(instance_id="", leaflets="7")).status_code == 201
    assert Instance.objects.count() == 2


def test_text_in_a_number_is_kept_and_held_with_the_field_named(client: Any, key: str):
    assert post(client, key, answers(leaflets="三百多")).status_code == 201
    proposal = Proposal.objects.get()
    assert proposal.state == ProposalState.OPEN
    assert Activity.objects.count() == 0
    from safemonth.collect.readers.models import ProposedMeasure

    [doubt] = ProposedMeasure.objects.get().doubts
    assert doubt["params"]["field"] == "发放资料"


def test_photos_may_come_in_later_posts_of_the_same_answers(client: Any, key: str):
    xml = answers(photo="1.jpg", photo_2="2.jpg")
    first = post(client, key, xml, ("1.jpg", PHOTO))
    assert first.status_code == 201
    assert "2.jpg" in first.content.decode()
    second = post(client, key, xml, ("2.jpg", PHOTO + b"2"))
    assert second.status_code == 201
    assert "2.jpg" not in second.content.decode()
    assert Evidence.objects.count() == 2
    assert Instance.objects.count() == 1


def test_an_empty_photo_has_not_arrived(client: Any, key: str):
    xml = answers(photo="1.jpg")
    assert "1.jpg" in post(client, key, xml, ("1.jpg", b"")).content.decode()
    assert Attachment.objects.count() == 0
    post(client, key, xml, ("1.jpg", PHOTO))
    assert Evidence.objects.count() == 1


def test_an_edit_corrects_and_keeps_the_photo_it_still_names(client: Any, key: str):
    post(client, key, answers(instance_id="uuid:one", photo="1.jpg"), ("1.jpg", PHOTO))
    edit = answers(instance_id="uuid:two", deprecated_id="uuid:one", leaflets="400", photo="1.jpg")
    assert post(client, key, edit).status_code == 201
    current = Activity.objects.get(is_current=True)
    assert (current.version, Measure.objects.get(activity=current).value) == (2, 400)
    assert Activity.objects.count() == 2
    newest = Instance.objects.get(is_current=True)
    assert newest.instance_id == "uuid:two"
    assert newest.replaces == Instance.objects.get(instance_id="uuid:one")
    assert Attachment.objects.filter(instance=newest, name="1.jpg").exists()
    assert post(client, key, edit).status_code == 201
    assert Activity.objects.count() == 2


def test_an_edit_from_a_stale_copy_is_refused_and_kept(client: Any, key: str):
    post(client, key, answers(instance_id="uuid:one"))
    post(client, key, answers(instance_id="uuid:two", deprecated_id="uuid:one", leaflets="400"))
    stale = answers(instance_id="uuid:three", deprecated_id="uuid:one", leaflets="500")
    assert [post(client, key, stale).status_code for _ in range(2)] == [409, 409]
    rival = Rival.objects.get()
    assert (rival.reason, rival.standing.instance_id) == ("stale_edit", "uuid:two")
    assert Measure.objects.get(activity__is_current=True).value == 400


def test_an_edit_that_comes_before_its_original_stands(client: Any, key: str):
    assert (
        post(client, key, answers(instance_id="uuid:two", deprecated_id="uuid:one", leaflets="400")).status_code == 201
    )
    assert post(client, key, answers(instance_id="uuid:one")).status_code == 201
    assert [row.value for row in Measure.objects.filter(activity__is_current=True)] == [400]
    original, edit = Instance.objects.get(instance_id="uuid:one"), Instance.objects.get(instance_id="uuid:two")
    assert not original.is_current
    assert edit.replaces == original


def test_the_clerk_takes_the_other_version_and_the_phone_is_then_told_accepted(client: Any, key: str, county: Any):
    post(client, key, answers(instance_id="uuid:one"))
    other = answers(instance_id="uuid:one", leaflets="900")
    post(client, key, other)
    client.force_login(county.clerk)
    rival = Rival.objects.get()
    page = client.get(f"/instances/{rival.standing_id}").content.decode()
    assert "350" in page
    assert "900" in page
    decided = client.post(f"/rivals/{rival.pk}/decide", {"decision": "take", "reason": "电话核实"})
    assert decided.status_code == 302
    assert Measure.objects.get(activity__is_current=True).value == 900
    assert post(client, key, other).status_code == 201
    assert Rival.objects.count() == 1


def test_another_unit_can_neither_edit_nor_contradict(client: Any, key: str, county: Any):
    post(client, key, answers(instance_id="uuid:one"))
    foreign = a_phone(county.stranger)[1]
    for xml in (
        answers(instance_id="uuid:one", leaflets="1"),
        answers(instance_id="uuid:two", deprecated_id="uuid:one", leaflets="1"),
    ):
        assert post(client, foreign, xml).status_code == 403
    assert Rival.objects.count() == 0
    client.force_login(county.stranger)
    instance = Instance.objects.get()
    assert client.get(f"/instances/{instance.pk}").status_code == 404


def test_a_form_for_another_unit_waits_for_the_clerk(client: Any, key: str):
    assert post(client, key, answers(unit="1302")).status_code == 201
    assert Proposal.objects.get().state == ProposalState.OPEN


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (b"", 400),
        (b"no xml", 400),
        (b"<data/>", 400),
        (answers(form="unheard-of"), 404),
        (answers(version="1"), 404),
        (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + answers().split(b"?>", 1)[1], 400),
    ],
)
def test_what_is_no_filled_form_is_refused_with_a_sentence_and_nothing_is_kept(client: Any, key: str, xml, status):
    refused = post(client, key, xml, ("1.jpg", PHOTO))
    assert refused.status_code == status
    assert ElementTree.fromstring(refused.content)[0].text
    assert (Submission.objects.count(), Instance.objects.count()) == (0, 0)


def test_a_post_without_answers_is_refused(client: Any, key: str):
    assert post(client, key, None, ("1.jpg", PHOTO)).status_code == 400
    assert Submission.objects.count() == 0


def test_versions_live_side_by_side_and_a_submission_keeps_its_own(client: Any, key: str):
    a_form("2019060102")
    assert post(client, key, answers(version="2019060101")).status_code == 201
    assert post(client, key, answers(version="2019060102", day="2019-06-13")).status_code == 201
    versions = {row.form_version.version for row in Instance.objects.select_related("form_version")}
    assert versions == {"2019060101", "2019060102"}
    listed = client.get(f"/openrosa/key/{key}/formList").content
    assert b"2019060102" in listed
    assert b"2019060101" not in listed


@pytest.mark.django_db(transaction=True)
def test_eight_identical_posts_at_once_end_as_one_and_all_are_told_accepted(county: Any, live_server: Any):
    a_form()
    _, key = a_phone(county.reporter)
    body, content_type = multipart(answers(photo="1.jpg"), ("1.jpg", PHOTO))
    together = threading.Barrier(8)
    told: list[int] = []

    def send() -> None:
        request = urllib.request.Request(
            f"{live_server.url}/openrosa/key/{key}/submission",
            data=body,
            headers={"Content-Type": content_type, "X-OpenRosa-Version": "1.0"},
        )
        together.wait()
        with urllib.request.urlopen(request, timeout=60) as answer:
            told.append(answer.status)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [201] * 8
    counted = (Instance.objects.count(), Activity.objects.count(), Evidence.objects.count(), Attachment.objects.count())
    assert counted == (1, 1, 1, 1)
