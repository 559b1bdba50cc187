"""The demo's reports by the public and its special rectification: each ends where it should, counted once."""

import pytest

from safemonth.collect.activities.models import Measure
from safemonth.collect.inspection.rectification.models import SiteMeeting
from safemonth.collect.inspection.rectification.queries import gallery, rectification_rows
from safemonth.collect.inspection.tips.models import Tip
from safemonth.collect.inspection.tips.queries import public_course
from safemonth.demo.county import COUNTY, other_units, townships
from safemonth.demo.rectification import rectification_steps
from safemonth.demo.sent import moment
from safemonth.demo.tips import tip_steps
from safemonth.demo.workplaces import take_in_first_list
from safemonth.ledger.queries import disagreements
from safemonth.organisation.actions import NewUnit, add_units
from tests.cast import set_up_county


@pytest.mark.django_db
def test_reports_and_the_rectification_end_where_they_should():
    campaign = set_up_county().campaign
    units = [
        NewUnit(unit.code, unit.name, unit.kind, "13" if unit.parent_code == COUNTY else unit.parent_code)
        for unit in (*townships(), *other_units())
    ]
    add_units(units=units, by="t", at=moment(5, 1, 9))
    take_in_first_list(campaign, by="t", at=moment(5, 20, 9))
    for step in sorted([*tip_steps(), *rectification_steps()], key=lambda step: step.at):
        step.do(campaign, by="t", at=step.at)

    assert sorted(Tip.objects.values_list("state", flat=True)) == ["closed", "closed", "closed", "joined"]
    double = Tip.objects.get(state="joined")
    assert [stage.code for stage in public_course(double)] == [
        *("received", "looked_at", "passed_on", "found", "in_hand", "closed")
    ]

    def counted(indicator):
        rows = Measure.objects.filter(indicator=indicator, activity__is_current=True, activity__is_withdrawn=False)
        return sum(rows.values_list("value", flat=True))

    assert (counted("reports_received"), counted("rewards_yuan"), counted("meetings")) == (2, 1000, 1)
    meeting = SiteMeeting.objects.select_related("rectification__drive").get()
    row = rectification_rows([meeting.rectification], today=moment(6, 20, 9).date())[0]
    assert (row.told - row.acknowledged, row.meetings, row.late) == (2, 1, 2)
    assert (row.progress.found, row.progress.closed) == (1, 1)
    assert [pair.is_shown for pair in gallery(meeting.rectification)] == [True]
    assert list(disagreements()) == []
