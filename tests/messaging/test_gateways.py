"""gateways.toml: what it may say and what is refused."""

from datetime import time

import pytest

from safemonth.lib.refusals import Refused
from safemonth.messaging.cmpp.link import CmppLink
from safemonth.messaging.gateways import load
from safemonth.messaging.office.link import OfficeLink
from safemonth.messaging.rules import QuietHours
from safemonth.messaging.smpp.link import SmppLink
from safemonth.messaging.text.parts import Coding
from tests.messaging.sends import now

WHOLE = """
[county]
protocol = "smpp"
host = "127.0.0.1"
system_id = "office"
password = "secret"
source = "10690001"
window = 20
rate_per_s = 50
burst = 5
tariff = "china"
quiet = ["21:00", "08:00"]
tls = true

[mobile]
protocol = "cmpp"
host = "127.0.0.1"
source_id = "900001"
secret = "secret"
source = "10690001"

[office]
protocol = "office"
mail = "mailtos://user:word@mail.example.org?to={to}"
[office.rooms]
members = "dingtalk://0123456789abcdef0123456789abcdef"
"""


def written(tmp_path, text: str):
    (tmp_path / "gateways.toml").write_text(text, encoding="utf-8")
    return load(tmp_path)


def test_no_file_is_no_gateway(tmp_path):
    assert load(tmp_path) == {}


def test_each_gateway_has_its_terms_and_its_link(tmp_path):
    gateways = written(tmp_path, WHOLE)
    terms = gateways["county"].terms()
    assert (terms.window, terms.rate_per_s, terms.burst) == (20, 50, 5)
    assert terms.quiet == QuietHours(time(21), time(8))
    makers = {name: gateway.link_maker(clock=now)() for name, gateway in gateways.items()}
    assert [type(link) for link in makers.values()] == [SmppLink, CmppLink, OfficeLink]
    assert [gateway.word("STOP").coding for gateway in gateways.values()] == [Coding.UCS2, Coding.UCS2, Coding.PLAIN]


def test_passwords_show_in_no_account(tmp_path):
    gateways = written(tmp_path, WHOLE)
    assert "secret" not in repr(gateways)
    assert "secret" not in repr(gateways["county"].link_maker(clock=now)())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a", "gateways_unreadable"),
        ("[a]\nprotocol = 'sgip'", "gateway_protocol"),
        ("a = 1", "gateway_protocol"),
        ("[a]\nprotocol = 'smpp'\nhost = 'x'", "gateway_setting"),
        (WHOLE.replace('"21:00"', '"dusk"'), "gateway_setting"),
        (WHOLE.replace("window = 20", "window = 0"), "gateway_setting"),
        (WHOLE.replace("rate_per_s = 50", "rate_per_s = 'fast'"), "gateway_setting"),
        (WHOLE.replace('"china"', '"moon"'), "gateway_setting"),
        (WHOLE.replace("dingtalk://", "dingdong://"), "unknown_service"),
    ],
)
def test_a_mistake_is_named(tmp_path, text, code):
    with pytest.raises(Refused) as refused:
        written(tmp_path, text)
    assert refused.value.code == code
