"""Papers issued at the same moment: every number once, none left out, and one paper one number."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from safemonth.collect.inspection.hazards.models import HazardEvent
from safemonth.collect.inspection.papers.actions import draft_paper, issue
from safemonth.collect.inspection.papers.models import Paper, PaperFile, PaperSeries
from tests.cast import AT, set_up_county
from tests.collect.inspection.papers.made import inspected, office, order

pytestmark = pytest.mark.django_db(transaction=True)


def issued_at_once(papers: list[Paper]) -> list[Paper]:
    def one(paper: Paper) -> Paper:
        try:
            return issue(paper=Paper.objects.get(pk=paper.pk), by="clerk", at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as at_once:
        return list(at_once.map(one, papers))


def test_papers_issued_at_once_take_each_number_once_and_leave_none_out(monkeypatch):
    # What they look like is not asked here.
    monkeypatch.setattr("safemonth.collect.inspection.papers.actions.issuing.pdf_file", lambda *_, **__: b"%PDF-")
    county = set_up_county()
    inspection, agency = inspected(county), office(county)
    records = [
        draft_paper(campaign=county.campaign, kind="record", office=agency, inspection=inspection, by="c", at=AT)
        for _number in range(5)
    ]
    # Two orders name the same hazards: neither waits for the other for ever.
    orders = [order(county, inspection, agency) for _number in range(3)]
    mixed = [records[0], orders[0], records[1], orders[1], records[2], orders[2], *records[3:]]
    issued_at_once(mixed)
    numbers = {
        kind: sorted(n or 0 for n in Paper.objects.filter(kind=kind).values_list("number", flat=True))
        for kind in ("record", "order")
    }
    assert numbers == {"record": [1, 2, 3, 4, 5], "order": [1, 2, 3]}
    assert dict(PaperSeries.objects.values_list("kind", "last_number")) == {"record": 5, "order": 3}


def test_one_paper_issued_by_four_at_once_is_issued_once(monkeypatch):
    monkeypatch.setattr("safemonth.collect.inspection.papers.actions.issuing.pdf_file", lambda *_, **__: b"%PDF-")
    county = set_up_county()
    draft = order(county, inspected(county), office(county))
    issued_at_once([draft] * 4)
    assert PaperSeries.objects.get().last_number == 1
    assert PaperFile.objects.filter(paper=draft, what="word").count() == 1
    assert HazardEvent.objects.filter(data__has_key="order_number").count() == 2
