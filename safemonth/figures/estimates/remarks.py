"""The sentences that stand beside an estimate: what it assumes, and what it cannot promise."""

from collections.abc import Sequence

from safemonth.figures.estimates.estimate import Remark
from safemonth.lib.refusals import gettext_noop
from safemonth.verify.sampling.claim import Number
from safemonth.verify.sampling.design import Design


def assumes_cap(design: Design) -> Remark:
    """Say what the upper end rests on. The lower end rests on no cap."""
    return Remark(
        "assumes_cap",
        gettext_noop(
            "The upper end holds where nobody has more than %(cap)s times what was claimed, "
            "nor more than %(zero_cap)s where nothing was claimed."
        ),
        {"cap": design.cap, "zero_cap": design.zero_cap},
    )


def beyond_cap(codes: Sequence[str], cap: Number) -> Remark:
    """Say that a visit found more than the cap allows, so that there is no upper end."""
    return Remark(
        "beyond_cap",
        gettext_noop("More was found than the stated cap of %(cap)s times the claim: %(codes)s. No upper end holds."),
        {"codes": ", ".join(codes), "cap": cap},
        voids=True,
    )


def without_visits(kinds: Sequence[str]) -> Remark:
    """Say that strata have no visit, so that nothing but their cap is known of them."""
    return Remark(
        "stratum_without_visits",
        gettext_noop("Nobody was visited among: %(kinds)s. They may hold anything from nothing up to the cap."),
        {"kinds": ", ".join(kind or "-" for kind in kinds)},
        voids=True,
    )


def too_early(left: int) -> Remark:
    """Say that no point estimate can be given before the certain visits and one draw in each stratum are made."""
    return Remark(
        "too_early",
        gettext_noop("There is no estimate yet: %(left)s of the visits that come first are still to be made."),
        {"left": left},
    )


def not_by_draw(codes: Sequence[str], next_code: str) -> Remark:
    """Say that visits were made out of turn; they count for themselves only."""
    return Remark(
        "not_by_draw",
        gettext_noop(
            "Visited out of turn: %(codes)s. What was found there counts for these alone, and says nothing of the "
            "others, until the next in the draw is visited: %(next)s."
        ),
        {"codes": ", ".join(codes), "next": next_code},
    )


def haphazard() -> Remark:
    """Say that nobody was visited by the draw, so that nothing can be concluded from the visits on the others."""
    return Remark(
        "haphazard",
        gettext_noop(
            "None of the visits followed the draw: from visits that somebody chose nothing follows for others."
        ),
        voids=True,
    )


def unknown_chances() -> Remark:
    """Say that there is no design, so that no chance of a visit is known."""
    return Remark(
        "unknown_chances",
        gettext_noop(
            "It is not known with which chance each was visited: only what the visits found themselves holds."
        ),
        voids=True,
    )


def not_repeatable() -> Remark:
    """Say that the stored order is not what the seed gives."""
    return Remark(
        "not_repeatable",
        gettext_noop("The stored order of visits does not come out of its seed again: the draw proves nothing."),
        voids=True,
    )


def not_checked(codes: Sequence[str]) -> Remark:
    """Say that some visits could not count; the worst is taken both ways."""
    return Remark(
        "not_checked",
        gettext_noop(
            "Could not be counted on the visit: %(codes)s. The lower end takes nothing there, the upper end the cap, "
            "and the estimate nothing."
        ),
        {"codes": ", ".join(codes)},
    )


def missing_units(count: int, added: Number | None) -> Remark:
    """Say what units that did not report could add."""
    if added is None:
        return Remark(
            "missing_without_cap",
            gettext_noop("%(count)s units did not report, and no cap is stated for them: no upper end holds."),
            {"count": count},
            voids=True,
        )
    return Remark(
        "missing_with_cap",
        gettext_noop("%(count)s units did not report: they are taken to have from nothing up to %(added)s in all."),
        {"count": count, "added": added},
    )
