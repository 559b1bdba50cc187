"""The XML documents of the OpenRosa protocol. Plain Python.

Source: OpenRosa 1.0, "Form List API", "Form Discovery", "Form Submission API" and "Metadata and response"
(docs.getodk.org/openrosa).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import md5
from xml.etree import ElementTree

_FORMS = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"
_RESPONSE = "http://openrosa.org/http/response"


@dataclass(frozen=True)
class ListedForm:
    """One form in the list: addresses are absolute; `manifest_url` is empty where the form asks for no list."""

    form_id: str
    name: str
    version: str
    xform: bytes
    download_url: str
    manifest_url: str = ""


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """Return the list of forms; empty where none is offered."""
    root = ElementTree.Element("xforms", xmlns=_FORMS)
    for form in forms:
        entry = ElementTree.SubElement(root, "xform")
        _add(entry, "formID", form.form_id)
        _add(entry, "name", form.name)
        _add(entry, "version", form.version)
        _add(entry, "hash", protocol_hash(form.xform))
        _add(entry, "downloadUrl", form.download_url)
        if form.manifest_url:
            _add(entry, "manifestUrl", form.manifest_url)
    return _document(root)


def manifest(files: Iterable[tuple[str, bytes, str]]) -> bytes:
    """Return the list of a form's files, each given as name, bytes and absolute address."""
    root = ElementTree.Element("manifest", xmlns=_MANIFEST)
    for name, data, url in files:
        entry = ElementTree.SubElement(root, "mediaFile")
        _add(entry, "filename", name)
        _add(entry, "hash", protocol_hash(data))
        _add(entry, "downloadUrl", url)
    return _document(root)


def response(message: str, *, nature: str) -> bytes:
    """Return the answer to a submission: a sentence for the person, and its nature (`submit_success`, `error`)."""
    root = ElementTree.Element("OpenRosaResponse", xmlns=_RESPONSE, items="0")
    ElementTree.SubElement(root, "message", nature=nature).text = message
    return _document(root)


def protocol_hash(data: bytes) -> str:
    """Return the digest by which a phone sees that a file has changed; the protocol allows only MD5."""
    return f"md5:{md5(data, usedforsecurity=False).hexdigest()}"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _document(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
