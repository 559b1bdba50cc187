"""What filled forms become: activities by turn, counts, returns, and what is held."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from safemonth.collect.forms.xlsform import read_xlsform
from safemonth.collect.readers.answers import read_answers
from safemonth.collect.readers.known import Known
from safemonth.lib.indicators import load_indicators
from safemonth.lib.refusals import Refused

NOW = datetime(2019, 6, 20, tzinfo=UTC)

ROUND = """
| survey |
| | type | name | label | safemonth |
| | text | unit | 单位 | unit |
| | date | day | 日期 | from_on |
| | geopoint | where | 位置 | position |
| | begin repeat | stop | 停靠 | |
| | text | village | 村 | title |
| | text | place | 地点 | place |
| | integer | leaflets | 资料 | leaflets_distributed |
| | integer | heard | 听众 | people_reached/person_times |
| | image | photo | 照片 | evidence |
| | end repeat | | | |
| | text | partners | 参加单位 | participants |
| settings |
| | form_id | form_title | version | safemonth_kind |
| | round | 宣传车 | 1 | vehicle_tour |
"""
RETURN = """
| survey |
| | type | name | label | safemonth |
| | text | unit | 单位 | unit |
| | date | first | 起 | period_from |
| | date | last | 止 | period_to |
| | select_one yn | nil | 零报告 | nil |
| | text | who | 签报人 | signed_by |
| choices |
| | list_name | name | label |
| | yn | yes | 是 |
| | yn | no | 否 |
| settings |
| | form_id | form_title | version | safemonth_purpose |
| | ret | 零报告 | 1 | return |
"""


def known(sheet: str) -> Known:
    design = read_xlsform(sheet.strip().encode(), file_name="form.md", indicators=frozenset(load_indicators()))
    return Known(form=design, received_at=NOW)


def filled(form: str, inside: str) -> bytes:
    return f'<data id="{form}" version="1"><meta><instanceID>uuid:1</instanceID></meta>{inside}</data>'.encode()


def stop(village: str, leaflets: str, photo: str = "") -> str:
    return (
        f"<stop><village>{village}</village><place>{village}口</place><leaflets>{leaflets}</leaflets>"
        f"<heard>40</heard><photo>{photo}</photo></stop>"
    )


def test_each_turn_of_a_repeat_with_a_title_is_an_activity_that_takes_unit_and_day_from_around_it():
    inside = "<unit>消防大队</unit><day>2019-06-12</day><where>39.1 115.2 0 0</where>"
    inside += stop("东关村", "120", "a.jpg") + stop("河口村", "80", "b.jpg")
    reading = read_answers(filled("round", inside), known=known(ROUND))
    assert [each.title for each in reading.activities] == ["东关村", "河口村"]
    for each in reading.activities:
        assert (each.unit_text, each.from_on, each.kind) == ("消防大队", date(2019, 6, 12), "vehicle_tour")
        assert (each.latitude, each.longitude) == (Decimal("39.10000"), Decimal("115.20000"))
    assert [[m.value for m in each.measures] for each in reading.activities] == [[120, 40], [80, 40]]
    assert [each.evidence for each in reading.activities] == [("a.jpg",), ("b.jpg",)]
    places = [m.locator.field for each in reading.activities for m in each.measures]
    assert len(set(places)) == 4


def test_a_basis_written_beside_an_indicator_is_kept():
    reading = read_answers(filled("round", "<unit>x</unit>" + stop("东关村", "1")), known=known(ROUND))
    assert [m.basis for m in reading.activities[0].measures] == ["things", "person_times"]


def test_a_doubtful_turn_is_held_alone():
    inside = "<unit>消防大队</unit><day>2019-06-12</day>" + stop("东关村", "很多") + stop("河口村", "80")
    first, second = read_answers(filled("round", inside), known=known(ROUND)).activities
    [doubt] = first.measures[0].doubts
    assert doubt.blocks
    assert (first.measures[0].value, doubt.params["field"]) == (None, "资料")
    assert second.measures[0].doubts == ()


def test_typed_partners_are_parted_by_commas_of_either_script():
    inside = "<unit>x</unit>" + stop("东关村", "1") + "<partners>公安局、 气象局, safety bureau</partners>"
    # They stand outside the turns: they are said of the whole, and no turn claims them.
    assert read_answers(filled("round", inside), known=known(ROUND)).activities[0].participants == ()


@pytest.mark.parametrize(("answer", "is_nil"), [("yes", True), ("no", False)])
def test_a_return_is_a_signed_statement_and_no_activity(answer, is_nil):
    inside = f"<unit>北乡</unit><first>2019-06-01</first><last>2019-06-30</last><nil>{answer}</nil><who>安全员</who>"
    reading = read_answers(filled("ret", inside), known=known(RETURN))
    assert reading.activities == ()
    signed = reading.signed
    assert signed is not None
    assert (signed.unit_text, signed.is_nil, signed.signed_by) == ("北乡", is_nil, "安全员")
    assert (signed.period_from, signed.period_to) == (date(2019, 6, 1), date(2019, 6, 30))


def test_without_its_form_a_filled_form_is_refused():
    with pytest.raises(Refused) as refused:
        read_answers(filled("round", ""), known=Known())
    assert refused.value.code == "form_unknown_here"
