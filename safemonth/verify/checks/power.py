"""What the checks were measured to find (`safemonth bench signals`, 200 made months for each way; docs/figures/signals.md)."""

from dataclasses import dataclass
from typing import Final

from safemonth.lib.refusals import gettext_noop


@dataclass(frozen=True)
class Power:
    """A way of cheating, the share of months (0 to 1) in which some signal names the unit, and the check that finds most."""

    way: str
    what: str
    found_share: float
    by: str


# Of honest units so many are named by some signal.
FALSE_SHARE: Final = 0.052
MEASURED: Final = (
    Power("half_more", gettext_noop("everything half as much again"), 0.145, "outlier_per_head"),
    Power("threefold", gettext_noop("everything three times"), 0.81, "outlier_per_head"),
    Power("tenfold_in_one", gettext_noop("one indicator ten times"), 1.0, "outlier_per_head"),
    Power("invented_round", gettext_noop("made-up round numbers"), 1.0, "heaped"),
    Power("last_days", gettext_noop("most activities moved to the last days"), 1.0, "crowded_last_days"),
    Power("copied", gettext_noop("another unit's return copied"), 1.0, "same_returns"),
)
