"""Lists that are taken in: what is new, what is held and why, and that nothing changes the second time."""

import pytest

from safemonth.collect.inspection.workplaces.actions import (
    change_workplace,
    decide_held,
    import_list,
    merge,
    register_workplace,
)
from safemonth.collect.inspection.workplaces.models import HeldWorkplace, Workplace
from safemonth.collect.submissions.models import Submission
from safemonth.ledger.models import Entry
from safemonth.lib.refusals import Refused
from tests.cast import AT
from tests.collect.inspection.workplaces.codes import code_of
from tests.collect.inspection.workplaces.made_lists import as_csv, made_lines, planted

HEAD = "企业名称,统一社会信用代码,行业,所属乡镇,地址,联系电话,监管部门\n"


def taken_in(county, text: str, *, name: str = "list.csv", **options):
    return import_list(
        campaign=county.campaign,
        data=(HEAD + text if "\n" not in text or not text.startswith("企") else text).encode(),
        file_name=name,
        sender=county.unit("d1"),
        by="clerk",
        at=AT,
        **options,
    )


def codes_of(held: HeldWorkplace) -> list[str]:
    return [reason["code"] for reason in held.reasons]


@pytest.mark.django_db
def test_new_rows_are_entered_with_their_units_and_trades(county):
    done = taken_in(
        county,
        f"东山采石场,{code_of(1)},非煤矿山,北乡,东关村,0312-8212345,山县安监局\n河口加油站,,加油站,山县南乡人民政府,,,\n",
    )
    quarry, station = Workplace.objects.order_by("pk")
    assert (quarry.trade, quarry.township.code, quarry.department) == ("mine", "1301", county.unit("d1"))
    assert (station.trade, station.township.code, station.department) == ("dangerous_goods", "1302", None)
    assert (len(done.new), done.held, done.same) == (2, (), 0)
    assert quarry.submission == done.submission


@pytest.mark.django_db
def test_headings_in_english_are_read_too(county):
    text = "Enterprise Name,Credit Code,Industry,Township,Lat,Long\nEast Quarry Ltd,,quarry,Bei Township,39.3,115.5\n"
    import_list(campaign=county.campaign, data=text.encode(), file_name="e.csv", sender=None, by="c", at=AT)
    row = Workplace.objects.get()
    assert (row.name, row.trade, row.township.code, str(row.latitude)) == (
        "East Quarry Ltd",
        "mine",
        "1301",
        "39.30000",
    )


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(county):
    first = taken_in(county, "东山采石场,,采石,北乡,,,\n东山采石场有限公司,,采石,北乡,,,\n,,采石,北乡,,,\n")
    before = (
        Workplace.objects.count(),
        HeldWorkplace.objects.count(),
        Entry.objects.count(),
        Submission.objects.count(),
    )
    again = taken_in(
        county, "东山采石场,,采石,北乡,,,\n东山采石场有限公司,,采石,北乡,,,\n,,采石,北乡,,,\n", name="other.csv"
    )
    assert (len(first.new), len(first.held)) == (1, 2)
    assert again.is_again and not again.new
    assert before == (
        Workplace.objects.count(),
        HeldWorkplace.objects.count(),
        Entry.objects.count(),
        Submission.objects.count(),
    )


@pytest.mark.django_db
def test_a_row_that_says_something_new_of_one_on_record_is_held_and_changes_nothing(county):
    taken_in(county, f"东山采石场,{code_of(1)},采石,北乡,东关村1号,,\n")
    done = taken_in(county, f"东山采石场,{code_of(1)},采石,北乡,东关村2号,,\n")
    (held,) = done.held
    assert (held.why, held.looks_like, held.said["address"]) == ("update", Workplace.objects.get(), "东关村2号")
    assert Workplace.objects.get().address == "东关村1号"
    decide_held(held=held, decision="same", takes_over=True, by="clerk", at=AT)
    assert Workplace.objects.get().address == "东关村2号"


