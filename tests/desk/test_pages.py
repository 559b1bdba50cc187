"""Pages: who sees whose records, refusals as sentences, no query for each row."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safemonth.collect.activities.models import Activity, Measure, Return
from safemonth.collect.readers.actions import take_in
from safemonth.collect.submissions.models import Source
from tests.cast import AT, PASSWORD
from tests.collect.readers.sheets.making import workbook


def load(county, rows, sender, name):
    return take_in(
        campaign=county.campaign,
        data=workbook(rows),
        file_name=name,
        channel="sheet",
        sender=county.unit(sender),
        by="clerk",
        at=AT,
    )


@pytest.fixture
def loaded(county):
    load(county, [["单位", "悬挂横幅（条）"], ["北乡", 5]], "1301", "bei.xlsx")
    return county


def test_another_units_reporter_sees_nothing_of_it(client, loaded):
    client.login(username="stranger", password=PASSWORD)
    activity, source = Activity.objects.get(), Source.objects.first()
    assert source is not None
    for address in (
        f"/submissions/{activity.submission_id}",
        f"/submissions/{activity.submission_id}/file",
        f"/sources/{source.pk}",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get(f"/activities/{activity.pk}").status_code == 422
    assert "bei.xlsx" not in client.get("/submissions").content.decode()


def test_a_units_own_reporter_sees_and_corrects_it(client, loaded):
    client.login(username="reporter", password=PASSWORD)
    activity, measure = Activity.objects.get(), Measure.objects.get()
    answer = client.post(f"/activities/{activity.pk}/correct", {f"m{measure.pk}": "6", "reason": "数错了"})
    assert answer.status_code == 302
    current = Activity.objects.get(is_current=True)
    assert (current.version, Measure.objects.get(activity=current).value) == (2, 6)
    assert Measure.objects.get(activity=activity).value == 5


def test_a_reporter_enters_an_activity_and_signs(client, county):
    client.login(username="reporter", password=PASSWORD)
    form = {
        "key": "k1",
        "title": "广场宣传",
        "kind": "publicity",
        "from_on": "2019-06-08",
        "value-leaflets_distributed": "约300",
    }
    assert client.post("/report", form).status_code == 302
    client.post("/report", form)  # a second click
    assert Measure.objects.get().value == 300
    assert client.post("/report/sign", {"statement": "nil", "confirm": "1", "key": "r"}).status_code == 422
    client.post("/report/sign", {"statement": "complete", "confirm": "1", "key": "r"})
    assert Return.objects.get().unit.code == "1301"


def test_an_upload_that_cannot_be_read_is_told_in_the_readers_language(client, county):
    client.login(username="clerk", password=PASSWORD)
    client.post("/language", {"language": "zh-hans"})
    answer = client.post("/submissions/new", {"files": SimpleUploadedFile("a.xlsx", b"")}, follow=True)
    assert "请" in answer.content.decode()


def test_lists_ask_no_query_for_each_row(client, loaded, django_assert_max_num_queries):
    for number in range(12):
        load(loaded, [["单位", "张贴标语（条）"], ["南乡", number + 1]], "1302", f"n{number}.xlsx")
    client.login(username="clerk", password=PASSWORD)
    for address in ("/submissions", "/activities", "/figures", "/board", "/units", "/ledger"):
        with django_assert_max_num_queries(40):
            assert client.get(address).status_code == 200
