"""Every address stands in the permission table, and the table is what happens.

The views are replaced by one that answers 200, so that what is seen is who is let in, not whether a row exists.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from safemonth.ledger.actions import writing
from safemonth.organisation.actions import open_account
from safemonth.organisation.models import Role
from safemonth.organisation.permissions import PERMISSIONS, PUBLIC
from tests.cast import AT, PASSWORD

# What an address is written with, by the type of its part.
ARGUMENTS = {"int": 1, "string": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
STRANGER = "stranger"
PACKAGE = Path(__file__).resolve().parents[2] / "safemonth"
VIEWS_IMPORT = re.compile(r"^from (safemonth[\w.]*) import views|^from (safemonth[\w.]*)\.views\b", re.MULTILINE)


def addresses() -> list[tuple[str, URLPattern]]:
    """Return every address of the site with its name (namespaces before a colon)."""
    return list(_addresses_in(get_resolver(), ""))


def _addresses_in(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses_in(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            assert pattern.name, f"an address without a name: {pattern}"
            yield f"{prefix}{pattern.name}", pattern


def address_of(name: str, pattern: URLPattern) -> str:
    """Return the address with its parts filled."""
    kinds = {part: type(kind).__name__ for part, kind in pattern.pattern.converters.items()}
    return reverse(
        name, kwargs={part: ARGUMENTS[kind.removesuffix("Converter").lower()] for part, kind in kinds.items()}
    )


def let_in(request: HttpRequest, **parts: object) -> HttpResponse:
    """Stand for a view: whoever comes here was let in."""
    return HttpResponse("let in")


@pytest.fixture
def every_view_lets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for _name, pattern in addresses():
        monkeypatch.setattr(pattern, "callback", let_in)


def test_every_address_stands_in_the_table_and_nothing_else_does():
    assert {name for name, _pattern in addresses()} == set(PERMISSIONS)


@pytest.mark.parametrize("who", [STRANGER, *sorted(Role)])
@pytest.mark.usefixtures("every_view_lets_in")
def test_each_is_let_in_where_the_table_says_and_sees_404_elsewhere(client: Any, county: Any, who: str):
    if who != STRANGER:
        unit = county.unit("d1")
        client.force_login(open_account(username=f"a-{who}", password=PASSWORD, role=who, unit=unit, by="t", at=AT))
    for name, pattern in addresses():
        allowed = PERMISSIONS[name]
        expected = 200 if allowed == PUBLIC or who in allowed else 404
        assert client.get(address_of(name, pattern)).status_code == expected, name


@pytest.mark.usefixtures("every_view_lets_in")
def test_an_account_that_was_closed_is_let_in_nowhere_but_where_all_are(client: Any, county: Any):
    client.force_login(county.clerk)
    assert client.get(reverse("board")).status_code == 200
    with writing(by="t", at=AT, action="account.close") as write:
        write.change(county.clerk, is_active=False)
    for name, pattern in addresses():
        expected = 200 if PERMISSIONS[name] == PUBLIC else 404
        assert client.get(address_of(name, pattern)).status_code == expected, name


@pytest.mark.usefixtures("every_view_lets_in")
def test_an_address_that_is_not_in_the_table_is_closed_to_all(
    client: Any, county: Any, monkeypatch: pytest.MonkeyPatch
):
    client.force_login(county.clerk)
    assert client.get(reverse("board")).status_code == 200
    monkeypatch.delitem(PERMISSIONS, "board")
    assert client.get(reverse("board")).status_code == 404


def test_views_are_known_only_to_the_addresses_beside_them():
    # import-linter lets any `urls` import any `views`; this is the rest of the rule.
    strays = set()
    for path in PACKAGE.rglob("*.py"):
        own = ".".join(("safemonth", *path.parent.relative_to(PACKAGE).parts)).removesuffix(".views")
        for first, second in VIEWS_IMPORT.findall(path.read_text(encoding="utf-8")):
            if (first or second) != own:
                strays.add(f"{path.relative_to(PACKAGE)} -> {first or second}")
    assert strays == set()
