"""Kannel's sender beside ours: its bearerbox drains its own file store into the same peer, with the same window."""

import http.client
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

# Debian's places.
BEARERBOX = shutil.which("bearerbox") or "/usr/sbin/bearerbox"
SMSBOX = shutil.which("smsbox") or "/usr/sbin/smsbox"
ADMIN, BOXES, HTTP = 13_400, 13_401, 13_413
FEEDERS = 4

CONFIG = """
group = core
admin-port = {admin}
admin-password = bench
smsbox-port = {boxes}
box-allow-ip = "127.0.0.1"
store-type = file
store-location = "{folder}/kannel.store"
log-file = "{folder}/bearerbox.log"
log-level = 3

group = smsc
smsc = smpp
host = 127.0.0.1
port = {port}
transceiver-mode = true
smsc-username = "safemonth"
smsc-password = "secret"
system-type = ""
max-pending-submits = {window}
reconnect-delay = 1
wait-ack = 60
log-level = 3

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {http}
log-file = "{folder}/smsbox.log"
log-level = 3

group = sendsms-user
username = bench
password = bench
max-messages = 1
concatenation = false
"""


def is_here() -> bool:
    """Return whether Kannel is installed (Debian's package `kannel`)."""
    return Path(BEARERBOX).exists() and Path(SMSBOX).exists()


@contextmanager
def kannel(folder: Path, *, port: int, window: int) -> Iterator[None]:
    """Run bearerbox and smsbox against a peer's port; what is fed before the peer listens waits in its file store."""
    config = folder / "kannel.conf"
    config.write_text(CONFIG.format(admin=ADMIN, boxes=BOXES, http=HTTP, port=port, window=window, folder=folder))
    started = []
    try:
        for box in (BEARERBOX, SMSBOX):
            started.append(
                subprocess.Popen([box, str(config)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            time.sleep(1.5)
        yield
    finally:
        for process in reversed(started):
            process.terminate()
        for process in reversed(started):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def feed(count: int, *, text: str) -> None:
    """Give Kannel messages to `count` phones over its HTTP door. Raises RuntimeError where it takes one not."""
    with ThreadPoolExecutor(FEEDERS) as pool:
        list(pool.map(_feed, [range(lane, count, FEEDERS) for lane in range(FEEDERS)], [text] * FEEDERS))


def _feed(numbers: range, text: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", HTTP, timeout=30)
    fixed = {"username": "bench", "password": "bench", "from": "10690001", "text": text}
    for number in numbers:
        connection.request("GET", "/cgi-bin/sendsms?" + urlencode(fixed | {"to": f"8613{number:09}"}))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 202:
            raise RuntimeError(f"Kannel took no message: {answer.status} {body!r}")
    connection.close()
