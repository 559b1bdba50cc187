"""Scores out of the records: what feeds each item, what is left out, versions, and what is frozen when."""

from datetime import date

import pytest

from safemonth.appraisal.scoring.actions import excuse, judge, publish_scores, score_units
from safemonth.appraisal.scoring.models import ItemScore, ScoreRun, UnitScore
from safemonth.appraisal.scoring.queries import score_table
from safemonth.appraisal.sheets.actions import load_sheet
from safemonth.appraisal.sheets.models import ScoreSheet
from safemonth.appraisal.sheets.table import founding_items
from safemonth.collect.activities.actions import correct_values
from safemonth.collect.activities.deeds import Deed, record_deed
from safemonth.collect.activities.models import Measure
from safemonth.ledger.actions import writing
from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from safemonth.plan.actions import add_task, assign, hold_meeting
from tests.appraisal.month import SCORED_AT, SEEN_AT, day, report, score_month, tell_month
from tests.cast import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(county):
    """The month happened and a sheet is loaded."""
    tell_month(county)
    load_sheet(campaign=county.campaign, items=founding_items(), by="clerk", at=SCORED_AT)
    return county


def items(run, code):
    return {row.item: row for row in ItemScore.objects.filter(score__run=run, score__unit__code=code)}


def refusal(code, act, **said):
    with pytest.raises(Refused) as caught:
        act(**said)
    assert caught.value.code == code


def test_each_item_comes_from_the_records_with_their_trace(told):
    run = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    good, late, silent, nil = (items(run, code) for code in ("1301", "1302", "1303", "d2"))
    assert good["on-time"].low == good["on-time"].high == good["on-time"].weight
    assert late["on-time"].low_share == "7/10"  # Three days late of ten.
    assert silent["on-time"].high == 0 and silent["answered"].high == 0
    assert (silent["done"].low, silent["done"].high) == (0, silent["done"].weight)
    assert nil["answered"].low == nil["answered"].weight and nil["done"].high == 0
    assert good["evidenced"].low > 0 == late["evidenced"].high
    assert any(record.startswith("activity:") for record in good["evidenced"].records)


def test_a_task_that_was_assigned_after_its_day_is_left_out(told):
    run = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    # The consulting day was on 10 June; the cast assigned it on the 20th.
    row = items(run, "d1")["answered"]
    assert row.params["of"] == 1 and row.params["without_chance"] == 1


def test_what_the_office_calls_off_is_marked_down_for_nobody(told):
    before = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    excuse(task=told.everyone, unit=None, kind="called_off", reason="全县停办", by="clerk", at=SCORED_AT)
    after = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    assert items(before, "1303")["on-time"].is_left_out is False
    assert items(after, "1303")["on-time"].is_left_out is True
    assert items(after, "1303")["on-time"].params["why"] == ["called_off"]


def test_meetings_count_for_those_who_were_asked(told):
    hold_meeting(
        campaign=told.campaign,
        title="动员会",
        held_on=date(2019, 5, 30),
        attendance=[(told.unit("1301"), True), (told.unit("1302"), False)],
        by="clerk",
        at=SCORED_AT,
    )
    run = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    assert items(run, "1301")["meeting"].low > 0 == items(run, "1302")["meeting"].high
    assert items(run, "1303")["meeting"].is_left_out


def test_what_came_after_the_day_is_not_known_yet(told):
    run = score_units(campaign=told.campaign, as_of=date(2019, 7, 6), by="clerk", at=SCORED_AT)
    assert items(run, "1302")["done"].low == 0 < items(run, "1302")["done"].high
    refusal("day_to_come", score_units, campaign=told.campaign, as_of=date(2019, 8, 1), by="clerk", at=SCORED_AT)


def test_a_number_far_above_the_like_adds_nothing(told):
    for code in ("d2", "d3"):
        report(told, code, day(7, 2), leaflets=100)
    run = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    # Three townships only: too few like units to compare with, so the item is left out and said to be.
    assert items(run, "1302")["leaflets"].saying == "few_like"


