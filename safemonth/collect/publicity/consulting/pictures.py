"""A day's sites as a picture, with what the page says beside each."""

from collections import Counter
from collections.abc import Iterable, Sequence

from safemonth.collect.publicity.consulting.models import BoothPlace, Site
from safemonth.collect.publicity.consulting.site_map import Picture, Spot, picture_of
from safemonth.organisation.languages import named


def picture_of_sites(
    sites: Sequence[Site], places: Iterable[BoothPlace] = (), *, marked: int | None = None
) -> Picture | None:
    """Return the sites that have a position, each with how many booths stand there of how many it holds.

    `marked` is the key of the one to stand out; None where no site has a position.
    """
    count = Counter(place.site_id for place in places)
    return picture_of(
        [
            Spot(
                number=site.number,
                name=named(site),
                note=f"{count[site.pk]} / {site.holds}",
                latitude=float(site.latitude),
                longitude=float(site.longitude),
                is_marked=site.pk == marked,
            )
            for site in sites
            if site.latitude is not None and site.longitude is not None
        ]
    )
