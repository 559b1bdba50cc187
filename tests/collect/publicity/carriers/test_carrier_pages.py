"""The pages of orders to carriers."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safemonth.collect.publicity.carriers.actions import draft_order, hand_over, prove_order, report_reached
from safemonth.collect.publicity.carriers.models import CarrierOrder
from safemonth.organisation.actions import NewUnit, add_units, open_account
from tests.cast import AT, PASSWORD
from tests.collect.publicity.materials.printing import day

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def carriers(county: Any) -> Any:
    units = [NewUnit("c1", "移动公司", "carrier", "13"), NewUnit("c2", "联通公司", "carrier", "13")]
    add_units(units=units, by="t", at=AT)
    return county


ORDER = {"text": "安全生产，人人有责", "window_from": "2019-06-10", "window_to": "2019-06-16", "area": "13"}


def test_one_text_to_several_carriers_is_an_order_to_each(client: Any, carriers: Any):
    client.force_login(carriers.clerk)
    client.post("/carrier-orders/new", {**ORDER, "carriers": ["c1", "c2"], "is_free": "on"})
    assert sorted(CarrierOrder.objects.values_list("carrier__code", flat=True)) == ["c1", "c2"]


def test_a_carrier_reports_itself_and_the_office_sees_whose_count_it_is(client: Any, carriers: Any):
    client.force_login(carriers.clerk)
    client.post("/carrier-orders/new", {**ORDER, "carriers": ["c1"]})
    pk = CarrierOrder.objects.get().pk
    user = open_account(username="mobile", password=PASSWORD, role="reporter", unit=carriers.unit("c1"), by="t", at=AT)
    client.force_login(user)
    assert client.get(f"/carrier-orders/{pk}").status_code == 404
    client.force_login(carriers.clerk)
    client.post(f"/carrier-orders/{pk}/handed-over", {"on": "2019-06-04", "as_what": "易安委函5号"})
    client.force_login(user)
    report = {"reached": "12万余", "sent_on": "2019-06-12", "reported_on": "2019-06-18"}
    client.post(f"/carrier-orders/{pk}/report", report)
    letter = SimpleUploadedFile("函.txt", "已发送12万余条".encode())
    client.post(f"/carrier-orders/{pk}/proof", {"file": letter})
    assert client.post(f"/carrier-orders/{pk}/end", {"how": "declined", "reason": "x"}).status_code == 404
    client.force_login(carriers.leader)
    page = client.get(f"/carrier-orders/{pk}", headers=ENGLISH).content.decode()
    assert "according to 移动公司" in page
    assert "more than" in page
    assert "reported and proven" in page


def test_a_carrier_that_declines_is_shown_with_its_reason(client: Any, carriers: Any):
    client.force_login(carriers.clerk)
    client.post("/carrier-orders/new", {**ORDER, "carriers": ["c1"]})
    pk = CarrierOrder.objects.get().pk
    client.post(f"/carrier-orders/{pk}/end", {"how": "declined", "reason": "平台检修"})
    assert "平台检修" in client.get(f"/carrier-orders/{pk}").content.decode()


def test_what_the_list_asks_of_the_database_does_not_grow(client: Any, carriers: Any):
    def reported(number: int) -> None:
        order = draft_order(
            campaign=carriers.campaign,
            carrier=carriers.unit("c1"),
            text=f"第{number}条",
            window_from=day(10),
            window_to=day(16),
            area=carriers.unit("13"),
            by="c",
            at=AT,
        )
        hand_over(order=order, on=day(4), by="c", at=AT)
        report_reached(order=order, reached="500", sent_on=day(11), reported_on=day(12), by="c", at=AT)
        prove_order(order=order, files=[(f"{number}".encode(), "x.txt", "web")], by="c", at=AT)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/carrier-orders").status_code == 200
        return len(queries)

    client.force_login(carriers.clerk)
    reported(0)
    before = asked()
    for number in range(1, 8):
        reported(number)
    assert asked() == before <= 15
