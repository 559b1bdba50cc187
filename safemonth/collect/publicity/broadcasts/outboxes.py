"""Where the office's gateways and their outboxes stand: in the data folder, beside the database."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

from django.conf import settings

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.gateways import Gateway, load
from safemonth.messaging.outbox import store


def gateways_known() -> Mapping[str, Gateway]:
    """Return the office's gateways by name, empty where none is set up; raises Refused as `messaging.gateways.load` does."""
    return load(settings.DATA)


def gateway_called(name: str) -> Gateway:
    """Return one gateway; raises Refused `no_gateway`, or as `gateways_known` does."""
    gateway = gateways_known().get(name)
    if gateway is None:
        raise Refused(
            "no_gateway", gettext_noop("There is no gateway %(name)s in %(file)s."), name=name, file="gateways.toml"
        )
    return gateway


@contextmanager
def outbox_of(gateway: str) -> Iterator[sqlite3.Connection]:
    """Open a gateway's outbox, where `safemonth send` keeps it too, and close it."""
    with closing(store.connect(settings.DATA / "outbox" / gateway)) as outbox:
        yield outbox
