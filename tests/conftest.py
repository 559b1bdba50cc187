"""What all tests share: no network but loopback, a data folder of their own, a browser where there is one."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Settings read the environment once, so the folder is there before Django starts.
os.environ["SAFEMONTH_DATA"] = tempfile.mkdtemp(prefix="safemonth-test-")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the test's thread.

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_connect = socket.socket.connect


def _connect_to_loopback_only(self: socket.socket, address: Any) -> None:
    """Let a test reach this machine and nothing else."""
    host = address[0] if isinstance(address, tuple) else ""
    if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"tests reach no other host: {host}")
    return _connect(self, address)


socket.socket.connect = _connect_to_loopback_only  # type: ignore[method-assign]


def missing_tool(reason: str) -> None:
    """Skip for want of a tool, with the reason; in CI that is a failure."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"in CI this must run: {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def files_of_their_own(tmp_path: Path, settings: Any) -> None:
    """Keep each test's files apart."""
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    # A slow digest protects passwords and only slows tests.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    if CHROMIUM is None:
        missing_tool("no Chromium on this machine (tools/chromium.sh says why)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield opened
        opened.close()


@pytest.fixture
def county(db: None) -> Any:
    """The cast's county in the test's database."""
    from tests.cast import set_up_county

    return set_up_county()
