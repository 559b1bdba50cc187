"""A broadcast from its draft to the phones of a real SMSC and back into a figure."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from safemonth.collect.publicity.broadcasts.actions import (
    approve,
    ask_approval,
    count_delivered,
    draft_broadcast,
    opt_out_contact,
    queue_broadcast,
)
from safemonth.collect.publicity.broadcasts.models import Contact
from safemonth.figures.queries import FigureDesk
from safemonth.lib.refusals import Refused
from safemonth.messaging import queries
from safemonth.messaging.fates import Fate
from safemonth.messaging.gateways import load
from tests.collect.publicity.broadcasts.lists import TEXT, everybody
from tests.messaging.gateways import smsc


@pytest.mark.django_db
def test_a_broadcast_reaches_each_phone_once_and_counts_what_receipts_say(county, settings, tmp_path):
    settings.DATA = tmp_path
    now = timezone.now()
    people = everybody(county, people=12)
    opt_out_contact(contact=Contact.objects.get(phone__endswith="0003"), by="clerk", at=now)
    with smsc(receipts=True, receipt_first=True) as at_the_other_end:
        gateway = _gateway(at_the_other_end.port)
        row = draft_broadcast(
            campaign=county.campaign,
            unit=county.unit("d1"),
            lists=[people],
            gateway=gateway,
            text=TEXT,
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(hours=1),
            by="clerk",
            at=now,
        )
        row = ask_approval(broadcast=row, by="clerk", at=now)
        with pytest.raises(Refused):
            approve(broadcast=row, by="clerk", at=now)
        approve(broadcast=row, by="leader", at=now)
        row = queue_broadcast(broadcast=row, gateway=gateway, by="clerk", at=now)
        # A second run of the sender finds nothing to send again.
        for _ in range(2):
            call_command("send", "county", "--until-empty")
        counts = at_the_other_end.counts()
    assert len(counts) == 11 and set(counts.values()) == {1}
    assert not any(phone.endswith("0003") for phone in counts)
    fates = queries.fates(row.messages_key)
    assert fates[Fate.DELIVERED] == 11
    count_delivered(broadcast=row, by="clerk", at=now + timedelta(days=5))
    assert FigureDesk.of(county.campaign).figure("sms_sent").value == 11


def _gateway(port: int):
    # Its quiet hour is the one farthest from the present, whenever this runs.
    quiet = (timezone.localtime().hour + 12) % 24
    (Path(settings.DATA) / "gateways.toml").write_text(
        f'[county]\nprotocol = "smpp"\nhost = "127.0.0.1"\nport = {port}\nsystem_id = "office"\npassword = "secret"\n'
        'source = "10690001"\ntariff = "china"\n'
        f'quiet = ["{quiet:02}:00", "{(quiet + 1) % 24:02}:00"]\n',
        encoding="utf-8",
    )
    return load(settings.DATA)["county"]
