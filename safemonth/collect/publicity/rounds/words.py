"""What pages say of a plan, in the page's language."""

from collections.abc import Mapping

from django.utils.translation import gettext


def travel_words(travel: Mapping[str, object]) -> str:
    """Return how travel times were got, as a sentence in the page's language."""
    if travel.get("method") == "roads":
        return gettext("Travel times over the roads of %(extract)s.") % {"extract": travel.get("extract", "")}
    return gettext(
        "Travel times are estimates: straight lines × %(detour_factor)s at %(km_per_h)s km/h. Real roads will differ."
    ) % {"detour_factor": travel.get("detour_factor"), "km_per_h": travel.get("km_per_h")}
