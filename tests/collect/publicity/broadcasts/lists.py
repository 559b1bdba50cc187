"""People to write to, a gateway of the data folder, and a sender's part played by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from safemonth.collect.publicity.broadcasts.actions import (
    Reach,
    add_contact,
    add_list,
    approve,
    ask_approval,
    draft_broadcast,
    queue_broadcast,
)
from safemonth.collect.publicity.broadcasts.models import Broadcast, Contact, ContactList
from safemonth.messaging.actions import bring_back, hand_over
from safemonth.messaging.fates import Fate
from safemonth.messaging.gateways import Gateway, load
from safemonth.messaging.links import Answer, Receipt, Verdict
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.log import OutboxLog

AT = datetime(2019, 6, 10, 1, 0, tzinfo=UTC)
OPENS, CLOSES = AT, AT + timedelta(hours=8)
OVER = CLOSES + timedelta(days=4)
TEXT = "【县安委办】6月16日咨询日，请各单位派人参加。"
GATEWAYS = """
[county]
protocol = "smpp"
host = "127.0.0.1"
system_id = "safemonth"
source = "10690001"
tariff = "china"
quiet = ["21:00", "08:00"]

[rooms]
protocol = "office"
mail = "mailtos://office:secret@mail.example.org/?to={to}"
"""


def gateway(name: str = "county") -> Gateway:
    """Write gateways.toml into the test's data folder and return one of its gateways."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    (Path(settings.DATA) / "gateways.toml").write_text(GATEWAYS, encoding="utf-8")
    return load(settings.DATA)[name]


def a_contact(county: Any, number: int, unit: str = "1301", **known: Any) -> Contact:
    """Enter one contact with a phone that ends in `number`."""
    reach = Reach(**{"post": f"安全员{number}", "phone": f"1390000{number:04}", **known})
    return add_contact(unit=county.unit(unit), reach=reach, by="clerk", at=AT)


def everybody(county: Any, people: int = 6, **known: Any) -> ContactList:
    """Enter so many contacts and a list of all of the county."""
    for number in range(people):
        a_contact(county, number)
    return add_list(**{"name": "全县", "under": county.unit("13"), **known}, by="clerk", at=AT)


def a_draft(county: Any, *lists: ContactList, by: str = "clerk", **known: Any) -> Broadcast:
    """Draft a broadcast to some lists."""
    told = {"gateway": gateway(), "text": TEXT, "opens_at": OPENS, "closes_at": CLOSES}
    return draft_broadcast(
        campaign=county.campaign, unit=county.unit("d1"), lists=list(lists), **{**told, **known}, by=by, at=AT
    )


def queued(county: Any, *lists: ContactList) -> Broadcast:
    """Draft, put forward, have approved and queue a broadcast."""
    row = ask_approval(broadcast=a_draft(county, *lists), by="clerk", at=AT)
    approve(broadcast=row, by="leader", at=AT)
    return queue_broadcast(broadcast=row, gateway=gateway(), by="clerk", at=AT)


def sent(*, answered: int, delivered: int = 0, failed: int = 0) -> None:
    """Send all that is queued at the gateway "county", answer so many parts, and bring receipts for some of these.

    What is not answered was in flight when the sender died.
    """
    folder = Path(settings.DATA) / "outbox" / "county"
    outbox = store.connect(folder)
    hand_over(gateway=gateway(), outbox=outbox, by="sender", at=AT)
    held = OutboxLog(folder, at_s=AT.timestamp(), patience_s=0)
    pieces = held.prepare(1000, at_s=AT.timestamp())
    held.sent(pieces[-1].flight, at_s=AT.timestamp())
    held.answered(
        [(one.flight, Answer(0, Verdict.ACCEPTED, 0, f"ref-{one.message}")) for one in pieces[:answered]],
        at_s=AT.timestamp(),
    )
    ends = [(Fate.DELIVERED, "DELIVRD")] * delivered + [(Fate.FAILED, "UNDELIV")] * failed
    held.received(
        [
            Receipt(f"ref-{one.message}", one.destination, fate, code, 0)
            for one, (fate, code) in zip(pieces, ends, strict=False)
        ],
        at_s=AT.timestamp(),
    )
    held.close(at_s=AT.timestamp())
    # The next start finds what was in flight, and holds it as uncertain.
    OutboxLog(folder, at_s=AT.timestamp(), patience_s=0).close(at_s=AT.timestamp())
    bring_back(gateway=gateway(), outbox=outbox, by="sender", at=AT)
    outbox.close()
