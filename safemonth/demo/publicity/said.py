"""What the office enters of its own publicity and no unit's file tells: it counts beside the deeds and the forms."""

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
)
