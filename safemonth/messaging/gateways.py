"""Which gateways there are: `gateways.toml` in the data folder, which holds passwords and so is no record of the ledger."""

import ssl
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.messaging.cmpp import frames as cmpp_frames
from safemonth.messaging.cmpp import link as cmpp_link
from safemonth.messaging.links import Link
from safemonth.messaging.office.link import OfficeLink, check_addresses
from safemonth.messaging.rules import QuietHours
from safemonth.messaging.sending import Terms
from safemonth.messaging.smpp import frames as smpp_frames
from safemonth.messaging.smpp import link as smpp_link
from safemonth.messaging.text.parts import Tariff, Wording, plain, word

FILE = "gateways.toml"
PROTOCOLS = ("smpp", "cmpp", "office")
# Named for whoever wants to write them: China Unicom's and China Telecom's protocols would be links like CMPP.
LATER_PROTOCOLS = ("sgip", "smgp")
NEEDED = {"smpp": ("host", "system_id", "source"), "cmpp": ("host", "source_id", "secret", "source"), "office": ()}


@dataclass(frozen=True)
class Gateway:
    """One gateway as gateways.toml describes it (docs/messages.md lists the settings); `source` is our number there."""

    name: str
    protocol: str
    source: str = ""
    tariff: Tariff = Tariff.NETWORK
    quiet: QuietHours | None = None
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def word(self, text: str) -> Wording:
        """Return a text as this gateway carries and bills it. Raises as `text.parts.word` does."""
        return plain(text) if self.protocol == "office" else word(text, tariff=self.tariff)

    def terms(self) -> Terms:
        """Return what was agreed with it."""
        given = self.settings
        return Terms(
            window=int(given.get("window", 10)),
            rate_per_s=float(given.get("rate_per_s", 0.0)),
            burst=int(given.get("burst", 1)),
            # A web hook may take its time, and Apprise gives each service up to 15 s.
            answer_s=float(given.get("answer_s", 120.0 if self.protocol == "office" else 30.0)),
            quiet=self.quiet,
        )

    def link_maker(self, *, clock: Callable[[], datetime]) -> Callable[[], Link]:
        """Return what makes a link to it."""
        given = self.settings
        if self.protocol == "office":
            return lambda: OfficeLink(rooms=given.get("rooms", {}), mail=given.get("mail", ""))
        if self.protocol == "cmpp":
            service = cmpp_frames.Service(
                given["source_id"],
                service_id=given.get("service_id", ""),
                fee_user_type=int(given.get("fee_user_type", 2)),
                fee_type=given.get("fee_type", "01"),
                fee_code=given.get("fee_code", "000000"),
            )
            port = int(given.get("port", 7890))
            account = cmpp_link.Account(given["host"], port, given["secret"], service)
            return lambda: cmpp_link.CmppLink(account, clock=clock)
        addressing = smpp_frames.Addressing(
            source_ton=int(given.get("source_ton", 1)),
            source_npi=int(given.get("source_npi", 1)),
            destination_ton=int(given.get("destination_ton", 1)),
            destination_npi=int(given.get("destination_npi", 1)),
            service_type=given.get("service_type", ""),
            validity_s=int(given.get("validity_s", 0)),
        )
        smpp_account = smpp_link.Account(
            given["host"],
            int(given.get("port", 2775)),
            given["system_id"],
            given.get("password", ""),
            system_type=given.get("system_type", ""),
            addressing=addressing,
            enquire_s=float(given.get("enquire_s", 30.0)),
            tls=ssl.create_default_context(cafile=given.get("ca") or None) if given.get("tls") else None,
        )
        return lambda: smpp_link.SmppLink(smpp_account)


def load(folder: Path) -> dict[str, Gateway]:
    """Return the gateways of a data folder by name; empty where the file is not there.

    Raises Refused `gateways_unreadable`, `gateway_protocol`, `gateway_setting` or `unknown_service`.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(
            "gateways_unreadable", gettext_noop("%(file)s cannot be read: %(why)s"), file=FILE, why=str(error)
        ) from error
    return {name: _gateway(name, settings) for name, settings in given.items()}


def _gateway(name: str, settings: Any) -> Gateway:
    protocol = settings.get("protocol", "") if isinstance(settings, dict) else ""
    if protocol not in PROTOCOLS:
        raise Refused(
            "gateway_protocol",
            gettext_noop("Gateway %(name)s: protocol %(protocol)s is not one of %(known)s."),
            name=name,
            protocol=protocol or "—",
            known=", ".join(PROTOCOLS),
        )
    for setting in NEEDED[protocol]:
        if not settings.get(setting):
            raise _mistaken(name, setting)
    try:
        # CMPP knows no septets.
        tariff = Tariff.CHINA if protocol == "cmpp" else Tariff(settings.get("tariff", Tariff.NETWORK))
        quiet = QuietHours(*(time.fromisoformat(hour) for hour in settings["quiet"])) if "quiet" in settings else None
        gateway = Gateway(name, protocol, str(settings.get("source", "")), tariff, quiet, settings)
        if gateway.terms().window < 1:
            raise ValueError
    except (ValueError, TypeError) as error:
        raise _mistaken(name, "tariff, quiet, window, rate_per_s, burst, answer_s") from error
    if protocol == "office":
        check_addresses(settings.get("rooms", {}), settings.get("mail", ""))
    return gateway


def _mistaken(name: str, setting: str) -> Refused:
    return Refused(
        "gateway_setting",
        gettext_noop("Gateway %(name)s: %(setting)s is missing or not as docs/messages.md describes it."),
        name=name,
        setting=setting,
    )