@pytest.mark.django_db
def test_a_row_that_says_the_same_is_passed_over(county):
    taken_in(county, f"东山采石场,{code_of(1)},采石,北乡,东关村1号,,\n")
    done = taken_in(county, f"东山采石场,{code_of(1)},采石,北乡,,,\n")
    assert (done.new, done.held, done.same) == ((), (), 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("山县东山采石场有限公司,,采石,北乡,,,", ["same_name"]),
        ("东岭山采石场,,采石,北乡,,03128212345,", ["like_name", "same_phone"]),
        (f"别的名字,{code_of(1)},采石,北乡,,,", ["same_code", "other_name"]),
        ("北乡东山采石场,,采石,北乡,东关村7号,,", ["same_name", "same_address"]),
    ],
)
def test_a_likely_double_is_held_with_its_reasons(county, row, why):
    taken_in(county, f"东山采石场,{code_of(1)},采石,北乡,北乡东关村7号,0312-8212345,\n")
    done = taken_in(county, row + "\n")
    (held,) = done.held
    assert (held.why, codes_of(held)) == ("double", why)
    assert Workplace.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("东山一矿,,铁矿,北乡,东关村7号,03128212345,", "东山二矿,,铁矿,北乡,东关村7号,03128212345,"),
        ("东山采石场,,采石,北乡,,,", "东山采石场,,采石,南乡,,,"),
        ("东关加油站,,加油站,北乡,,,", "西关加油站,,加油站,北乡,,,"),
        ("宏达加油站,,加油站,北乡,,,", "宏远加油站,,加油站,北乡,,,"),
        (f"东山采石场,{code_of(1)},采石,北乡,,,", f"东山采石场,{code_of(2)},采石,北乡,,,"),
    ],
)
def test_what_only_looks_like_a_double_is_entered(county, first, second):
    done = taken_in(county, f"{first}\n{second}\n")
    assert (len(done.new), done.held) == (2, ())


@pytest.mark.django_db
def test_doubles_within_a_list_are_held_and_point_to_the_first(county):
    done = taken_in(county, "东山采石场,,采石,北乡,,,\n山县东山采石场,,采石,北乡,,,\n")
    assert codes_of(done.held[0]) == ["within_list", "same_name"]
    assert done.held[0].looks_like == done.new[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",,采石,北乡,,,", "no_name"),
        ("甲厂,9113063300000O1,采石,北乡,,,", "uscc_length"),
        ("甲厂,130633000012345,采石,北乡,,,", "uscc_old_number"),
        ("甲厂,,采石,东乡,,,", "unknown_township"),
        ("甲厂,,采石,东关村,,,", "ambiguous_township"),
        ("甲厂,,采石,,,,", "no_township"),
    ],
)
def test_a_row_that_cannot_be_read_is_held_with_its_reason(county, row, why):
    done = taken_in(county, row + "\n")
    assert (done.held[0].why, codes_of(done.held[0])) == ("unreadable", [why])


@pytest.mark.django_db
def test_totals_titles_and_signatures_are_no_rows(county):
    text = "全县企业台账,,,,,,\n" + HEAD + "东山采石场,,采石,北乡,,,\n合计,1,,,,,\n填表人：,,,,,,\n,,,,,,\n"
    done = import_list(campaign=county.campaign, data=text.encode(), file_name="t.csv", sender=None, by="c", at=AT)
    assert (len(done.new), done.held) == (1, ())


@pytest.mark.django_db
def test_a_persons_number_in_place_of_a_code_is_not_kept(county):
    done = taken_in(county, "个体石材店,11010519491231002X,石材,北乡,,,\n")
    assert "11010519491231002X" not in str(done.held[0].said) + str(done.held[0].reasons)


@pytest.mark.django_db
def test_what_a_person_decided_is_not_asked_again(county):
    taken_in(county, "东山采石场,,采石,北乡,,,\n")
    done = taken_in(county, "山县东山采石场,,采石,北乡,,,\n", name="2.csv")
    decide_held(held=done.held[0], decision="dropped", by="clerk", at=AT)
    again = taken_in(county, "山县东山采石场,,采石,北乡,,,\n石家饭店,,餐饮,西镇,,,\n", name="3.csv")
    assert (len(again.new), again.held, again.same) == (1, (), 1)
    with pytest.raises(Refused) as caught:
        decide_held(held=done.held[0], decision="new", by="clerk", at=AT)
    assert caught.value.code == "held_decided"


