"""The acceptance test: the founding case's numbers come out of the files that units sent."""

from datetime import date

import pytest

from safemonth.collect.publicity.materials.queries import books_of, disagreements_in, stock_rows
from safemonth.collect.readers.queries import waiting_measures, waiting_proposals
from safemonth.demo import expected
from safemonth.demo.build import send_files
from safemonth.demo.field.filled import filled_forms
from safemonth.demo.month import set_up_month
from safemonth.demo.publicity.found import publicity_findings
from safemonth.figures.queries import FigureDesk
from safemonth.ledger.queries import disagreements
from safemonth.summary.actions import make_summary
from safemonth.summary.queries import changed_figures, documents_of
from tests.cast import AT, PASSWORD

pytestmark = pytest.mark.django_db


def odd_books(campaign):
    """What the books of materials disagree on, a week after the month."""
    books = books_of(campaign)
    return disagreements_in(campaign, books, stock_rows(campaign, books), today=date(2019, 7, 8))


def test_the_month_of_yi_county_comes_out_as_the_founding_case_tells_it(tmp_path):
    campaign = set_up_month(at=AT, password=PASSWORD)
    built = send_files(campaign, tmp_path, step=lambda name: None)
    desk = FigureDesk.of(campaign)

    def words(indicator: str, **scope: str) -> tuple[str, str]:
        figure = desk.figure(indicator, **scope)  # type: ignore[arg-type]
        return figure.words.en, figure.words.zh

    day = {"task": "consulting-day"}
    assert words("departments_taking_part", **day)[0] == "20"
    assert words("consulting_sites", **day)[0] == "5"
    assert words("leaflets_distributed", **day, unit="130633-safety") == ("more than 5,000", "5000余")
    assert words("people_consulted", **day) == ("more than 10,000", "1万余")
    assert words("leaflets_distributed", **day) == ("more than 40,000", "4万余")
    assert words("banners_hung") == ("more than 80", "80余")
    assert words("slogans_posted") == ("more than 250", "250余")
    assert words("leaflets_distributed") == ("more than 140,000", "14万余")

    coverage = desk.figure("leaflets_distributed").coverage
    assert (len(coverage.expected), len(coverage.received)) == (56, 51)
    assert {unit.code for unit in coverage.missing} == set(expected.MISSING)

    # Held for review, and not counted: the impossible, the unknown, the day outside the month.
    held = {p.reading.submission.file_name for p in waiting_proposals(campaign)}
    held |= {v.proposal.reading.submission.file_name for v in waiting_measures(campaign)}
    assert {"凌云册乡各村情况.xlsx", "水利局统计表.xlsx", "南城司乡活动登记.xlsx", "开发区统计.xlsx"} <= held
    assert [name for name, taken in built.taken.items() if not taken.is_new] == ["裴山镇活动台账(1).csv"]
    assert {said[0] for said in built.filled.values()} == {"new"}
    assert len(built.filled) == len(filled_forms())

    # The office's own part adds nothing that a file or a form has told already.
    found = "\n".join(publicity_findings(campaign, today=date(2019, 7, 8)))
    assert "20 of 20 booths at 5 sites" in found
    assert "65 people, 3 questions (1 open), 2 hazards" in found
    assert "closed as one event, version 2" in found
    assert "24 of 472 villages reached by name" in found and "0 stops made" not in found
    assert found.count("nothing reported under it") == 0
    assert "署名文章" in found and "电视讲话" not in found
    odd = {(odd.place.code, odd.disagreement.copies) for odd in odd_books(campaign)}
    assert {("130633-fire", 20), ("130633212", 20)} <= odd

    # What intake and roll-up make of the files is what the units did, but for counts that are not added.
    wrong = {
        (indicator, basis): (desk.figure(indicator, basis=basis, with_trace=False).value, value)
        for (indicator, basis), value in expected.true_totals().items()
        if indicator != "places_reached"
        and abs(int(desk.figure(indicator, basis=basis, with_trace=False).value or 0) - value) > value // 100
    }
    assert wrong == {}

    summary = make_summary(campaign=campaign, by="test", at=AT)
    names = {name for name, _ in documents_of(summary)}
    assert names == {
        *(f"summary.{language}.{kind}" for language in ("zh", "en") for kind in ("docx", "pdf")),
        "summary.html",
        "figures.json",
    }
    assert [row["changed"] for row in changed_figures()] == [[]]
    assert list(disagreements()) == []
