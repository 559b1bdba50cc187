"""The demo's papers: one of each kind, out of one inspection."""

from datetime import timedelta

import pytest

from safemonth.collect.inspection.hazards.models import Hazard
from safemonth.collect.inspection.papers.models import PaperFile
from safemonth.demo import papers
from tests.cast import AT
from tests.collect.inspection.papers.made import inspected


@pytest.mark.django_db
def test_one_of_each_kind_is_issued_out_of_one_inspection(county, monkeypatch):
    units = {"safety": county.unit("d1"), "police": county.unit("d2")}
    monkeypatch.setattr(papers, "unit_by_code", lambda code: units[code.rpartition("-")[2]])
    made = papers.one_of_each(county.campaign, inspection=inspected(county), by="clerk", at=AT + timedelta(minutes=5))
    assert [paper.kind for paper in made] == ["record", "decision", "order", "recheck", "referral"]
    assert [paper.number for paper in made] == [1] * 5
    assert {paper.number_text[:5] for paper in made} == {"（易）应急"}
    assert PaperFile.objects.count() == 10
    assert [hazard.state for hazard in Hazard.objects.order_by("pk")] == ["closed", "escalated"]
