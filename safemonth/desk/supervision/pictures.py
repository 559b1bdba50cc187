"""The interval of an estimate as a bar."""

from safemonth.figures.estimates.estimate import Estimate


def bar_of(found: Estimate, *, width: int = 640) -> dict[str, float]:
    """Return where claim, value and interval stand on a bar `width` wide that runs from 0 to a tenth above the largest."""
    largest = max(float(found.claimed), found.upper or 0.0, found.lower, 1.0) * 1.1
    scale = width / largest
    return {
        "width": width,
        "lower": round(found.lower * scale, 1),
        "upper": round((found.upper if found.upper is not None else largest) * scale, 1),
        "span": round(((found.upper if found.upper is not None else largest) - found.lower) * scale, 1),
        "claimed": round(float(found.claimed) * scale, 1),
        "value": round((found.value or 0.0) * scale, 1),
    }
