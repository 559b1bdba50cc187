"""How much strangers may send, and what makes a report wait for a person. Plain Python; the numbers are set here.

Nothing is dropped: beyond a limit the sender is told so and may come again; what looks like a machine's is kept and held.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final


@dataclass(frozen=True)
class Limit:
    """At most `per_address` (0: no such limit) and `overall` (0: none) of a kind within a sliding window."""

    kind: str
    window: timedelta
    per_address: int
    overall: int


_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
# Many phones share one address of their carrier: the limits leave room for a village, and a report is never lost for it.
LIMITS: Final = {
    "report": (Limit("report", _HOUR, 10, 200), Limit("report", _DAY, 30, 1000)),
    "message": (Limit("message", _HOUR, 20, 400), Limit("message", _DAY, 60, 2000)),
    "look": (Limit("look", _HOUR, 120, 6000),),
    # Codes that were wrong: the address then waits, with a right code as with a wrong one.
    "guess": (Limit("guess", _HOUR, 10, 0),),
    # Megabytes of photos.
    "photo_mb": (Limit("photo_mb", _HOUR, 120, 1000), Limit("photo_mb", _DAY, 240, 4000)),
}
LONGEST_WINDOW: Final = max(limit.window for limits in LIMITS.values() for limit in limits)

MOST_PHOTOS: Final = 3
MOST_PHOTO_BYTES: Final = 8 * 1024 * 1024
# All that a form may weigh, known from its head before anything is read.
MOST_FORM_BYTES: Final = MOST_PHOTOS * MOST_PHOTO_BYTES + 64 * 1024
MOST_PLAIN_FORM_BYTES: Final = 16 * 1024
# Of a JPEG only a smaller picture is unpacked, of other kinds all of it.
MOST_JPEG_PIXELS: Final = 120_000_000
MOST_OTHER_PIXELS: Final = 26_000_000

# Nobody writes what and where in less; with the small task of the page done, a practised hand may.
QUICKEST: Final = timedelta(seconds=3)
QUICKEST_WITHOUT_WORK: Final = timedelta(seconds=12)
MOST_LINKS: Final = 2


def sender_address(remote: str, forwarded: str, *, proxies: Collection[str]) -> str:
    """Return who sent a request: `remote`, or where that is one of the office's own proxies, whom it says it forwards for.

    `forwarded` is the X-Forwarded-For header. It is read from the right, where a proxy adds whom it heard from; what stands
    further left a sender may have made up.
    """
    hops = [each.strip() for each in forwarded.split(",") if each.strip()]
    while remote in proxies and hops:
        remote = hops.pop()
    return remote


def address_group(address: str) -> str:
    """Return what counts as one sender: an IPv4 address, the /64 of an IPv6 address (one customer's); "" for other text."""
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def address_digests(secret: bytes, address: str, *, today: date) -> tuple[str, str]:
    """Return the sender's digest of today and of yesterday, 24 hexadecimal digits each.

    The key of the digest changes with the day, so what is counted cannot be followed from one day to another, and nobody
    without the office's key can tell which address it was.
    """
    group = address_group(address)
    one, other = (
        hmac.digest(secret, f"tips/address/{day.isoformat()}/{group}".encode(), hashlib.sha256).hex()[:24]
        for day in (today, today - timedelta(days=1))
    )
    return one, other


def suspicions(*, trap: str, open_for: timedelta, has_worked: bool, text: str) -> tuple[str, ...]:
    """Return why a report is held for a person first (stable codes); none: it goes the usual way.

    `trap` is a field that people do not see; `open_for` how long the form was open.
    """
    found = []
    if trap.strip():
        found.append("trap_filled")
    if open_for < (QUICKEST if has_worked else QUICKEST_WITHOUT_WORK):
        found.append("too_quick")
    lowered = text.lower()
    if lowered.count("http://") + lowered.count("https://") + lowered.count("www.") > MOST_LINKS:
        found.append("many_links")
    return tuple(found)
