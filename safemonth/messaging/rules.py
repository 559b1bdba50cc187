"""Who gets a message and when: one a person, none to those who opted out, none in quiet hours. Plain decisions."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

# "回复TD退订" is what Chinese carriers ask bulk messages to offer; the English words are CTIA's (Short Code Monitoring
# Handbook, opt-out keywords).
OPT_OUT_WORDS = frozenset({"td", "t", "n", "退订", "取消", "stop", "stopall", "unsubscribe", "cancel", "end", "quit"})


class LeftOut(StrEnum):
    """Why one who was named gets no message."""

    OPTED_OUT = "opted_out"
    SAME_PERSON = "same_person"
    SAME_ADDRESS = "same_address"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True)
class Recipient:
    """One who is to get a message: `person` tells people apart (any stable key), `address` is where it goes."""

    person: str
    address: str


@dataclass(frozen=True)
class Choice:
    """Whom a broadcast goes to and whom not: every one who was named is in exactly one of the two."""

    chosen: tuple[Recipient, ...]
    left_out: tuple[tuple[Recipient, LeftOut], ...]


@dataclass(frozen=True)
class QuietHours:
    """From `start` until `end` of local time nothing goes out; they may lie over midnight; equal means never quiet."""

    start: time
    end: time

    def holds(self, at: datetime) -> bool:
        """Return whether a moment is quiet; `at` carries the local time zone."""
        clock = at.time().replace(tzinfo=None)
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def over_at(self, at: datetime) -> datetime:
        """Return the first moment from `at` on that is not quiet; `at` itself where it is not."""
        if not self.holds(at):
            return at
        end = at.replace(hour=self.end.hour, minute=self.end.minute, second=self.end.second, microsecond=0)
        return end if end > at else end + timedelta(days=1)


def number_key(address: str) -> str:
    """Return what tells phone numbers apart: digits, without a trunk's 00 or +, without 86 before a mobile number.

    Addresses that hold letters (a mailbox, a room of a chat) are compared in lower case as they are.
    """
    if re.search(r"[^\W\d_]", address):
        return address.strip().lower()
    digits = re.sub(r"\D", "", address)
    if digits.startswith("00"):
        digits = digits[2:]
    # 11 digits from 1 on: the numbering plan of mobile phones in mainland China.
    return digits[2:] if re.fullmatch(r"861\d{10}", digits) else digits


def choose(named: Sequence[Recipient], *, opted_out: Collection[str]) -> Choice:
    """Return who of those named gets the message: each person and each number once, the first mention counts.

    `opted_out` holds keys as `number_key` gives them.
    """
    chosen: list[Recipient] = []
    left_out: list[tuple[Recipient, LeftOut]] = []
    people: set[str] = set()
    keys: set[str] = set()
    for recipient in named:
        key = number_key(recipient.address)
        if not key:
            left_out.append((recipient, LeftOut.NO_ADDRESS))
        elif key in opted_out:
            left_out.append((recipient, LeftOut.OPTED_OUT))
        elif recipient.person in people:
            left_out.append((recipient, LeftOut.SAME_PERSON))
        elif key in keys:
            left_out.append((recipient, LeftOut.SAME_ADDRESS))
        else:
            chosen.append(recipient)
            people.add(recipient.person)
            keys.add(key)
    return Choice(tuple(chosen), tuple(left_out))


def is_opt_out(text: str) -> bool:
    """Return whether an answer asks for no more messages: one of the opt-out words and nothing else."""
    return text.strip().strip("。.!！,，").lower() in OPT_OUT_WORDS
