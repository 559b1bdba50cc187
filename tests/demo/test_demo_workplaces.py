"""The demo's register and drives: every code is right, planted rows become what they should, drives are drawn."""

import pytest

from safemonth.collect.inspection.drives.checking import breaches
from safemonth.collect.inspection.drives.models import DrawnVisit
from safemonth.collect.inspection.drives.queries import conflicts, draw_as_json
from safemonth.collect.inspection.workplaces.models import HeldWorkplace, Workplace
from safemonth.collect.inspection.workplaces.uscc import has_right_organisation_code, is_right
from safemonth.demo.county import COUNTY, other_units, townships
from safemonth.demo.sent import moment
from safemonth.demo.workplaces import (
    expected_of_second_list,
    first_list,
    hold_draws,
    set_up_drives,
    take_in_first_list,
    take_in_second_list,
)
from safemonth.ledger.queries import disagreements
from safemonth.organisation.actions import NewUnit, add_units
from safemonth.plan.actions import add_task
from tests.cast import set_up_county


def test_every_made_code_is_right_by_both_check_signs():
    codes = [row.uscc for row in first_list() if row.uscc]
    assert len(set(codes)) == len(codes) >= 50
    assert all(is_right(code) and has_right_organisation_code(code) for code in codes)


@pytest.mark.django_db
def test_the_lists_become_what_they_should_and_the_drives_are_drawn():
    campaign = set_up_county().campaign
    units = [
        NewUnit(unit.code, unit.name, unit.kind, "13" if unit.parent_code == COUNTY else unit.parent_code)
        for unit in (*townships(), *other_units())
    ]
    add_units(units=units, by="t", at=moment(5, 1, 9))
    add_task(
        campaign=campaign,
        code="joint-inspections",
        title="联合检查",
        chapter="inspection",
        kind="inspection",
        by="t",
        at=moment(5, 1, 9),
    )
    first = take_in_first_list(campaign, by="t", at=moment(5, 20, 9))
    assert (len(first.new), first.held, first.same) == (62, (), 0)
    second = take_in_second_list(campaign, by="t", at=moment(5, 28, 9))
    held = {row.row_number: row.why for row in HeldWorkplace.objects.all()}
    new = {row.name for row in second.new}
    became = [held.get(number, "new" if number in (9, 10) else "same") for number in range(3, 14)]
    assert became == expected_of_second_list()
    assert new == {"易县东岭二铁矿", "易县清泉加油站"}
    assert Workplace.objects.filter(unit__isnull=False).count() == 2
    set_up_drives(campaign, by="t", at=moment(5, 31, 9))
    for draw in hold_draws(campaign, by="t", at=moment(6, 2, 16)):
        assert breaches(draw_as_json(draw)) == []
        assert conflicts(draw) == []
    assert DrawnVisit.objects.count() == 28
    assert list(disagreements()) == []
