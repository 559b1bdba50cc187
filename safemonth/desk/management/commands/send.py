"""`safemonth send GATEWAY`: carry queued messages to a gateway and what became of them back into the records."""

import asyncio
import logging
import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection
from django.utils import timezone

from safemonth.desk.console import OfficeCommand, now
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.actions import bring_back, hand_over
from safemonth.messaging.fates import Fate
from safemonth.messaging.gateways import Gateway, load
from safemonth.messaging.links import LinkRefused
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog
from safemonth.messaging.sending import Sender

log = logging.getLogger(__name__)

SENDER = "sender"
# How often the records are asked for new messages and told what became of the others.
FERRY_S = 2.0


class Command(OfficeCommand):
    """Run one gateway's sender; a second one for the same gateway is refused."""

    help = "Send queued messages by a gateway of gateways.toml, until stopped (or with --until-empty, until all is answered)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what may be given."""
        parser.add_argument("gateway")
        parser.add_argument("--until-empty", action="store_true", help="end when all that is due was answered")
        parser.add_argument("--account", action="store_true", help="send nothing: print what became of all messages")

    def run(self, *, gateway: str, until_empty: bool, account: bool, **options: Any) -> None:
        """Send, or print the account."""
        gateways = load(settings.DATA)
        if gateway not in gateways:
            raise Refused(
                "no_gateway",
                gettext_noop("There is no gateway %(name)s in %(file)s."),
                name=gateway,
                file=str(settings.DATA / "gateways.toml"),
            )
        folder = settings.DATA / "outbox" / gateway
        if not account:
            self._send(gateways[gateway], folder, until_empty=until_empty)
        self._print_account(folder)

    def _send(self, gateway: Gateway, folder: Path, *, until_empty: bool) -> None:
        held = OutboxLog(folder, at_s=now().timestamp())
        try:
            _ferry(gateway, folder)
            sender = Sender(
                held, gateway.link_maker(clock=timezone.localtime), gateway.terms(), clock=timezone.localtime
            )
            asyncio.run(_run(sender, gateway, folder, until_empty=until_empty))
        except LinkRefused as refused:
            raise Refused(
                "gateway_refused", gettext_noop("The gateway does not let us in: %(why)s"), why=str(refused)
            ) from refused
        finally:
            held.close(at_s=now().timestamp())
        _ferry(gateway, folder)

    def _print_account(self, folder: Path) -> None:
        outbox = store.connect(folder)
        for fate, count in sorted(store.counts(outbox).items()):
            self.stdout.write(f"{fate.name.lower():15} {count}")
        for line in store.uncertain(outbox):
            self.stdout.write(
                f"{Fate.UNCERTAIN.name.lower():15} {line.destination} {line.key} {line.part}/{line.parts}"
            )
        for stray in store.strays(outbox):
            self.stdout.write(
                f"{'stray':15} {stray.destination} {stray.reference} {stray.said.name.lower()} {stray.code}"
            )
        outbox.close()


def _ferry(gateway: Gateway, folder: Path) -> None:
    """Carry messages out and news back, once."""
    outbox = store.connect(folder)
    try:
        hand_over(gateway=gateway, outbox=outbox, by=SENDER, at=now())
        bring_back(gateway=gateway, outbox=outbox, by=SENDER, at=now())
    finally:
        outbox.close()


async def _run(sender: Sender, gateway: Gateway, folder: Path, *, until_empty: bool) -> None:
    """Run the sender until it ends or a signal asks it to; with no end in view, a thread ferries meanwhile."""
    loop = asyncio.get_running_loop()
    if until_empty:
        await sender.run(until_empty=True)
        return
    for asked in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(asked, sender.stop)
    is_over = threading.Event()
    ferry = asyncio.create_task(asyncio.to_thread(_keep_ferrying, gateway, folder, is_over))
    try:
        await sender.run()
    finally:
        is_over.set()
        await ferry


def _keep_ferrying(gateway: Gateway, folder: Path, is_over: threading.Event) -> None:
    """Ferry every few seconds; a busy database is no reason to stop sending."""
    while not is_over.wait(FERRY_S):
        try:
            _ferry(gateway, folder)
        except Exception:
            log.exception("the records could not be reached; tried again")
        finally:
            connection.close()
