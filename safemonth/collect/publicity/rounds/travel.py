"""Travel times from straight lines: what can be stated where nobody gave a road network."""

from collections.abc import Sequence

import numpy as np

from safemonth.collect.publicity.rounds.problem import Travel, Village, Yard

EARTH_RADIUS_M = 6_371_008.8
# Road over straight line. 1.3 to 1.4 is what is found between towns the world over (Ballou, Rahardja and Sakai 2002,
# doi:10.1016/S0965-8564(01)00044-1: 1.33 for China); hill counties are worse, so the clerk states the number.
DETOUR_FACTOR = 1.35
# A publicity vehicle on county roads.
KM_PER_H = 32.0


def straight_travel(
    places: Sequence[Yard | Village], *, detour_factor: float = DETOUR_FACTOR, km_per_h: float = KM_PER_H
) -> Travel:
    """Return great-circle lengths times `detour_factor`, driven at `km_per_h`; both stand in `stated`.

    The same both ways, nought from a place to itself; seconds and metres are rounded up, so the triangle rule
    holds to within a second. Raises ValueError where a factor is below 1 or a speed is not positive.
    """
    if detour_factor < 1 or km_per_h <= 0:
        raise ValueError("a road is no shorter than the straight line, and a vehicle moves")
    latitude = np.radians([place.latitude for place in places])
    longitude = np.radians([place.longitude for place in places])
    across = np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
    along = np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    # The haversine form stays exact for places close together.
    share = across + np.cos(latitude)[:, None] * np.cos(latitude)[None, :] * along
    road_m = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(share, 0, 1))) * detour_factor
    return Travel(
        codes=tuple(place.code for place in places),
        drive_s=np.ceil(np.round(road_m * 3.6 / km_per_h, 6)).astype(np.int64),
        length_m=np.ceil(np.round(road_m, 6)).astype(np.int64),
        method="straight",
        stated={"detour_factor": detour_factor, "km_per_h": km_per_h},
    )
