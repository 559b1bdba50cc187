"""What the office enters itself and no unit's file tells: it counts beside the deeds and the forms."""

from collections.abc import Mapping

from safemonth.demo.county import COUNTY
from safemonth.demo.truth import Said

# As the account's page of statistics claims it.
ONLINE_AUDIENCE = 5300
# Task (empty: none), unit, counts: the speech before the month, and the bad example made public online.
OFFICE_SAID: tuple[tuple[str, str, Mapping[str, Said]], ...] = (
    ("tv-speech", f"{COUNTY}-government", {"media_reports": Said(1)}),
    (
        "",
        f"{COUNTY}-safety",
        {
            "media_reports": Said(1, word="条"),
            "cases_exposed": Said(1),
            "online_audience": Said(ONLINE_AUDIENCE, word="人次"),
        },
    ),
    # Two matters that the public reported, one of them rewarded; and the site meeting of the special rectification.
    ("", f"{COUNTY}-safety", {"reports_received": Said(2), "rewards_yuan": Said(1000)}),
    ("", f"{COUNTY}-safety", {"meetings": Said(1), "people_taking_part": Said(9, word="人")}),
)
