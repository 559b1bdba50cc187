"""Which units the signals point at, and by how much they raise the chance of a visit (docs/figures/signals.md)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from safemonth.collect.evidence.queries import open_likenesses
from safemonth.collect.publicity.materials.queries import books_of, disagreements_in, stock_rows
from safemonth.collect.submissions.models import Submission
from safemonth.figures.checks import signals_of
from safemonth.figures.records import Records
from safemonth.lib.refusals import gettext_noop
from safemonth.plan.models import Campaign
from safemonth.verify.checks.signal import Signal

# Signals that say something of how a number came about. Double counts and arithmetic are mended at the desk instead.
POINTING: Final = frozenset(
    {"outlier", "outlier_per_head", "same_returns", "crowded_last_days", "handed_out_beyond_printed"}
    | {"photo_used_twice", "stock_at_odds"}
)
# Each different signal makes a unit count for half as much again when chances are shared out, three times at most: no unit
# becomes certain by a signal alone, and none loses its chance.
EACH: Final = Decimal("0.5")
MOST: Final = Decimal(3)


def is_pointing(code: str) -> bool:
    """Return whether a signal raises the chance of a visit (heaped digits come under several codes)."""
    return code in POINTING or code.startswith("heaped_on")


def raised_by(codes: Iterable[str]) -> Decimal:
    """Return by what a unit's size is multiplied in the design of a draw: 1 without signals, 3 at most."""
    return min(1 + EACH * len({code.split("_on_")[0] for code in codes if is_pointing(code)}), MOST)


def pointing_signals(campaign: Campaign, records: Records) -> list[Signal]:
    """Return the signals that point visits: of the desk checks, of photos used twice, and of stock that does not agree."""
    return [
        *(signal for signal in signals_of(records) if is_pointing(signal.code)),
        *_photos(campaign),
        *_stock(campaign),
    ]


def codes_by_unit(signals: Iterable[Signal]) -> dict[str, list[str]]:
    """Return unit code -> the codes of the signals that name it."""
    found: dict[str, list[str]] = {}
    for signal in signals:
        for unit in signal.unit_codes:
            found.setdefault(unit, []).append(signal.code)
    return found


def _photos(campaign: Campaign) -> list[Signal]:
    """Photos of two units that show the same, as long as no person has said that they do not; three statements."""
    alike = list(open_likenesses(campaign).select_related("photo", "other"))
    digests = {photo.sha256 for each in alike for photo in (each.photo, each.other)}
    senders: dict[str, dict[str, str]] = {}
    sent = Submission.objects.filter(campaign=campaign, sha256__in=digests, sender__isnull=False)
    for sha256, code, name in sent.values_list("sha256", "sender__code", "sender__name"):
        senders.setdefault(sha256, {})[code] = name
    signals = []
    for each in alike:
        units = {**senders.get(each.photo.sha256, {}), **senders.get(each.other.sha256, {})}
        if len(units) > 1:
            signals.append(
                Signal(
                    "photo_used_twice",
                    gettext_noop("Photos of %(units)s look alike."),
                    {"units": ", ".join(units[code] for code in sorted(units))},
                    unit_codes=tuple(sorted(units)),
                )
            )
    return signals


def _stock(campaign: Campaign) -> list[Signal]:
    books = books_of(campaign)
    return [
        Signal(
            "stock_at_odds",
            odd.disagreement.sentence,
            dict(odd.disagreement.params),
            unit_codes=(odd.place.code,),
        )
        for odd in disagreements_in(campaign, books, stock_rows(campaign, books), today=campaign.returns_due_on)
    ]
