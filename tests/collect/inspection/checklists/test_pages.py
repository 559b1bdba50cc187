"""Pages of inspections: who sees what, what is decided there, and that lists ask the records a fixed number of times."""

import pytest
from django.urls import reverse

from safemonth.collect.forms.models import Instance
from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.inspections.models import Inspection, InspectionVersion
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.organisation.models import User
from tests.collect.inspection.checklists.filling import (
    hazard,
    inspection_xml,
    inspector,
    offer_builtin,
    recheck_xml,
    workplace,
)
from tests.collect.inspection.checklists.test_take_in import send

pytestmark = pytest.mark.django_db
SIGN = b"\x89PNG\r\n\x1a\n drawn"


@pytest.fixture
def quarry(county):
    offer_builtin("inspection", "recheck")
    inspector()
    return workplace()


def open_as(client, name, address, *args):
    client.force_login(User.objects.get(username=name))
    return client.get(reverse(address, args=args))


def test_the_list_shows_an_inspection_to_its_unit_and_the_office_and_not_to_a_stranger(client, county, quarry):
    found = send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, grade="major")]))
    for name in ("clerk", "leader", "inspector", "reporter"):
        assert found.code in open_as(client, name, "inspections").content.decode()
        assert open_as(client, name, "inspection", found.code).status_code == 200
    assert found.code not in open_as(client, "stranger", "inspections").content.decode()
    for address in ("inspection", "inspection-signature"):
        args = (found.code, "inspector") if address == "inspection-signature" else (found.code,)
        assert open_as(client, "stranger", address, *args).status_code == 404


def test_the_list_asks_as_often_for_twenty_as_for_two(client, county, quarry, django_assert_max_num_queries):
    def fill(numbers):
        for number in numbers:
            key = f"0b4a66fc-9a4e-4b64-9e3f-2f1f7f5b{number:04d}"
            send(county, inspection_xml(f"uuid:{number}", place=quarry, key=key, hazards=[hazard(number)]))

    client.force_login(User.objects.get(username="inspector"))

    def asked():
        with django_assert_max_num_queries(40) as counted:
            assert client.get(reverse("inspections")).status_code == 200
        return len(counted)

    fill(range(2))
    asked()
    few = asked()
    fill(range(2, 12))
    assert asked() == few


def test_the_list_is_narrowed_by_day_text_and_what_waits(client, county, quarry):
    first = send(county, inspection_xml("uuid:a", place=quarry))
    key = "6b8f1c66-9a4e-4b64-9e3f-2f1f7f5b7e12"
    other = send(county, inspection_xml("uuid:b", place="河口加油站", key=key, day="2019-06-13"))
    client.force_login(county.clerk)

    def listed(query):
        page = client.get(reverse("inspections") + query).content.decode()
        return {row.code for row in (first, other) if row.code in page}

    assert listed("?on=2019-06-13") == listed("?only=which") == listed("?text=加油") == {other.code}
    assert listed("?trade=mine") == {first.code}
    assert listed("?only=rivals") == set()
    assert listed("?on=yesterday&drive=x&page=99") == {first.code, other.code}


def test_one_shows_hazards_items_signatures_and_what_is_strange(client, county, quarry):
    found = send(
        county,
        inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, text="顶板开裂")], day="2019-06-21"),
        files=[("s1.png", SIGN), ("s2.png", b"<svg onload=alert(1)>")],
    )
    page = open_as(client, "inspector", "inspection", found.code).content.decode()
    form = Instance.objects.get()
    assert reverse("instance", args=[form.pk]) in page
    # The page of the filled form names the workplace, and the office finds nothing waiting under it.
    assert "北山采石场" in open_as(client, "inspector", "instance", form.pk).content.decode()
    assert open_as(client, "clerk", "submission", form.submission_id).status_code == 200
    assert "顶板开裂" in page
    assert Hazard.objects.get().code in page
    signature = open_as(client, "inspector", "inspection-signature", found.code, "inspector")
    assert (signature.content, signature.headers["Content-Type"]) == (SIGN, "image/png")
    # What is no picture is never handed out as one.
    assert open_as(client, "inspector", "inspection-signature", found.code, "workplace").status_code == 404


