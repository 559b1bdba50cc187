"""Django looks here for the models of the stage; each stands in its topic."""

from safemonth.verify.teams.models import Nominee, TeamDraw, TeamSeat, TeamTarget, Tie
from safemonth.verify.visits.models import Finding, PlannedVisit, Visit, VisitAnswer, VisitDraw, VisitPhoto

__all__ = [
    "Finding",
    "Nominee",
    "PlannedVisit",
    "TeamDraw",
    "TeamSeat",
    "TeamTarget",
    "Tie",
    "Visit",
    "VisitAnswer",
    "VisitDraw",
    "VisitPhoto",
]
