"""Writes of inspectors and of what they may not inspect."""

from datetime import datetime
from typing import Any

from safemonth.collect.inspection.drives.models import Inspector, Interest
from safemonth.collect.inspection.workplaces.models import Workplace
from safemonth.ledger.actions import writing
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import Unit, User


def add_inspector(
    *, unit: Unit, post_title: str, by: str, at: datetime, certificate_number: str = "", user: User | None = None
) -> Inspector:
    """Enter a post that may inspect. Raises Refused `inspector_exists`, `certificate_taken`, `account_taken`."""
    post_title, certificate_number = post_title.strip()[:120], certificate_number.strip()[:40]
    _check(unit, post_title, certificate_number, user, None)
    with writing(by=by, at=at, action="inspector.add", about=f"{unit.code} {post_title}") as write:
        return write.create(
            Inspector(unit=unit, post_title=post_title, certificate_number=certificate_number, user=user)
        )


def change_inspector(*, inspector: Inspector, fields: dict[str, Any], by: str, at: datetime) -> Inspector:
    """Change an inspector's line (`post_title`, `certificate_number`, `user`, `is_active`); refuses as `add_inspector`."""
    fields = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in fields.items()
        if name in ("unit", "post_title", "certificate_number", "user", "is_active")
    }
    _check(
        fields.get("unit", inspector.unit),
        fields.get("post_title", inspector.post_title),
        fields.get("certificate_number", inspector.certificate_number),
        fields.get("user", inspector.user),
        inspector,
    )
    with writing(
        by=by, at=at, action="inspector.change", about=f"{inspector.unit.code} {inspector.post_title}"
    ) as write:
        return write.change(inspector, **fields)


def _check(unit: Unit, post_title: str, certificate_number: str, user: User | None, own: Inspector | None) -> None:
    if not post_title:
        raise Refused("inspector_no_post", gettext_noop("Say which post it is."))
    others = Inspector.objects.all() if own is None else Inspector.objects.exclude(pk=own.pk)
    if others.filter(unit=unit, post_title=post_title).exists():
        raise Refused(
            "inspector_exists",
            gettext_noop("%(unit)s has the inspector “%(post)s” already."),
            unit=unit,
            post=post_title,
        )
    if certificate_number and others.filter(certificate_number=certificate_number).exists():
        raise Refused(
            "certificate_taken",
            gettext_noop("The certificate %(number)s stands on another inspector."),
            number=certificate_number,
        )
    if user is not None and others.filter(user=user).exists():
        raise Refused("account_taken", gettext_noop("That account inspects as another already."))


def declare_interest(*, inspector: Inspector, workplace: Workplace, reason: str, by: str, at: datetime) -> Interest:
    """Enter why an inspector may not inspect a workplace (Civil Servant Law art. 76: kinship, gain, other); one withdrawn
    before holds again. Raises Refused `reason_missing`."""
    reason = reason.strip()[:200]
    if not reason:
        raise Refused("reason_missing", gettext_noop("Say what the interest is."))
    standing = Interest.objects.filter(inspector=inspector, workplace=workplace).first()
    with writing(by=by, at=at, action="interest.declare", about=f"{inspector.pk} {workplace.name}") as write:
        if standing is not None:
            # Declared twice it is one; the first time stays, unless it had been withdrawn.
            since = standing.declared_at if standing.withdrawn_at is None else at
            return write.change(standing, reason=reason, declared_at=since, withdrawn_at=None)
        return write.create(Interest(inspector=inspector, workplace=workplace, reason=reason, declared_at=at))


def withdraw_interest(*, interest: Interest, by: str, at: datetime) -> Interest:
    """Note that an interest no longer holds; the row stays. Withdrawn before: nothing is written."""
    with writing(
        by=by, at=at, action="interest.withdraw", about=f"{interest.inspector_id} {interest.workplace.name}"
    ) as write:
        return write.change(interest, withdrawn_at=interest.withdrawn_at or at)
