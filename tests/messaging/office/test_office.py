"""Rooms and mailboxes, by Apprise to servers on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from safemonth.lib.refusals import Refused
from safemonth.messaging.fates import Fate
from safemonth.messaging.office.link import OfficeLink, address_of, check_addresses, deliver
from safemonth.messaging.outbox import store
from safemonth.messaging.outbox.store import Parcel
from safemonth.messaging.text.parts import plain
from tests.messaging.sends import run

TEXT = plain("安全生产月\n6月16日咨询日，请各成员单位到场。")


@contextmanager
def web_hook(*, status: int = 200) -> Iterator[tuple[int, list[dict]]]:
    """Run a web hook that keeps what it was sent."""
    got: list[dict] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, got
    finally:
        server.shutdown()
        server.server_close()


def hand_over(folder, *destinations: str) -> None:
    database = store.connect(folder)
    store.add(database, [Parcel(f"m:{to}", to, TEXT, "") for to in destinations])
    database.close()


def fates(folder) -> dict[str, tuple[Fate, int | None]]:
    database = store.connect(folder)
    try:
        return {
            to: (Fate(state), status)
            for to, state, status in database.execute("SELECT destination, state, status FROM message")
        }
    finally:
        database.close()


def test_each_room_gets_the_message_once(tmp_path):
    hand_over(tmp_path, "office", "members")
    with web_hook() as (port, got):
        rooms = {name: f"json://127.0.0.1:{port}/{name}" for name in ("office", "members")}
        run(tmp_path, lambda: OfficeLink(rooms=rooms))
    assert [(hook["title"], hook["message"]) for hook in got] == [
        ("安全生产月", "6月16日咨询日，请各成员单位到场。")
    ] * 2
    assert fates(tmp_path) == {"office": (Fate.ACCEPTED, 0), "members": (Fate.ACCEPTED, 0)}


def test_what_a_service_does_not_take_is_listed_and_not_sent_again(tmp_path):
    hand_over(tmp_path, "office", "nowhere")
    with web_hook(status=500) as (port, got):
        run(tmp_path, lambda: OfficeLink(rooms={"office": f"json://127.0.0.1:{port}"}))
        run(tmp_path, lambda: OfficeLink(rooms={"office": f"json://127.0.0.1:{port}"}))
    assert len(got) == 1
    assert fates(tmp_path) == {"office": (Fate.REFUSED, 2), "nowhere": (Fate.REFUSED, 1)}


def test_a_mailbox_gets_its_own_address():
    assert (
        address_of("a.b@example.org", rooms={}, mail="mailto://u:p@127.0.0.1:25?to={to}")
        == "mailto://u:p@127.0.0.1:25?to=a.b%40example.org"
    )
    assert address_of("a@example.org", rooms={}, mail="") == ""
    assert address_of("office", rooms={"office": "json://x"}, mail="") == "json://x"


def test_the_services_that_offices_use_are_known():
    rooms = {
        "wecom": "wecombot://0123456789-abcd-4567-89ab-0123456789ab",
        "dingtalk": "dingtalk://0123456789abcdef0123456789abcdef",
        "feishu": "feishu://0123456789abcdef",
    }
    check_addresses(rooms, "mailtos://user:word@mail.example.org?to={to}&from=office@example.org")


@pytest.mark.parametrize("address", ["telegraph://x", "", "no address"])
def test_an_address_that_apprise_does_not_know_is_refused(address):
    with pytest.raises(Refused) as refused:
        check_addresses({"office": address}, "")
    assert refused.value.code == "unknown_service"
    assert deliver(address, "text") is False
