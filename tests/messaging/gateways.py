"""The SMSC of another maker that the tests run at the other end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from safemonth.bench import message_gateways
from safemonth.bench.message_gateways import Gateway
from tests.conftest import missing_tool


@contextmanager
def smsc(**options: Any) -> Iterator[Gateway]:
    """Run npm's `smpp` as an SMSC (message_smsc.cjs lists the options); skip where it cannot be run."""
    reason = message_gateways.missing()
    if reason:
        missing_tool(reason)
    with message_gateways.smsc(**options) as gateway:
        yield gateway
