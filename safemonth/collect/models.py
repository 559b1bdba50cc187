"""Django looks here for the models of the stage; each stands in its topic."""

from safemonth.collect.activities.models import Activity, Evidence, Measure, Participation, Return
from safemonth.collect.evidence.models import Photo, PhotoLikeness, PublicCopy
from safemonth.collect.forms.models import Attachment, Device, Form, FormVersion, Instance, Rival
from safemonth.collect.readers.models import HeadingMeaning, Proposal, ProposedMeasure, ReadingRecord
from safemonth.collect.submissions.models import Source, Submission

__all__ = [
    "Activity",
    "Attachment",
    "Device",
    "Evidence",
    "Form",
    "FormVersion",
    "HeadingMeaning",
    "Instance",
    "Measure",
    "Participation",
    "Photo",
    "PhotoLikeness",
    "Proposal",
    "ProposedMeasure",
    "PublicCopy",
    "ReadingRecord",
    "Return",
    "Rival",
    "Source",
    "Submission",
]
