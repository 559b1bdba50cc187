"""Values far from those of like units, by the median absolute deviation (docs/figures/checks.md)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from safemonth.lib.refusals import gettext_noop
from safemonth.verify.checks.claims import UnitTotal
from safemonth.verify.checks.signal import Signal

LEAST_LIKE_UNITS = 8
# Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993; the WHO's Data Quality Review takes the same.
FAR = 3.5
# The MAD of a normal distribution is 0.6745 of its standard deviation, the mean absolute deviation 1/1.253314 of it.
MAD_OF_NORMAL = 0.6745
MEAN_DEVIATION_TO_NORMAL = 1.253314


def outliers(totals: Iterable[UnitTotal]) -> list[Signal]:
    """Signal units whose total is far from those of the units of the same kind, indicator and basis.

    Totals (their lower ends, >= 0) are compared on log(1 + value), both far up and far down. Groups of fewer
    than 8 units are passed over. One signal for each unit and indicator, `params` with value, median and score.
    """
    groups: dict[tuple[str, str, str], list[UnitTotal]] = defaultdict(list)
    for total in totals:
        groups[total.kind, total.indicator, total.basis].append(total)
    signals = []
    for group in groups.values():
        if len(group) < LEAST_LIKE_UNITS:
            continue
        values = [float(total.lower) for total in group]
        median = float(np.median(values))
        for total, score in zip(group, modified_z(np.log1p(values).tolist()), strict=True):
            if abs(score) > FAR:
                signals.append(
                    Signal(
                        "outlier",
                        gettext_noop(
                            "%(value)s of %(unit)s is far from its like (median %(median)s, score %(score)s)."
                        ),
                        {"value": total.lower, "unit": total.unit, "median": median, "score": round(float(score), 1)},
                        total.measure_ids,
                        unit_codes=(total.unit,),
                    )
                )
    return signals


def outliers_per_head(totals: Iterable[UnitTotal], *, population: Mapping[str, int]) -> list[Signal]:
    """Signal units that count far more or less for each head than units of the same kind do.

    As `outliers`, on the logarithm of value / population, which a large unit does not stand out by; units without a
    population or with nothing counted are left out, groups of fewer than 8 passed over.
    """
    groups: dict[tuple[str, str, str], list[UnitTotal]] = defaultdict(list)
    for total in totals:
        if population.get(total.unit, 0) > 0 and total.lower > 0:
            groups[total.kind, total.indicator, total.basis].append(total)
    signals = []
    for group in groups.values():
        if len(group) < LEAST_LIKE_UNITS:
            continue
        heads = [float(total.lower) / population[total.unit] for total in group]
        for total, share, score in zip(group, heads, modified_z(np.log(heads).tolist()), strict=True):
            if abs(score) > FAR:
                signals.append(
                    Signal(
                        "outlier_per_head",
                        gettext_noop(
                            "%(value)s of %(unit)s is %(share)s for each 1,000 people, far from its like (median %(median)s,"
                            " score %(score)s)."
                        ),
                        {
                            "value": total.lower,
                            "unit": total.unit,
                            "share": round(share * 1000, 1),
                            "median": round(float(np.median(heads)) * 1000, 1),
                            "score": round(float(score), 1),
                        },
                        total.measure_ids,
                        unit_codes=(total.unit,),
                    )
                )
    return signals


def modified_z(values: Sequence[float]) -> npt.NDArray[np.float64]:
    """Return the modified z-score of each value among all: 0.6745 (x - median) / MAD.

    Where the MAD is 0 the mean absolute deviation stands in, (x - median) / (1.253314 mean deviation); where
    that is 0 too all values are equal and the scores 0. Empty gives empty.
    """
    array = np.asarray(values, dtype=np.float64)
    if not len(array):
        return array
    away = array - np.median(array)
    mad = float(np.median(np.abs(away)))
    if mad > 0:
        return MAD_OF_NORMAL * away / mad
    mean_deviation = float(np.mean(np.abs(away)))
    return away / (MEAN_DEVIATION_TO_NORMAL * mean_deviation) if mean_deviation > 0 else np.zeros_like(array)
