"""The models of the appraisal's topics, where Django looks for them."""

from safemonth.appraisal.lists.models import HonourList, ListedUnit
from safemonth.appraisal.objections.models import Objection, ObjectionAnswer
from safemonth.appraisal.scoring.models import Excuse, ItemScore, Judgement, ScoreRun, UnitScore
from safemonth.appraisal.sheets.models import ScoreSheet, SheetItem

__all__ = [
    "Excuse",
    "HonourList",
    "ItemScore",
    "Judgement",
    "ListedUnit",
    "Objection",
    "ObjectionAnswer",
    "ScoreRun",
    "ScoreSheet",
    "SheetItem",
    "UnitScore",
]
