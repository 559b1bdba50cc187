"""Django looks here for the models of the stage; each stands in its topic."""

from safemonth.collect.activities.models import Activity, Evidence, Measure, Participation, Return
from safemonth.collect.readers.models import HeadingMeaning, Proposal, ProposedMeasure, ReadingRecord
from safemonth.collect.submissions.models import Source, Submission

__all__ = [
    "Activity",
    "Evidence",
    "HeadingMeaning",
    "Measure",
    "Participation",
    "Proposal",
    "ProposedMeasure",
    "ReadingRecord",
    "Return",
    "Source",
    "Submission",
]
