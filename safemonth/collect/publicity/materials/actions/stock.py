"""Writes of stock: designs, print runs, transfers, counts and losses. What is there now is never written down."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from safemonth.collect.activities.once import entered_once
from safemonth.collect.publicity.materials.models import (
    Design,
    Loss,
    PrintRun,
    StockCount,
    Transfer,
)
from safemonth.collect.submissions.actions import receive
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit
from safemonth.plan.models import Campaign, Indicator


def add_design(
    *,
    campaign: Campaign,
    title: str,
    kind: str,
    owner: Unit,
    indicator: str,
    by: str,
    at: datetime,
    title_en: str = "",
) -> Design:
    """Add a design; raises Refused `design_exists` or `unknown_indicator`."""
    if Design.objects.filter(campaign=campaign, owner=owner, title=title.strip()).exists():
        raise Refused("design_exists", gettext_noop("%(unit)s has “%(title)s” already."), unit=owner, title=title)
    if not Indicator.objects.filter(pk=indicator).exists():
        raise Refused("unknown_indicator", gettext_noop("There is no indicator “%(code)s”."), code=indicator)
    with writing(by=by, at=at, action="design.add", about=title) as write:
        return write.create(
            Design(
                campaign=campaign,
                title=title.strip()[:160],
                title_en=title_en.strip()[:200],
                kind=kind,
                owner=owner,
                indicator_id=indicator,
            )
        )


def add_print_run(
    *,
    design: Design,
    whose: str,
    printed_by: Unit,
    place: Unit,
    copies: int,
    printed_on: date,
    by: str,
    at: datetime,
    printer: str = "",
    cost_yuan: Decimal | None = None,
    proof: tuple[bytes, str, str] | None = None,
    key: UUID | None = None,
) -> PrintRun:
    """Enter copies printed; `proof` is a file (bytes, name, channel: a delivery note, a bill) that is kept as a submission.

    What was entered under `key` already is given back, and nothing is written. Raises Refused `no_copies`, or as `receive` does.
    """
    _some(copies)

    def enter() -> PrintRun:
        with writing(by=by, at=at, action="materials.print", about=f"{design.title} {copies}") as write:
            kept = None
            if proof:
                kept, _is_new = receive(
                    campaign=design.campaign,
                    data=proof[0],
                    file_name=proof[1],
                    channel=proof[2],
                    sender=printed_by,
                    by=by,
                    at=at,
                )
            return write.create(
                PrintRun(
                    key=key,
                    design=design,
                    whose=whose,
                    printed_by=printed_by,
                    place=place,
                    copies=copies,
                    printed_on=printed_on,
                    printer=printer.strip()[:120],
                    cost_yuan=cost_yuan,
                    proof=kept,
                )
            )

    return entered_once(PrintRun, key, enter)


def send_on(
    *,
    design: Design,
    giver: Unit,
    receiver: Unit,
    copies: int,
    sent_on: date,
    by: str,
    at: datetime,
    key: UUID | None = None,
) -> Transfer:
    """Enter copies sent from one place to another; they are on the way until the other end says what came.

    What was entered under `key` already is given back. Raises Refused `no_copies` or `sent_to_itself`.
    """
    _some(copies)
    if giver.pk == receiver.pk:
        raise Refused("sent_to_itself", gettext_noop("Copies cannot be sent from a place to itself."))
    transfer = Transfer(key=key, design=design, giver=giver, receiver=receiver, copies_sent=copies, sent_on=sent_on)

    def enter() -> Transfer:
        with writing(by=by, at=at, action="materials.send", about=f"{design.title} {copies}") as write:
            return write.create(transfer)

    return entered_once(Transfer, key, enter)


def confirm_transfer(*, transfer: Transfer, copies: int, received_on: date, by: str, at: datetime) -> Transfer:
    """Enter how many copies came (0: none); said again, the later word stands and the ledger keeps the earlier.

    Raises Refused `came_before_sent`.
    """
    if received_on < transfer.sent_on:
        raise Refused(
            "came_before_sent",
            gettext_noop("They were sent on %(on)s and cannot have come before."),
            on=transfer.sent_on.isoformat(),
        )
    with writing(by=by, at=at, action="materials.receive", about=f"{transfer.design.title} {copies}") as write:
        return write.change(transfer, copies_received=copies, received_on=received_on, received_by=by)


def count_stock(
    *, design: Design, place: Unit, copies: int, counted_on: date, by: str, at: datetime, is_opening: bool = False
) -> StockCount:
    """Enter what was counted when a day was over, or (`is_opening`) what was there from before the campaign.

    Counted twice on one day (or opened twice) the later count stands; the ledger keeps the earlier.
    """
    standing = StockCount.objects.filter(design=design, place=place, is_opening=is_opening)
    found = standing.first() if is_opening else standing.filter(counted_on=counted_on).first()
    with writing(by=by, at=at, action="materials.count", about=f"{design.title} {copies}") as write:
        if found:
            return write.change(found, copies=copies, counted_on=counted_on)
        return write.create(
            StockCount(design=design, place=place, copies=copies, counted_on=counted_on, is_opening=is_opening)
        )


def say_lost(
    *,
    design: Design,
    place: Unit,
    copies: int,
    lost_on: date,
    reason: str,
    by: str,
    at: datetime,
    key: UUID | None = None,
) -> Loss:
    """Enter copies that are gone and were given to nobody.

    What was entered under `key` already is given back. Raises Refused `no_copies` or `reason_missing`.
    """
    _some(copies)
    if not reason.strip():
        raise Refused("reason_missing", gettext_noop("Say what happened to them; the reason stays with the entry."))
    loss = Loss(key=key, design=design, place=place, copies=copies, lost_on=lost_on, reason=reason.strip()[:200])

    def enter() -> Loss:
        with writing(by=by, at=at, action="materials.lose", about=f"{design.title} {copies}") as write:
            return write.create(loss)

    return entered_once(Loss, key, enter)


def _some(copies: int) -> None:
    if copies < 1:
        raise Refused("no_copies", gettext_noop("Say how many copies; one at least."))
