"""Writes of devices: give a phone a credential of its own, and shut it out."""

import secrets
from datetime import datetime

from safemonth.collect.forms.models import Device
from safemonth.ledger.actions import writing
from safemonth.lib.digests import sha256_hex
from safemonth.lib.refusals import Refused, gettext_noop
from safemonth.organisation.models import User


def add_device(*, user: User, label: str, by: str, at: datetime) -> tuple[Device, str]:
    """Give a phone a credential of its own; returns the device and its key, which is kept nowhere.

    Raises Refused `label_missing`.
    """
    if not label.strip():
        raise Refused("label_missing", gettext_noop("Say whose phone it is, so that it can be told from others later."))
    key = secrets.token_urlsafe(32)
    with writing(by=by, at=at, action="device.add", about=label) as write:
        device = write.create(
            Device(user=user, label=label.strip()[:80], key_digest=sha256_hex(key.encode()), made_at=at)
        )
    return device, key


def revoke_device(*, device: Device, by: str, at: datetime) -> Device:
    """Shut a phone out; what it sent stays. Revoking twice changes nothing."""
    if device.revoked_at:
        return device
    with writing(by=by, at=at, action="device.revoke", about=device.label) as write:
        return write.change(device, revoked_at=at)
