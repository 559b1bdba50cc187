"""Plain decisions about broadcasts: how far one has come, who must agree, when it may go, what a list of people says."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.rules import QuietHours, number_key

State = Literal["draft", "waiting", "approved", "queued", "done", "stopped"]

# What may go to so many people at most on one person's word ("a handful"); for more a second person must agree.
MANY: Final = 5
# So long after its window a receipt may still come: centres keep trying for some days. The default validity period is
# theirs to choose (SMPP 3.4, 5.2.16); three days are common.
RECEIPTS_COME_WITHIN: Final = timedelta(hours=72)
# For a gateway that keeps no quiet hours of its own: none before 8:00 or after 21:00, as 47 CFR 64.1200(c)(1) has it for
# calls and texts that people did not ask for.
QUIET_BY_DEFAULT: Final = QuietHours(time(21), time(8))
# ITU-T E.164: a number has 15 digits at most; the shortest that carriers serve (short codes) have 5.
DIGITS: Final = range(5, 16)
# What stands between the columns of a pasted list.
_COLUMNS = re.compile(r"[\t,，;；]")


@dataclass(frozen=True)
class BroadcastFacts:
    """What the state of a broadcast depends on.

    The counts are of messages: `waiting` not sent yet, `on_the_way` with the gateway, `uncertain` sent or not.
    `has_receipts`: its gateway tells later what became of a message.
    """

    is_asked: bool
    is_approved: bool
    is_queued: bool
    is_stopped: bool
    closes_at: datetime
    has_receipts: bool = True
    waiting: int = 0
    on_the_way: int = 0
    uncertain: int = 0


def state_of(facts: BroadcastFacts, *, at: datetime) -> State:
    """Return how far a broadcast has come at a moment.

    `queued` until nothing is open any more, then `done`. A stop ends it, wherever it was.
    """
    if facts.is_stopped:
        return "stopped"
    if facts.is_queued:
        return "done" if is_over(facts, at=at) else "queued"
    if facts.is_approved:
        return "approved"
    return "waiting" if facts.is_asked else "draft"


def is_over(facts: BroadcastFacts, *, at: datetime) -> bool:
    """Return whether a queued broadcast's account is complete: nothing waits, nothing is uncertain, receipts are in.

    Messages that the gateway took and never spoke of again are given up after `RECEIPTS_COME_WITHIN`; where there are no
    receipts, taken is all that will ever be known. False for what was never queued.
    """
    if not facts.is_queued or facts.waiting or facts.uncertain:
        return False
    return not (facts.on_the_way and facts.has_receipts and at < facts.closes_at + RECEIPTS_COME_WITHIN)


def needs_second_person(recipients: int) -> bool:
    """Return whether a broadcast to so many people (>= 0) needs a second person's approval: more than `MANY`."""
    return recipients > MANY


def check_window(*, opens_at: datetime, closes_at: datetime, quiet: QuietHours | None) -> None:
    """Raise Refused where nothing could, or should, go out between two moments of local time.

    `quiet` is what the gateway keeps; it then holds messages back by itself, and the window must only leave some
    time. With None nothing would hold them back, so that the window itself must lie outside `QUIET_BY_DEFAULT`.
    Raises Refused `window_reversed`, `window_all_quiet` or `window_meets_quiet_hours`.
    """
    if closes_at <= opens_at:
        raise Refused("window_reversed", gettext_noop("The window must end after it begins."))
    if quiet is not None:
        if quiet.over_at(opens_at) >= closes_at:
            raise Refused(
                "window_all_quiet",
                gettext_noop("The whole window lies in the gateway's quiet hours (%(start)s to %(end)s)."),
                start=f"{quiet.start:%H:%M}",
                end=f"{quiet.end:%H:%M}",
            )
    elif meets(QUIET_BY_DEFAULT, opens_at=opens_at, closes_at=closes_at):
        raise Refused(
            "window_meets_quiet_hours",
            gettext_noop(
                "This gateway keeps no quiet hours, so choose a window of one day outside %(start)s to %(end)s."
            ),
            start=f"{QUIET_BY_DEFAULT.start:%H:%M}",
            end=f"{QUIET_BY_DEFAULT.end:%H:%M}",
        )


def meets(quiet: QuietHours, *, opens_at: datetime, closes_at: datetime) -> bool:
    """Return whether any moment from `opens_at` until (not with) `closes_at`, both local time, is quiet."""
    if quiet.start == quiet.end:
        return False
    if quiet.holds(opens_at):
        return True
    begins = opens_at.replace(hour=quiet.start.hour, minute=quiet.start.minute, second=0, microsecond=0)
    if begins < opens_at:
        begins += timedelta(days=1)
    return begins < closes_at


def check_phone(phone: str) -> str:
    """Return the key of a phone's number as `messaging.rules.number_key` gives it; empty for none.

    Raises Refused `not_a_phone` for what is not 5 to 15 digits, however written.
    """
    key = number_key(phone)
    if phone.strip() and (not key.isdigit() or len(key) not in DIGITS):
        raise Refused("not_a_phone", gettext_noop("“%(phone)s” is not a phone's number."), phone=phone)
    return key


def masked(address: str) -> str:
    """Return an address as one shows it to who needs not call it: "139****0001", "a***@example.org", a room as it is."""
    if "@" in address:
        name, _, host = address.partition("@")
        return f"{name[:1]}***@{host}"
    if re.search(r"[^\W\d_]", address):
        return address
    shown = address.strip()
    return f"{shown[:-8]}****{shown[-4:]}" if len(shown) > 8 else f"****{shown[-2:]}"


def looks_unsigned(text: str) -> bool:
    """Return whether a text neither begins nor ends with its sender in 【】, as Chinese carriers want it of an office's texts."""
    bare = text.strip()
    return not (bare.startswith("【") and "】" in bare) and not bare.endswith("】")


def as_cell(value: object) -> str:
    """Return a value as a spreadsheet shows it and never works it out: what would begin a formula gets an apostrophe.

    (OWASP, "CSV Injection": = + - @, tab and carriage return.) A phone's number with its plus stays readable.
    """
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@dataclass(frozen=True)
class ContactLine:
    """One line of a pasted list, `number` counted from 1; what is not there is empty."""

    number: int
    unit: str
    post: str
    phone: str
    office_address: str = ""


def read_contact_lines(text: str) -> list[ContactLine]:
    """Return the people of a pasted list: unit, post, phone and, if any, mailbox or room, a line each.

    Columns are set apart by tabs (as a spreadsheet copies them), commas or semicolons, Chinese ones too; empty lines are
    passed over, and a first line that names columns ("单位"/"unit" first). Raises Refused `line_columns` with the line's
    number where there are fewer than three or more than four columns.
    """
    lines: list[ContactLine] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in _COLUMNS.split(line.strip())]
        if not any(cells) or (not lines and cells[0].lower() in ("单位", "unit")):
            continue
        if len(cells) not in (3, 4):
            raise Refused(
                "line_columns",
                gettext_noop("Line %(line)s: write unit, post, phone and, if any, mailbox; it has %(count)s columns."),
                line=number,
                count=len(cells),
            )
        lines.append(ContactLine(number, *cells))
    return lines
