"""How an estimate may be said beside its figure, never overstated (docs/figures/estimates.md)."""

from safemonth.figures.estimates.estimate import Estimate
from safemonth.figures.figure import Words
from safemonth.figures.words import chinese_number, english_number

# The supported range is said to so many leading digits, rounded outwards.
SAID_DIGITS = 3


def say_estimate(estimate: Estimate, figure: Words) -> Words:
    """Return the figure's words with the visits and the range they support.

    "more than 140,000 (12 of 56 units visited; supported: 131,000 to 147,000)". `figure` is how the claims may be said
    (safemonth/figures/words.py): it is kept while the visits support what was claimed. Where the point estimate is less,
    "an estimated ..." is said instead, rounded down; where there is none yet but the upper end is less, "at most ...". The
    range is rounded outwards to three leading digits; without an upper end only the lower one is said; once all are counted
    the count itself is said, exactly.
    """
    lead = _lead(estimate, figure)
    visited, units = estimate.visited, estimate.units
    lower = round_outwards(estimate.lower, up=False)
    if estimate.upper is not None and estimate.lower == estimate.upper:
        english, chinese = "all counted", "已全部核查"
        return Words(
            f"{lead.en} ({visited} of {units} units visited; {english})", f"{lead.zh}（{_seen(estimate)}；{chinese}）"
        )
    if not estimate.visited:
        return Words(
            f"{lead.en} (none of {units} units visited)" if units else lead.en,
            f"{lead.zh}（{units}个单位均未核查）" if units else lead.zh,
        )
    seen = f"{visited} of {units} units visited"
    if estimate.upper is None:
        return Words(
            f"{lead.en} ({seen}; supported: at least {english_number(lower)}, no upper end)",
            f"{lead.zh}（{_seen(estimate)}；核查支持不少于{lower:,}，无上限）",
        )
    upper = round_outwards(estimate.upper, up=True)
    return Words(
        f"{lead.en} ({seen}; supported: {english_number(lower)} to {english_number(upper)})",
        f"{lead.zh}（{_seen(estimate)}；核查支持{lower:,}至{upper:,}）",
    )


def round_outwards(number: float, *, up: bool) -> int:
    """Return the next whole number of three leading digits below (or, `up`, above) `number` (>= 0); itself if it is one.

    Numbers below 1,000 are rounded to the unit. What floating point adds or leaves within a billionth is not counted.
    """
    slack = 1e-9 * max(number, 1)
    whole = int(-(-(number - slack) // 1)) if up else int((number + slack) // 1)
    whole = max(whole, 0)
    place = 10 ** max(len(str(whole)) - SAID_DIGITS, 0)
    return -(-whole // place) * place if up else whole // place * place


def _seen(estimate: Estimate) -> str:
    return f"已核查{estimate.units}个单位中的{estimate.visited}个"


def _lead(estimate: Estimate, figure: Words) -> Words:
    """Return the first words: the figure's own, or the estimate's where that is less than what was claimed."""
    if estimate.upper is not None and estimate.lower == estimate.upper:
        exact = round(estimate.lower)
        if abs(exact - estimate.lower) < 1e-6:
            return Words(english_number(exact), chinese_number(exact)) if exact else Words("none found", "未查见")
    claimed = float(estimate.claimed) * (1 - 1e-9)
    if estimate.value is not None and estimate.value < claimed:
        least = round_outwards(estimate.value, up=False)
        return Words(f"an estimated {english_number(least)}", f"估计{chinese_number(least)}")
    if estimate.upper is not None and estimate.upper < claimed:
        most = round_outwards(estimate.upper, up=True)
        return Words(f"at most {english_number(most)}", f"不超过{chinese_number(most)}")
    return figure
