"""What ODK Collect puts on the wire: forms to fill, answers, multipart bytes."""

import uuid
from typing import Any

from safemonth.collect.forms.actions import add_device, add_form
from safemonth.collect.forms.models import Device, FormVersion
from tests.cast import AT

FORM = """
| survey |
| | type | name | label::简体中文 (zh) | label::English (en) | safemonth | constraint | required |
| | select_one_from_file units.csv | unit | 单位 | Unit | unit | | yes |
| | text | title | 活动名称 | Title | title | | yes |
| | date | day | 日期 | Day | from_on | | |
| | text | place | 地点 | Place | place | | |
| | geopoint | where | 位置 | Position | position | | |
| | integer | leaflets | 发放资料 | Leaflets | leaflets_distributed | . >= 0 | |
| | integer | people | 咨询人数 | People | people_consulted | . >= 0 | |
| | image | photo | 照片 | Photo | evidence | | |
| | image | photo_2 | 照片二 | Second photo | evidence | | |
| settings |
| | form_id | form_title | version | default_language |
| | visit | 活动报告 | %s | 简体中文 (zh) |
"""
PHOTO = b"\xff\xd8\xff\xe0 no real photo, only bytes \xff\xd9"


def a_form(version: str = "2019060101") -> FormVersion:
    """Take in a small form of the office."""
    data = (FORM % version).strip().encode()
    return add_form(data=data, file_name="visit.md", by="test", at=AT)[0]


def a_phone(user: Any) -> tuple[Device, str]:
    """Give a user's phone its credential."""
    return add_device(user=user, label="phone", by="test", at=AT)


def answers(
    *,
    instance_id: str | None = None,
    deprecated_id: str = "",
    version: str = "2019060101",
    form: str = "visit",
    **values: str,
) -> bytes:
    """Return answers as Collect writes them (2024.3): no pretty print, metadata last."""
    given = {"unit": "1301", "title": "安全宣讲", "day": "2019-06-12", "place": "东关村", "leaflets": "350"} | values
    fields = "".join(f"<{name}>{text}</{name}>" for name, text in given.items())
    identity = f"uuid:{uuid.uuid4()}" if instance_id is None else instance_id
    meta = f"<orx:deprecatedID>{deprecated_id}</orx:deprecatedID>" if deprecated_id else ""
    meta = f"<orx:instanceID>{identity}</orx:instanceID>{meta}" if identity else meta
    return (
        "<?xml version='1.0' ?>"
        f'<data id="{form}" version="{version}" xmlns:ev="http://www.w3.org/2001/xml-events"'
        ' xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms"'
        f' xmlns:h="http://www.w3.org/1999/xhtml">{fields}<orx:meta>{meta}</orx:meta></data>'
    ).encode()


def multipart(xml: bytes | None, *files: tuple[str, bytes]) -> tuple[bytes, str]:
    """Return the body and content type of a post as OkHttp shapes it."""
    boundary = "3f2a9c1e-6b0d-4d57-9f0e-aa10c5b1f6f2"
    parts = []
    if xml is not None:
        parts.append(("xml_submission_file", "visit_2019-06-12_09-30-11.xml", "text/xml", xml))
    parts += [(name, name, "image/jpeg", data) for name, data in files]
    body = b"".join(
        (
            f"--{boundary}\r\n"
            f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
        ).encode()
        + data
        + b"\r\n"
        for field, name, kind, data in parts
    )
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def post(client: Any, key: str, xml: bytes | None, *files: tuple[str, bytes]) -> Any:
    """Post as a phone does, with Collect's headers."""
    body, content_type = multipart(xml, *files)
    return client.generic(
        "POST",
        f"/openrosa/key/{key}/submission?deviceID=collect%3AXk1abc",
        body,
        content_type=content_type,
        headers={"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/v2024.3.4 Dalvik/2.1.0"},
    )
