"""Writes of one line of the register."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid4

from safemonth.collect.activities.once import entered_once
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.collect.inspection.workplaces.names import normalise_workplace_name
from safemonth.collect.inspection.workplaces.uscc import read_uscc
from safemonth.collect.submissions.models import Submission
from safemonth.ledger.actions import Write, writing
from safemonth.lib.refusals import Refused, gettext_noop

_TEXTS: Final = {"name": 120, "address": 200, "manager_post": 120, "manager_phone": 40}
_SETTABLE: Final = frozenset(
    {
        *("name", "uscc", "trade", "size", "risk_class", "address", "latitude", "longitude", "manager_post"),
        *("manager_phone", "department", "township", "unit", "is_working"),
    }
)


def register_workplace(
    *, fields: Mapping[str, Any], by: str, at: datetime, key: UUID | None = None, submission: Submission | None = None
) -> Workplace:
    """Enter a workplace; sent twice under one `key` it is entered once.

    `fields` by the model's names (units are `Unit`s); `name`, `trade` and `township` must be there. Raises Refused
    `no_name`, `no_township`, `uscc_taken`, and what `read_uscc` refuses.
    """

    def enter() -> Workplace:
        with writing(by=by, at=at, action="workplace.register", about=str(fields.get("name", ""))[:200]) as write:
            return create_line(write, fields, key=key, submission=submission)

    return entered_once(Workplace, key, enter)


def create_line(
    write: Write, fields: Mapping[str, Any], *, key: UUID | None = None, submission: Submission | None = None
) -> Workplace:
    """Enter a workplace within an open `writing`, as `register_workplace` does."""
    return write.create(line_of(fields, key=key, submission=submission))


def line_of(
    fields: Mapping[str, Any], *, key: UUID | None = None, submission: Submission | None = None, check: bool = True
) -> Workplace:
    """Return the unsaved line of a workplace; with `check` its code must not stand on another."""
    clean = _clean(fields)
    if not clean.get("name"):
        raise Refused("no_name", gettext_noop("A workplace needs a name."))
    if clean.get("township") is None:
        raise Refused("no_township", gettext_noop("Say in which township it is."))
    if check:
        _check_code(clean.get("uscc", ""), None)
    return Workplace(
        key=key or uuid4(),
        submission=submission,
        normalised_name=normalise_workplace_name(clean["name"])[:120],
        **clean,
    )


def change_workplace(*, workplace: Workplace, fields: Mapping[str, Any], by: str, at: datetime) -> Workplace:
    """Change a workplace's line; what is the same writes nothing.

    Raises Refused `workplace_merged` for one that is merged, and what `register_workplace` refuses.
    """
    if workplace.merged_into_id:
        raise Refused(
            "workplace_merged",
            gettext_noop("This workplace was merged into another. Change that one, or undo the merge."),
        )
    with writing(by=by, at=at, action="workplace.change", about=workplace.name) as write:
        return change_line(write, workplace, fields)


def change_line(write: Write, workplace: Workplace, fields: Mapping[str, Any]) -> Workplace:
    """Change a workplace's line within an open `writing`."""
    clean = _clean(fields)
    if "name" in clean:
        if not clean["name"]:
            raise Refused("no_name", gettext_noop("A workplace needs a name."))
        clean["normalised_name"] = normalise_workplace_name(clean["name"])[:120]
    if clean.get("township", workplace.township) is None:
        raise Refused("no_township", gettext_noop("Say in which township it is."))
    if "uscc" in clean:
        _check_code(clean["uscc"], workplace.pk)
    return write.change(workplace, **clean)


def _clean(fields: Mapping[str, Any]) -> dict[str, Any]:
    clean = {name: value for name, value in fields.items() if name in _SETTABLE}
    for name, most in _TEXTS.items():
        if name in clean:
            clean[name] = str(clean[name] or "").strip()[:most]
    if "uscc" in clean:
        clean["uscc"] = read_uscc(clean["uscc"] or "")
    for name in ("latitude", "longitude"):
        if name in clean and clean[name] is not None:
            clean[name] = Decimal(str(clean[name])).quantize(Decimal("0.00001"))
    if ("latitude" in clean or "longitude" in clean) and (clean.get("latitude") is None) != (
        clean.get("longitude") is None
    ):
        raise Refused("half_a_position", gettext_noop("A position needs both latitude and longitude."))
    return clean


def _check_code(uscc: str, own: int | None) -> None:
    if not uscc:
        return
    others = Workplace.objects.filter(uscc=uscc, merged_into__isnull=True)
    other = next((row for row in others if row.pk != own), None)
    if other is not None:
        raise Refused(
            "uscc_taken",
            gettext_noop(
                "The credit code %(code)s stands on “%(name)s” already. If they are one workplace, merge them."
            ),
            code=uscc,
            name=other.name,
        )
