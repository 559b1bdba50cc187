"""Drives in the database: teams, interests, the draw and its versions, and who sees what before the day."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from safemonth.collect.inspection.drives.actions import (
    NewTeam,
    add_inspector,
    change_drive,
    change_inspector,
    declare_interest,
    hold_draw,
    lay_down_seed,
    load_themes,
    open_drive,
    propose_teams,
    set_teams,
    withdraw_interest,
)
from safemonth.collect.inspection.drives.checking import breaches
from safemonth.collect.inspection.drives.models import Draw, DrawnVisit, Inspector, TeamMember, Theme
from safemonth.collect.inspection.drives.queries import (
    conflicts,
    draw_as_json,
    drives_seen_by,
    frame_of,
    has_interest,
    interests_in_force,
    team_rows,
    visits_seen_by,
    whole_draw_may_be_seen,
)
from safemonth.collect.inspection.workplaces.actions import merge, register_workplace, split
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.ledger.models import Change, Entry
from safemonth.ledger.queries import disagreements
from safemonth.lib.refusals import Refused
from safemonth.organisation.actions import open_account
from tests.cast import AT, PASSWORD
from tests.collect.inspection.drives.made_drives import DAYS, drawn, made_drive

pytestmark = pytest.mark.django_db
BEFORE, ON_THE_SECOND, AFTER = date(2019, 6, 2), date(2019, 6, 4), date(2019, 6, 9)


def frame(drive, **options):
    weights = {"red": 0, "orange": 4, "yellow": 2, "blue": 1, "": 2}
    return frame_of(drive, count=6, weights=weights, days=DAYS, visits_a_day=3, **options)


def test_the_founding_cases_themes_are_shipped_and_loaded_once(county):
    assert load_themes(by="c", at=AT) == Theme.objects.count() > 8
    assert load_themes(by="c", at=AT) == 0
    codes = set(Theme.objects.values_list("code", flat=True))
    assert {"illegal-mining", "illegal-production", "illegal-operation", "dangerous-goods"} <= codes


def test_a_draw_is_made_again_from_its_download_without_the_database(county, tmp_path, capsys):
    drive = made_drive(county)
    draw = drawn(drive, witness="17 4 9")
    said = json.loads(json.dumps(draw_as_json(draw), ensure_ascii=False))
    assert breaches(said) == []
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    call_command("draw", str(file), "--language", "en")
    assert "✓" in capsys.readouterr().out
    for spoil in ({"seed": "t"}, {"witness": ""}, {"visits": said["visits"][:-1]}):
        file.write_text(json.dumps({**said, **spoil}, ensure_ascii=False), encoding="utf-8")
        with pytest.raises(SystemExit) as stopped:
            call_command("draw", str(file))
        assert stopped.value.code == 1


def test_a_frame_alone_is_drawn_from_with_a_seed_given(county, tmp_path, capsys):
    drive = made_drive(county)
    file = tmp_path / "frame.json"
    file.write_text(json.dumps(frame(drive).as_json(), ensure_ascii=False), encoding="utf-8")
    call_command("draw", str(file), "--seed", "s", "--json")
    assert len(json.loads(capsys.readouterr().out)["visits"]) == 6
    with pytest.raises(SystemExit):
        call_command("draw", str(file))


def test_the_seed_is_in_the_ledger_as_a_digest_before_the_draw_and_whole_after_it(county):
    drive = made_drive(county)
    laid_down = lay_down_seed(drive=drive, seed="a secret seed", by="clerk", at=AT)
    rows = "".join(Change.objects.values_list("after", flat=True)) + "".join(
        Entry.objects.values_list("about", flat=True)
    )
    assert "a secret seed" not in rows
    assert laid_down.seed_sha256 in rows
    with pytest.raises(Refused) as caught:
        lay_down_seed(drive=drive, seed="a nicer one", by="clerk", at=AT)
    assert caught.value.code == "seed_laid_down"
    hold_draw(drive=drive, count=6, days=DAYS, visits_a_day=3, by="clerk", at=AT)
    assert "a secret seed" in "".join(Change.objects.values_list("after", flat=True))
    assert list(disagreements()) == []


def test_nothing_is_drawn_before_a_seed_lies_there(county):
    drive = made_drive(county)
    with pytest.raises(Refused) as caught:
        hold_draw(drive=drive, count=6, days=DAYS, visits_a_day=3, by="clerk", at=AT)
    assert caught.value.code == "seed_missing"


def test_a_draw_again_needs_a_reason_and_the_first_stays_as_it_was(county):
    drive = made_drive(county)
    first = drawn(drive)
    before = draw_as_json(first)
    with pytest.raises(Refused) as caught:
        drawn(drive, seed="t")
    assert caught.value.code == "reason_missing"
    second = hold_draw(drive=drive, count=5, days=DAYS, visits_a_day=3, reason="一组车辆故障", by="clerk", at=AT)
    first.refresh_from_db()
    assert (first.version, first.is_current, second.version, second.is_current) == (1, False, 2, True)
    assert draw_as_json(first) == before
    assert DrawnVisit.objects.filter(draw=second).count() == 5


def test_red_ones_are_in_and_named_ones_say_so(county):
    drive = made_drive(county)
    blue = Workplace.objects.filter(risk_class="blue")[0]
    draw = drawn(drive, named=[blue])
    why = {visit.workplace: (visit.why, visit.probability) for visit in DrawnVisit.objects.filter(draw=draw)}
    assert all(why[row] == ("certain", 1.0) for row in Workplace.objects.filter(risk_class="red"))
    assert why[blue] == ("named", 1.0)
    assert sum(each[0] == "random" for each in why.values()) == 2


def test_nobody_is_drawn_for_a_workplace_where_they_have_an_interest_also_through_merges(county):
    drive = made_drive(county)
    quarry = Workplace.objects.filter(risk_class="red")[0]
    old = register_workplace(
        fields={"name": "旧名采石场", "trade": "mine", "township": county.unit("1301")}, by="c", at=AT
    )
    inspector = TeamMember.objects.filter(team__number=1)[0].inspector
    interest = declare_interest(inspector=inspector, workplace=old, reason="亲属任矿长", by="c", at=AT)
    assert not has_interest(inspector, quarry)
    made = merge(workplace=old, into=quarry, reason="改名", by="c", at=AT)
    assert has_interest(inspector, quarry)
    assert has_interest(inspector, old)
    assert interests_in_force() == [(inspector.pk, quarry.pk)]
    for seed in range(6):
        draw = drawn(drive, seed=str(seed), reason="再抽")
        assert DrawnVisit.objects.get(draw=draw, workplace=quarry).team.number == 2
    split(merge=made, reason="两家", by="c", at=AT)
    assert interests_in_force() == [(inspector.pk, old.pk)]
    assert not has_interest(inspector, quarry)
    withdraw_interest(interest=interest, by="c", at=AT)
    assert interests_in_force() == []
    again = declare_interest(inspector=inspector, workplace=old, reason="亲属任矿长", by="c", at=AT)
    assert again.pk == interest.pk
    assert interests_in_force() == [(inspector.pk, old.pk)]


def test_a_merged_workplace_stands_in_the_frame_once(county):
    drive = made_drive(county)
    one, other = Workplace.objects.all()[:2]
    merge(workplace=one, into=other, reason="同一家", by="c", at=AT)
    keys = [row.key for row in frame(drive).workplaces]
    assert (len(keys), str(one.key) in keys, str(other.key) in keys) == (11, False, True)


def test_only_working_ones_of_its_trades_stand_in_the_frame(county):
    drive = made_drive(county)
    for fields in ({"trade": "school"}, {"trade": "mine", "is_working": False}):
        register_workplace(fields={"name": "另一家", "township": county.unit("1301"), **fields}, by="c", at=AT)
    assert {row.trade for row in frame(drive).workplaces} == {"mine"}
    assert len(frame(drive).workplaces) == 12


def test_an_interest_declared_after_the_draw_is_seen_and_teams_with_one_are_refused(county):
    drive = made_drive(county)
    draw = drawn(drive)
    visit = DrawnVisit.objects.filter(draw=draw, team__number=1)[0]
    head, second, third = (m.inspector for m in TeamMember.objects.filter(team__number=1).order_by("-is_head", "pk"))
    declare_interest(inspector=head, workplace=visit.workplace, reason="持股", by="c", at=AT)
    assert [(found.visit, found.inspector) for found in conflicts(draw)] == [(visit, head)]
    other = [member.inspector for member in TeamMember.objects.filter(team__number=2)]
    with pytest.raises(Refused) as caught:
        set_teams(drive=drive, teams=[NewTeam([head, second]), NewTeam(other)], by="c", at=AT)
    assert caught.value.code == "team_has_interest"
    set_teams(drive=drive, teams=[NewTeam([second, third]), NewTeam(other)], by="c", at=AT)
    assert conflicts(draw) == []
    assert TeamMember.objects.get(inspector=head).team is None


def test_teams_are_mixed_and_have_one_head_each(county):
    drive = made_drive(county)
    for row in team_rows(drive):
        assert len({member.inspector.unit for member in row.members}) == 3
        assert [member.is_head for member in row.members] == [True, False, False]
    propose_teams(drive=drive, count=3, by="c", at=AT)
    assert [len(row.members) for row in team_rows(drive)] == [2, 2, 2]
    with pytest.raises(Refused):
        propose_teams(drive=drive, count=4, by="c", at=AT)
    with pytest.raises(Refused) as caught:
        set_teams(drive=drive, teams=[NewTeam(list(Inspector.objects.all())[:1])], by="c", at=AT)
    assert caught.value.code == "team_alone"
    assert list(disagreements()) == []


def test_days_of_a_drawn_drive_stay_as_they_are(county):
    drive = made_drive(county)
    change_drive(drive=drive, fields={"to_on": date(2019, 6, 7)}, by="c", at=AT)
    drawn(drive)
    for fields in ({"to_on": date(2019, 6, 9)}, {"is_unannounced": False}):
        with pytest.raises(Refused) as caught:
            change_drive(drive=drive, fields=fields, by="c", at=AT)
        assert caught.value.code == "drive_drawn"


def test_a_townships_drive_draws_in_the_township_and_a_departments_key_inspection_its_own(county):
    made_drive(county)
    options = {"campaign": county.campaign, "kind": "key", "from_on": DAYS[0], "to_on": DAYS[1], "by": "c", "at": AT}
    own = open_drive(title="北乡重点检查", led_by=county.unit("1301"), **options)
    assert {row.township for row in frame(own).workplaces} == {"1301"}
    department = open_drive(title="公安重点检查", led_by=county.unit("d2"), **options)
    assert frame(department).workplaces == ()


def test_nobody_at_a_workplace_sees_an_unannounced_visit_before_its_day(county):
    drive = made_drive(county)
    lead = open_account(username="lead", password=PASSWORD, role="reporter", unit=county.unit("d1"), by="t", at=AT)
    inspector = open_account(
        username="insp", password=PASSWORD, role="inspector", unit=county.unit("d2"), by="t", at=AT
    )
    change = Inspector.objects.get(post_title="d2执法队长")
    change_inspector(inspector=change, fields={"user": inspector}, by="c", at=AT)
    draw = drawn(drive)
    for user in (county.reporter, county.stranger, lead, inspector):
        assert visits_seen_by(user, draw, today=BEFORE).count() == 0, user
        assert not whole_draw_may_be_seen(user, drive, today=BEFORE)
        assert not whole_draw_may_be_seen(user, drive, today=drive.to_on)
    for user in (county.clerk, county.leader):
        assert visits_seen_by(user, draw, today=BEFORE).count() == 6
        assert whole_draw_may_be_seen(user, drive, today=BEFORE)
    seen = visits_seen_by(county.reporter, draw, today=ON_THE_SECOND)
    assert {visit.workplace.township.code for visit in seen} <= {"1301"}
    assert all(visit.visit_on <= DAYS[0] for visit in visits_seen_by(county.reporter, draw, today=DAYS[0]))
    own_team = TeamMember.objects.get(inspector=change).team
    assert {visit.team for visit in visits_seen_by(inspector, draw, today=AFTER)} == {own_team}
    assert visits_seen_by(lead, draw, today=AFTER).count() == 6


def test_the_list_of_drives_tells_a_workplaces_people_nothing_before_the_day(county):
    drive = made_drive(county)
    draw = drawn(drive)
    first = DrawnVisit.objects.filter(draw=draw).order_by("visit_on")[0]
    reporter = open_account(
        username="near", password=PASSWORD, role="reporter", unit=first.workplace.township, by="t", at=AT
    )
    assert not drives_seen_by(reporter, county.campaign, today=BEFORE).exists()
    assert drives_seen_by(reporter, county.campaign, today=AFTER).get() == drive


def test_an_announced_visit_shows_at_once(county):
    drive = made_drive(county, is_unannounced=False)
    draw = drawn(drive)
    seen = {visit.workplace.township.code for visit in visits_seen_by(county.reporter, draw, today=BEFORE)}
    assert seen == {"1301"}


def test_a_draw_that_cannot_be_made_leaves_nothing_behind(county):
    drive = made_drive(county)
    lay_down_seed(drive=drive, seed="s", by="c", at=AT)
    for count, days, code in (
        (60, DAYS, "draw_too_many"),
        (6, [date(2019, 7, 1)], "draw_other_days"),
        (6, [], "draw_no_days"),
    ):
        with pytest.raises(Refused) as caught:
            hold_draw(drive=drive, count=count, days=days, visits_a_day=3, by="c", at=AT)
        assert caught.value.code == code
    assert not Draw.objects.exists()


def test_inspectors_stand_once(county):
    unit = county.unit("d1")
    add_inspector(unit=unit, post_title="队长", certificate_number="1", user=county.clerk, by="c", at=AT)
    for options, code in (
        ({"post_title": "队长"}, "inspector_exists"),
        ({"post_title": "副队长", "certificate_number": "1"}, "certificate_taken"),
        ({"post_title": "副队长", "user": county.clerk}, "account_taken"),
        ({"post_title": " "}, "inspector_no_post"),
    ):
        with pytest.raises(Refused) as caught:
            add_inspector(unit=unit, by="c", at=AT, **options)
        assert caught.value.code == code
