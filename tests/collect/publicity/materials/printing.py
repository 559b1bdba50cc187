"""A county's leaflets for tests: a design of the office's, printed and sent to a township."""

from datetime import date
from typing import Any

from safemonth.collect.publicity.materials.actions import add_design, add_print_run, confirm_transfer, send_on
from safemonth.collect.publicity.materials.models import Design
from tests.cast import AT


def day(number: int) -> date:
    """A day of the month."""
    return date(2019, 6, number)


def a_design(county: Any, title: str = "安全生产法问答", owner: str = "d1", **options: Any) -> Design:
    """A leaflet of the office's (or of another unit)."""
    options = {"kind": "leaflet", "indicator": "leaflets_distributed", **options}
    return add_design(campaign=county.campaign, title=title, owner=county.unit(owner), by="clerk", at=AT, **options)


def printed(county: Any, design: Design, copies: int = 1000, *, place: str = "d1", whose: str = "office") -> None:
    """Copies printed and delivered on 3 June."""
    add_print_run(
        design=design,
        whose=whose,
        printed_by=county.unit(place),
        place=county.unit(place),
        copies=copies,
        printed_on=day(3),
        by="clerk",
        at=AT,
    )


def sent(county: Any, design: Design, copies: int = 400, *, to: str = "1301", came: int | None = None) -> Any:
    """Copies sent from the office on 4 June, of which `came` arrived on the 5th (None: all, -1: nobody said)."""
    transfer = send_on(
        design=design,
        giver=county.unit("d1"),
        receiver=county.unit(to),
        copies=copies,
        sent_on=day(4),
        by="clerk",
        at=AT,
    )
    if came != -1:
        number = copies if came is None else came
        confirm_transfer(transfer=transfer, copies=number, received_on=day(5), by="reporter", at=AT)
    return transfer
