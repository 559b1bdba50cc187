"""Who is asking: a device by the key in the address, or by HTTP Basic; and the QR code that sets a phone up.

Collect is set up with the key in the address (as ODK Central does for its app users), so that it works on a county's
network without HTTPS too; Basic is for those who type a name and password.
"""

import base64
import binascii
import json
import zlib

import segno
from django.http import HttpRequest

from safemonth.collect.forms.models import Device
from safemonth.collect.forms.queries import device_with_key


def device_of(request: HttpRequest, key: str) -> Device | None:
    """Return the device that asks, None where the key is wrong, was revoked, or none was given.

    With Basic the password is the key and the name is the one shown with it (`device-12`).
    """
    if key:
        return device_with_key(key)
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    device = device_with_key(password)
    return device if device and name == device_name(device) else None


def device_name(device: Device) -> str:
    """Return the name that a device signs in with by Basic."""
    return f"device-{device.pk}"


def collect_settings(*, server_url: str, project: str) -> str:
    """Return the text of the QR code by which ODK Collect sets itself up: JSON, deflated, in Base64.

    Source: "Configuring Collect with QR codes" (docs.getodk.org/collect-import-export). Forms are kept like the
    server's, and sent as soon as there is a network, so that nobody must remember to.
    """
    settings = {
        "general": {
            "server_url": server_url,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "app_language": "zh-CN",
        },
        "admin": {},
        "project": {"name": project, "icon": "安", "color": "#b3261e"},
    }
    packed = zlib.compress(json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode(), level=9)
    return base64.b64encode(packed).decode()


def qr_svg(text: str) -> str:
    """Return a QR code as inline SVG, dark on white, with a quiet zone of four modules (ISO/IEC 18004)."""
    code = segno.make(text, error="l", micro=False)
    return str(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None))
