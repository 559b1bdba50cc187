"""Pages where the topics of the appraisal meet: the table of scores, and one unit's score with its objections."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from safemonth.appraisal.objections.queries import last_day_of, lines_seen_by
from safemonth.appraisal.scoring.queries import run_seen_by, score_table, scores_seen_by, versions_of_score
from safemonth.appraisal.scoring.words import links, said
from safemonth.appraisal.sheets.queries import sheet_of
from safemonth.organisation.models import UnitKind
from safemonth.organisation.permissions import may_open, sees_all, viewer
from safemonth.plan.queries import campaign_called


def appraisal(request: HttpRequest) -> HttpResponse:
    """Show the scores that the viewer may see: the table of all, or, once published, those of the own units."""
    user, campaign = viewer(request), campaign_called()
    run = run_seen_by(user, campaign)
    table = score_table(run) if run else None
    seen = set(scores_seen_by(user, campaign).values_list("pk", flat=True)) if run and not sees_all(user) else None
    kinds = dict(UnitKind.choices)
    groups: dict[str, list[Any]] = {}
    for each in table.units if table else ():
        if seen is None or each.score.pk in seen:
            groups.setdefault(str(kinds.get(each.score.unit.kind, "")), []).append(each)
    return render(
        request,
        "appraisal/scores.html",
        {
            "run": run,
            "table": table,
            "groups": groups,
            "last_day": last_day_of(run) if run else None,
            "sheet": sheet_of(campaign),
            "sees_all": sees_all(user),
            "may_score": may_open(user=user, name="score-run"),
            "may_judge": may_open(user=user, name="score-judge"),
            "open_count": sum(line.answer is None for line in lines_seen_by(user, campaign)) if run else 0,
        },
    )


def unit_score(request: HttpRequest, code: str) -> HttpResponse:
    """Show one unit's score: its items with their reasons and records, its standing, what would change it, its objections."""
    user, campaign = viewer(request), campaign_called()
    score = get_object_or_404(scores_seen_by(user, campaign), unit__code=code)
    table = score_table(score.run, with_stability=True)
    unit = table.of(code)
    if unit is None:
        raise Http404
    titles = {item.code: item for item in table.items}
    return render(
        request,
        "appraisal/unit.html",
        {
            "unit": unit,
            "run": table.run,
            "items": [(item, row, said(row), links(row.records)) for item, row in unit.pairs],
            "mover": titles.get(unit.stability.item) if unit.stability else None,
            "versions": versions_of_score(unit.score),
            "objections": [
                line for line in lines_seen_by(user, campaign) if line.objection.score.unit_id == unit.score.unit_id
            ],
            "last_day": last_day_of(table.run),
            "may_object": table.run.published_at is not None and may_open(user=user, name="score-object"),
            "may_answer": may_open(user=user, name="objection-answer"),
        },
    )
