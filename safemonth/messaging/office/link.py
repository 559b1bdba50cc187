"""Rooms and mailboxes as a link: the same intents, account and "never twice" as for phones.

Apprise speaks each service's web hook; it says only whether a message was taken. One that was not is listed as refused
and not sent again by itself, since a web hook that broke off may have delivered.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import apprise

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.links import Answer, Events, LinkRefused, Piece, Verdict, Wordings

# What `status` of a refused message says.
NO_SUCH_PLACE = 1
NOT_TAKEN = 2
AT_ONCE = 4

Deliver = Callable[[str, str], bool]


def deliver(address: str, text: str) -> bool:
    """Send one text to one Apprise address (`wecombot://…`, `dingtalk://…`, `feishu://…`, `mailtos://…`).

    The first line is the title where the service has one. Returns whether the service took it.
    """
    sender = apprise.Apprise()
    if not sender.add(address):
        return False
    title, _, body = text.partition("\n")
    return bool(sender.notify(body=body or title, title=title if body else "", body_format=apprise.NotifyFormat.TEXT))


def address_of(destination: str, *, rooms: Mapping[str, str], mail: str) -> str:
    """Return the Apprise address of a room by its name, or of a mailbox (`mail` holds the place `{to}`); empty: none."""
    if destination in rooms:
        return rooms[destination]
    if "@" in destination and mail:
        return mail.replace("{to}", quote(destination, safe=""))
    return ""


def check_addresses(rooms: Mapping[str, str], mail: str) -> None:
    """Raise Refused `unknown_service` for the first room (or `mail`) whose address Apprise does not know."""
    addresses = dict(rooms) | ({"mail": mail.replace("{to}", "a%40example.org")} if mail else {})
    for name, address in addresses.items():
        if apprise.Apprise.instantiate(address) is None:
            raise Refused(
                "unknown_service",
                gettext_noop("%(name)s has an address that Apprise does not know. See docs/messages.md."),
                name=name,
            )


class OfficeLink:
    """A link (links.Link) to rooms and mailboxes. There are no receipts: taken is all that is known."""

    def __init__(self, *, rooms: Mapping[str, str], mail: str = "", send: Deliver = deliver) -> None:
        self._rooms = dict(rooms)
        self._mail = mail
        self._send = send
        self._events: Events | None = None
        self._wordings: Wordings | None = None
        self._threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="office")
        self._running: set[asyncio.Task[None]] = set()

    async def open(self, events: Events, wordings: Wordings) -> None:
        """Get ready; each message opens a connection of its own. Raises LinkRefused for an address with a mistake."""
        try:
            check_addresses(self._rooms, self._mail)
        except Refused as refused:
            raise LinkRefused(str(refused)) from refused
        self._events, self._wordings = events, wordings

    def submit(self, pieces: Sequence[Piece]) -> None:
        """Send each piece from a thread."""
        for piece in pieces:
            task = asyncio.get_running_loop().create_task(self._one(piece))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    def acknowledge(self, tokens: Sequence[int]) -> None:
        """Do nothing: there are no receipts."""

    async def close(self) -> None:
        """Tell nothing more."""
        self._events = None
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _one(self, piece: Piece) -> None:
        assert self._wordings is not None
        text = self._wordings.wording(piece.wording).bodies[0].decode()
        address = address_of(piece.destination, rooms=self._rooms, mail=self._mail)
        if not address:
            answer = Answer(piece.token, Verdict.REFUSED, NO_SUCH_PLACE, "")
        else:
            loop = asyncio.get_running_loop()
            is_taken = await loop.run_in_executor(self._threads, self._send, address, text)
            verdict, status = (Verdict.ACCEPTED, 0) if is_taken else (Verdict.REFUSED, NOT_TAKEN)
            answer = Answer(piece.token, verdict, status, "")
        if self._events:
            self._events.answered([answer])