def test_an_item_that_a_person_scores_is_unknown_until_they_have(told):
    first = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    assert items(first, "1301")["method"].low < items(first, "1301")["method"].high
    said = {"campaign": told.campaign, "item": "method", "unit": told.unit("1301"), "by": "lead", "at": SCORED_AT}
    judge(**said, share_percent=60, reason="一般")
    judge(**said, share_percent=90, reason="复核后上调")
    second = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    row = items(second, "1301")["method"]
    assert row.low == row.high and row.low_share == "9/10" and row.params["why"] == "复核后上调"
    refusal("reason_missing", judge, **said, share_percent=1, reason=" ")
    refusal("not_to_judge", judge, **{**said, "item": "done"}, share_percent=1, reason="x")


def test_scored_again_it_is_a_version_until_units_see_it_then_sheet_and_scores_are_frozen(told):
    score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    run = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    assert (run.version, ScoreRun.objects.filter(is_current=True).count()) == (2, 1)
    publish_scores(run=run, by="clerk", at=SEEN_AT)
    refusal("sheet_frozen", score_units, campaign=told.campaign, by="clerk", at=SEEN_AT)
    refusal("sheet_frozen", load_sheet, campaign=told.campaign, items=founding_items(), by="c", at=SEEN_AT, reason="x")
    refusal("sheet_frozen", excuse, task=told.everyone, unit=None, kind="excused", reason="x", by="c", at=SEEN_AT)
    refusal("published_already", publish_scores, run=run, by="clerk", at=SEEN_AT)
    assert {"sheet.load", "score.units", "score.publish"} <= set(Entry.objects.values_list("action", flat=True))


def test_another_sheet_is_another_version_with_a_reason_and_names_what_the_plan_lacks(told):
    refusal("reason_missing", load_sheet, campaign=told.campaign, items=founding_items(), by="c", at=SCORED_AT)
    load_sheet(campaign=told.campaign, items=founding_items(), reason="领导小组意见", by="c", at=SCORED_AT)
    assert list(ScoreSheet.objects.values_list("version", "is_current")) == [(1, False), (2, True)]


def test_ranks_are_among_units_of_the_kind_and_few_statements_make_the_table(county, django_assert_num_queries):
    month = score_month(county)
    with django_assert_num_queries(3):
        table = score_table(month.run, with_stability=True)
    townships = [unit for unit in table.units if unit.score.unit.kind == "township"]
    assert townships[0].score.unit.code == "1301"
    assert townships[0].standing and townships[0].standing.rank == 1 and townships[0].like_units == 3
    silent = table.of("1303")
    assert silent and silent.standing and silent.standing.low < silent.standing.high


def test_the_stored_points_are_those_that_the_stored_lines_give(county):
    from safemonth.appraisal.scoring.queries import lines_of_score
    from safemonth.appraisal.scoring.weighing import points_of

    month = score_month(county)
    for score in UnitScore.objects.filter(run=month.run):
        points = points_of(founding_items(), lines_of_score(score))
        assert points and (points.low, points.high) == (score.low, score.high)


def test_a_correction_does_not_make_a_report_late(told):
    report_again = report(told, "1303", day(7, 2))
    correct_values(
        activity=report_again,
        values={row.pk: "120" for row in Measure.objects.filter(activity=report_again)},
        reason="更正",
        by="clerk",
        at=day(7, 16),
    )
    run = score_units(campaign=told.campaign, by="clerk", at=SCORED_AT)
    row = items(run, "1303")["on-time"]
    assert row.low == row.weight


def test_who_took_part_in_one_event_is_not_late_by_its_host(county):
    task = add_task(
        campaign=county.campaign,
        code="drill",
        title="演练",
        chapter="publicity",
        kind="drill",
        due_on=date(2019, 7, 1),
        is_one_event=True,
        by="test",
        at=AT,
    )
    assign(task=task, rule="named:1301,1302", by="test", at=AT)
    tell_month(county)
    with writing(by="test", at=day(7, 9), action="test.drill") as write:
        record_deed(
            write,
            campaign=county.campaign,
            deed=Deed("drill", "演练", county.unit("1302"), task=task, participants={county.unit("1301"): ""}),
            entry={},
            file_name="drill.json",
            by="test",
            at=day(7, 9),
        )
    load_sheet(campaign=county.campaign, items=founding_items(), by="clerk", at=SCORED_AT)
    run = score_units(campaign=county.campaign, by="clerk", at=SCORED_AT)
    took_part, host = items(run, "1301")["on-time"], items(run, "1302")["on-time"]
    assert took_part.params["of"] == 1 and took_part.low == took_part.weight
    assert host.params["of"] == 2 and host.high < host.weight
    assert items(run, "1301")["done"].low_share == "1"