def test_the_clerk_sees_two_versions_side_by_side_and_decides(client, county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, text="通道堆物")]))
    send(
        county,
        inspection_xml("uuid:b", place=quarry, hazards=[hazard(1, text="通道堵塞")], made_from="uuid:a", ended="10:50"),
    )
    found = send(
        county,
        inspection_xml(
            "uuid:c",
            place=quarry,
            hazards=[hazard(1, text="通道全堵", grade="major")],
            made_from="uuid:a",
            ended="11:00",
        ),
    )
    page = open_as(client, "clerk", "inspection-versions", found.code).content.decode()
    assert "通道堵塞" in page
    assert "通道全堵" in page
    assert open_as(client, "inspector", "inspection-versions", found.code).status_code == 404
    client.force_login(county.clerk)
    keep = InspectionVersion.objects.get(instance_id="uuid:c").version_key
    answer = client.post(reverse("inspection-versions", args=[found.code]), {"keep": keep, "reason": "组长确认"})
    assert answer.status_code == 302
    found.refresh_from_db()
    assert (found.has_rivals, found.said["version"]) == (False, keep)
    row = Hazard.objects.get()
    assert (row.text, row.grade) == ("通道全堵", "major")


def test_a_decision_needs_a_reason_and_a_version_that_is_there(client, county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1)]))
    found = send(county, inspection_xml("uuid:b", place=quarry, hazards=[hazard(2)]))
    client.force_login(county.clerk)
    address = reverse("inspection-versions", args=[found.code])
    keep = found.said["version"]
    for given in ({"keep": keep, "reason": " "}, {"keep": "nothing", "reason": "组长确认"}):
        assert client.post(address, given).status_code in (400, 409, 422)
    found.refresh_from_db()
    assert found.has_rivals


def test_the_clerk_says_which_workplace_is_meant_and_its_hazards_lie_there(client, county, quarry):
    found = send(county, inspection_xml("uuid:a", place="北山采石厂", hazards=[hazard(1)]))
    assert found.workplace is None
    assert "北山采石场" in open_as(client, "clerk", "inspection-workplace", found.code).content.decode()
    client.post(reverse("inspection-workplace", args=[found.code]), {"workplace": quarry.pk})
    found.refresh_from_db()
    assert (found.workplace, Hazard.objects.get().workplace) == (quarry, quarry)
    # What comes later under the same name does not unsay it.
    send(county, inspection_xml("uuid:b", place="北山采石厂", hazards=[hazard(1)], made_from="uuid:a"))
    found.refresh_from_db()
    assert found.workplace == quarry


def test_a_workplace_that_is_not_there_is_added_once(client, county, quarry):
    found = send(county, inspection_xml("uuid:a", place="河口加油站", hazards=[hazard(1)]))
    client.force_login(county.clerk)
    address = reverse("inspection-workplace", args=[found.code])
    assert client.get(f"{address}?new=1").status_code == 200
    given = {"name": "河口加油站", "trade": "dangerous_goods", "township": "1301"}
    for _ in range(2):
        client.post(f"{address}?new=1", given)
    assert Workplace.objects.filter(name="河口加油站").count() == 1
    workplace, township = Inspection.objects.get().workplace, Hazard.objects.get().township
    assert workplace is not None and workplace.name == "河口加油站"
    assert township is not None and township.code == "1301"


def test_the_inspectors_day_shows_their_hazards_and_forms(client, county, quarry):
    send(county, inspection_xml("uuid:a", place=quarry, hazards=[hazard(1, text="顶板开裂", deadline="2019-06-25")]))
    page = open_as(client, "inspector", "inspector-day").content.decode()
    assert "顶板开裂" in page
    assert reverse("field-fill", args=["recheck"]) in page
    assert open_as(client, "reporter", "inspector-day").status_code == 404
    send(county, recheck_xml("uuid:r", 1))
    assert "顶板开裂" not in open_as(client, "inspector", "inspector-day").content.decode()


def test_the_office_offers_a_checklist_and_changes_its_table(client, county):
    client.force_login(county.clerk)
    table = client.get(reverse("checklist-table", args=["mine"])).content
    assert table.startswith(b"\xef\xbb\xbf")
    client.post(reverse("checklist-offer", args=["mine"]))
    from django.core.files.uploadedfile import SimpleUploadedFile

    from safemonth.collect.forms.models import FormVersion

    changed = table.replace("有救护和医疗急救组织，器材完好".encode(), "有救护队".encode())
    client.post(reverse("checklist-offer", args=["mine"]), {"table": SimpleUploadedFile("t.csv", changed)})
    versions = FormVersion.objects.filter(form__code="check_mine")
    assert [version.is_current for version in versions.order_by("pk")] == [False, True]
    assert "有救护队" in client.get(reverse("form", args=[versions.get(is_current=True).pk])).content.decode()
    assert client.get(reverse("checklist-table", args=["nothing"])).status_code == 404
