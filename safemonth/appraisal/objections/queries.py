"""Reads of objections."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from safemonth.appraisal.objections.models import Objection, ObjectionAnswer
from safemonth.appraisal.objections.rules import last_day_to_object
from safemonth.appraisal.scoring.models import Judgement, ScoreRun, UnitScore
from safemonth.appraisal.scoring.queries import current_run
from safemonth.figures.records import local_day
from safemonth.organisation.models import Unit, User
from safemonth.organisation.permissions import sees_all
from safemonth.organisation.queries import units_seen_by
from safemonth.plan.models import Campaign


def objections_seen_by(user: User, campaign: Campaign) -> QuerySet[Objection]:
    """Return the objections to the newest scores that the user may see: all, or those of their own units."""
    run = current_run(campaign)
    found = Objection.objects.filter(score__run=run).select_related("score__unit", "score__run__sheet")
    return found if sees_all(user) else found.filter(score__unit__in=units_seen_by(user))


def answers_to(objections: QuerySet[Objection]) -> dict[int, ObjectionAnswer]:
    """Return the answers by their objection."""
    return {
        answer.objection_id: answer
        for answer in ObjectionAnswer.objects.filter(objection__in=objections).select_related("new_score")
    }


@dataclass(frozen=True)
class ObjectionLine:
    """An objection with its answer (None: it is open)."""

    objection: Objection
    answer: ObjectionAnswer | None


def lines_seen_by(user: User, campaign: Campaign) -> list[ObjectionLine]:
    """Return objections with their answers: the open ones first, each in order of time; two statements besides the run's."""
    found = objections_seen_by(user, campaign)
    answers = answers_to(found)
    lines = [ObjectionLine(each, answers.get(each.pk)) for each in found]
    return sorted(lines, key=lambda line: (line.answer is not None, line.objection.said_at))


def open_objections(run: ScoreRun) -> QuerySet[Objection]:
    """Return the objections to a run's scores that are not answered, late ones too."""
    answered = ObjectionAnswer.objects.filter(objection__score__run=run).values("objection")
    return Objection.objects.filter(score__run=run).exclude(pk__in=answered)


def units_with_open_objection(run: ScoreRun) -> QuerySet[Unit]:
    """Return the units that have an objection which is not answered."""
    return Unit.objects.filter(pk__in=open_objections(run).values("score__unit"))


def scorers_of(score: UnitScore) -> set[str]:
    """Return who made a score: who ran it, who judged an item of the unit, who corrected it."""
    made = set(UnitScore.objects.filter(run=score.run, unit=score.unit).values_list("made_by", flat=True))
    judged = Judgement.objects.filter(campaign=score.run.campaign, unit=score.unit, is_current=True)
    return made | {score.run.made_by} | set(judged.values_list("made_by", flat=True))


def last_day_of(run: ScoreRun) -> date | None:
    """Return the last day on which an objection to a run's scores is in time; None before units see them."""
    return (
        last_day_to_object(local_day(run.published_at), run.sheet.objection_days)
        if run.published_at is not None
        else None
    )
