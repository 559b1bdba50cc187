"""What all tests share: files and a database of their own, a browser where there is one, no network but loopback.

pytest-socket (pyproject.toml) keeps tests from reaching any other host.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the test's thread.

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Without the background ones Chromium asks its maker's hosts at every start.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--only-database`, for the second run on PostgreSQL."""
    parser.addoption("--only-database", action="store_true", help="only tests that use the database, none of screens")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark browser tests; under `--only-database` leave out those that another database cannot change."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    if config.getoption("--only-database"):
        kept = [item for item in items if _uses_database(item) and not _is_of_the_screen(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _is_of_the_screen(item: pytest.Item) -> bool:
    """Whether a test is of what a page shows, or of the made month, where another database changes nothing."""
    is_of_pages = item.path.stem.endswith("_pages") or "demo" in item.path.parts
    return is_of_pages or bool(item.get_closest_marker("browser"))


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)


def missing_tool(reason: str) -> NoReturn:
    """Skip for want of a tool, with the reason; in CI that is a failure."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"in CI this must run: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file, as in use: in memory, threads would share one connection and its locks."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")


@pytest.fixture(autouse=True)
def files_of_their_own(tmp_path: Path, settings: Any) -> None:
    """Keep each test's files apart, and away from an office's."""
    settings.DATA = tmp_path / "data"
    kept = {**settings.STORAGES["default"], "OPTIONS": {"location": str(settings.DATA / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    # A slow digest protects passwords and only slows tests.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    if CHROMIUM is None:
        missing_tool("no Chromium on this machine (tools/machine.sh browser says why)")
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