@pytest.mark.django_db
def test_a_held_row_is_entered_as_another_one_and_a_code_that_stands_stays_off(county):
    taken_in(county, f"东山一矿,{code_of(1)},铁矿,北乡,,,\n")
    done = taken_in(county, f"东山二矿,{code_of(1)},铁矿,北乡,,,\n")
    decide_held(held=done.held[0], decision="new", by="clerk", at=AT)
    assert list(Workplace.objects.order_by("pk").values_list("name", "uscc")) == [
        ("东山一矿", code_of(1)),
        ("东山二矿", ""),
    ]


@pytest.mark.django_db
def test_an_unreadable_row_is_entered_with_what_a_person_says_instead(county):
    done = taken_in(county, "甲厂,130633000012345,采石,东乡,,,\n")
    with pytest.raises(Refused):
        decide_held(held=done.held[0], decision="new", by="clerk", at=AT)
    instead = {"township": county.unit("1303"), "uscc": code_of(5)}
    decide_held(held=done.held[0], decision="new", instead=instead, by="clerk", at=AT)
    assert Workplace.objects.get().uscc == code_of(5)


@pytest.mark.django_db
def test_a_list_finds_the_survivor_by_a_merged_namesake(county):
    first = register_workplace(
        fields={"name": "东山采石场", "uscc": code_of(1), "trade": "mine", "township": county.unit("1301")},
        by="c",
        at=AT,
    )
    second = register_workplace(
        fields={"name": "鑫源石材", "uscc": code_of(2), "trade": "mine", "township": county.unit("1301")}, by="c", at=AT
    )
    merge(workplace=first, into=second, reason="改名", by="c", at=AT)
    done = taken_in(county, f"东山采石场,{code_of(1)},采石,北乡,,,\n")
    assert not done.new
    assert done.held[0].looks_like == second


@pytest.mark.django_db
def test_a_townships_list_enters_nothing_elsewhere(county):
    done = taken_in(county, "甲厂,,采石,南乡,,,\n乙厂,,采石,北乡,,,\n", within=[county.unit("1301")])
    assert [row.name for row in done.new] == ["乙厂"]
    assert codes_of(done.held[0]) == ["unknown_township"]


@pytest.mark.django_db
def test_a_code_stands_on_one_workplace_only(county):
    fields = {"name": "甲厂", "uscc": code_of(1), "trade": "mine", "township": county.unit("1301")}
    register_workplace(fields=fields, by="c", at=AT)
    with pytest.raises(Refused) as caught:
        register_workplace(fields={**fields, "name": "乙厂"}, by="c", at=AT)
    assert caught.value.code == "uscc_taken"
    other = register_workplace(fields={**fields, "name": "丙厂", "uscc": ""}, by="c", at=AT)
    with pytest.raises(Refused):
        change_workplace(workplace=other, fields={"uscc": code_of(1)}, by="c", at=AT)


@pytest.mark.django_db
def test_of_planted_doubles_nearly_all_are_held_and_of_others_nearly_none(county):
    lines = made_lines(400, seed=11)
    doubles = planted(lines, 80, seed=11)
    done = import_list(
        campaign=county.campaign, data=as_csv(lines + doubles), file_name="made.csv", sender=None, by="c", at=AT
    )
    held = {row.row_number - 3: row for row in done.held}
    found = [at for at, line in enumerate(lines + doubles) if line.of is not None and at in held]
    # A slip in a name of two signs with nothing else in common cannot be told from another enterprise.
    bare = sum(line.how == "typo_bare" for line in doubles)
    assert len(found) >= 80 - bare
    assert len([at for at in held if at < 400]) <= 2
    right = [
        at
        for at in found
        if (of := (lines + doubles)[at].of) is not None and str(held[at].looks_like) == lines[of].name
    ]
    assert len(right) >= len(found) - 2


@pytest.mark.django_db
def test_a_list_of_five_thousand_takes_seconds(county):
    import time

    started = time.process_time()
    done = import_list(
        campaign=county.campaign, data=as_csv(made_lines(5000, seed=3)), file_name="5.csv", sender=None, by="c", at=AT
    )
    assert len(done.new) + len(done.held) == 5000
    assert time.process_time() - started < 20
