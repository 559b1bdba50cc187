"""Returns that are signed by a form: complete, nil, and the nil that contradicts the records."""

import uuid
from typing import Any

import pytest

from safemonth.collect.activities.models import Activity, Return
from safemonth.collect.forms.actions import add_form
from safemonth.collect.forms.builtin import builtin_forms
from safemonth.collect.readers.actions import take_in_answers
from safemonth.collect.readers.models import ReadingRecord
from tests.cast import AT
from tests.collect.field.sending import a_form, answers

pytestmark = pytest.mark.django_db


def sign(county: Any, *, nil: str, unit: str = "1301") -> None:
    xml = (
        f'<data id="return" version="1"><unit>{unit}</unit><period_from>2019-06-01</period_from>'
        f"<period_to>2019-06-30</period_to><nil>{nil}</nil><signed_by>安全员</signed_by>"
        f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta></data>"
    ).encode()
    take_in_answers(campaign=county.campaign, xml=xml, user=county.reporter, by="reporter", at=AT)


@pytest.fixture
def office(county: Any) -> Any:
    for name, data in builtin_forms():
        add_form(data=data, file_name=name, by="test", at=AT)
    return county


def test_a_complete_return_stands_for_its_period(office: Any):
    sign(office, nil="no")
    signed = Return.objects.get()
    assert (signed.unit.code, signed.is_nil, signed.signed_by) == ("1301", False, "安全员")
    assert (str(signed.period_from), str(signed.period_to)) == ("2019-06-01", "2019-06-30")


def test_a_nil_return_is_signed_where_nothing_contradicts_it(office: Any):
    sign(office, nil="yes")
    assert Return.objects.get().is_nil
    assert Activity.objects.count() == 0


def test_a_nil_return_of_a_unit_with_activities_waits_with_the_reason(office: Any):
    a_form()
    take_in_answers(campaign=office.campaign, xml=answers(), user=office.reporter, by="reporter", at=AT)
    sign(office, nil="yes")
    assert Return.objects.count() == 0
    doubts = ReadingRecord.objects.get(submission__file_name__startswith="return").doubts
    assert [doubt["code"] for doubt in doubts] == ["not_nil"]


def test_a_return_for_a_unit_that_is_not_the_senders_is_not_signed(office: Any):
    sign(office, nil="no", unit="1302")
    assert Return.objects.count() == 0
