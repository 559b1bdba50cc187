"""Units whose activities crowd on the last days (docs/figures/checks.md)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from safemonth.lib.refusals import gettext_noop
from safemonth.verify.checks.chance import binomial_tail
from safemonth.verify.checks.claims import Event
from safemonth.verify.checks.signal import Signal

LAST_DAYS = 3
LEAST_EVENTS = 10
RARER_THAN = 0.001


def crowded_last_days(events: Iterable[Event], *, starts_on: date, ends_on: date) -> list[Signal]:
    """Signal hosts with more of their events on the last 3 days of the month than chance gives once in 1,000.

    Events with a first day within `starts_on` to `ends_on` (both included) are used; hosts with fewer than 10
    are passed over, and so are months of no more than 3 days.
    """
    days = (ends_on - starts_on).days + 1
    if days <= LAST_DAYS:
        return []
    hosts: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.from_on and not event.is_report_line and starts_on <= event.from_on <= ends_on:
            hosts[event.host].append(event)
    signals = []
    for host, held in hosts.items():
        late = [event for event in held if event.from_on and (ends_on - event.from_on).days < LAST_DAYS]
        if len(held) < LEAST_EVENTS or binomial_tail(len(late), len(held), LAST_DAYS / days) >= RARER_THAN:
            continue
        sentence = gettext_noop("%(late)s of %(count)s activities of %(unit)s were on the last %(days)s days.")
        params = {"late": len(late), "count": len(held), "unit": host, "days": LAST_DAYS}
        ids = tuple(event.activity_id for event in late)
        signals.append(Signal("crowded_last_days", sentence, params, activity_ids=ids, unit_codes=(host,)))
    return signals
