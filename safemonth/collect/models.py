"""Django looks here for the models of the stage; each stands in its topic."""

from safemonth.collect.activities.models import Activity, Evidence, Measure, Participation, Return
from safemonth.collect.evidence.models import Photo, PhotoLikeness, PublicCopy
from safemonth.collect.forms.models import Attachment, Device, Form, FormVersion, Instance, Rival
from safemonth.collect.publicity.broadcasts.models import (
    Broadcast,
    BroadcastList,
    Contact,
    ContactList,
    NamedContact,
)
from safemonth.collect.publicity.carriers.models import CarrierOrder, CarrierProof
from safemonth.collect.publicity.consulting.models import (
    Booth,
    BoothCount,
    BoothPlace,
    BoothReport,
    Closing,
    ConsultingDay,
    Roster,
    Site,
    Wish,
)
from safemonth.collect.publicity.law_day.models import Guest, HazardSeen, LawDay, ProgrammeItem, Question
from safemonth.collect.publicity.materials.models import Design, Handout, Loss, PrintRun, StockCount, Transfer
from safemonth.collect.publicity.media.models import Outlet, Placement, PlacementProof
from safemonth.collect.publicity.rounds.models import (
    MarketHours,
    Round,
    RoundBooking,
    RoundPlan,
    RoundVehicle,
    Stop,
    VehicleDay,
    VillagePosition,
)
from safemonth.collect.readers.models import HeadingMeaning, Proposal, ProposedMeasure, ReadingRecord
from safemonth.collect.submissions.models import Source, Submission

__all__ = [
    "Activity",
    "Attachment",
    "Booth",
    "BoothCount",
    "BoothPlace",
    "BoothReport",
    "Broadcast",
    "BroadcastList",
    "CarrierOrder",
    "CarrierProof",
    "Closing",
    "ConsultingDay",
    "Contact",
    "ContactList",
    "Design",
    "Device",
    "Evidence",
    "Form",
    "FormVersion",
    "Guest",
    "Handout",
    "HazardSeen",
    "HeadingMeaning",
    "Instance",
    "LawDay",
    "Loss",
    "MarketHours",
    "Measure",
    "NamedContact",
    "Outlet",
    "Participation",
    "Photo",
    "PhotoLikeness",
    "Placement",
    "PlacementProof",
    "PrintRun",
    "ProgrammeItem",
    "Proposal",
    "ProposedMeasure",
    "PublicCopy",
    "Question",
    "ReadingRecord",
    "Return",
    "Rival",
    "Roster",
    "Round",
    "RoundBooking",
    "RoundPlan",
    "RoundVehicle",
    "Site",
    "Source",
    "StockCount",
    "Stop",
    "Submission",
    "Transfer",
    "VehicleDay",
    "VillagePosition",
    "Wish",
]
