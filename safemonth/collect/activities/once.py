"""An entry that is sent twice over a bad network is one entry: each form carries a key of its own."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models

Row = TypeVar("Row", bound=models.Model)


def entered_once(model: type[Row], key: UUID | None, enter: Callable[[], Row]) -> Row:
    """Return the row that was entered under a key, or `enter` it now; without a key it is always entered.

    Two that come at the same moment give one row: the database holds the key unique, and who comes second is given the
    first one's. `model` has a unique field `key`. Raises what `enter` raises.
    """
    standing = _under(model, key)
    if standing is not None:
        return standing
    try:
        return enter()
    except IntegrityError:
        standing = _under(model, key)
        if standing is None:
            raise
        return standing


def _under(model: type[Row], key: UUID | None) -> Row | None:
    rows: Any = model._default_manager
    found: Row | None = rows.filter(key=key).first() if key else None
    return found
