"""What the office does in the demo's month: in order, within the truth, and counted once."""

from datetime import date
from decimal import Decimal

from safemonth.demo.county import VEHICLE_UNITS, townships, villages_of
from safemonth.demo.expected import true_total
from safemonth.demo.field.filled import filled_forms
from safemonth.demo.publicity import law_day, materials, rounds
from safemonth.demo.publicity.steps import publicity_steps
from safemonth.demo.truth import deeds_of


def test_steps_stand_in_order_of_time():
    times = [step.at for step in publicity_steps()]
    assert times == sorted(times)
    assert times[0].date() < date(2019, 6, 1)


def test_who_came_to_the_law_day_are_as_many_as_its_letter_says():
    (deed,) = deeds_of(law_day.HOST, task="law-to-countryside")
    mines = sum(people for *_, people in law_day.MINES)
    departments = sum(people for _, people in law_day.DEPARTMENTS_CAME)
    assert mines + sum(law_day.TOWNSHIPS_CAME) + departments == deed.counts["people_taking_part"].value
    assert {code[:9] for code, *_ in law_day.MINES} == set(law_day.COUNTRYSIDE_TOWNSHIPS)


def test_no_place_gives_out_more_than_came_to_it():
    sent = {code: came or copies for code, copies, came in materials.SENT_ON}
    assert sum(copies for _, copies, _ in materials.SENT_ON) < 8000
    assert sent[materials.FUGANG] - materials.LEFT_IN_FUGANG == 180


def test_what_the_office_enters_itself_counts_in_the_truth():
    assert true_total("media_reports", task="tv-speech") == 1
    assert true_total("online_audience") == 5300


def test_every_village_lies_somewhere_in_the_county_and_where_a_phone_was():
    positions = rounds.village_positions()
    assert set(positions) == {code for town in townships() for code in villages_of(town.code)}
    assert all(39 < latitude < Decimal("39.6") for latitude, _ in positions.values())
    assert all(Decimal("114.8") < longitude < Decimal("115.8") for _, longitude in positions.values())
    stops = [filled for filled in filled_forms() if filled.form == "village_stop"]
    assert {filled.unit for filled in stops} == set(VEHICLE_UNITS)
    for filled in stops:
        assert positions[rounds.village_of(filled)] == tuple(map(Decimal, filled.position.split()))
