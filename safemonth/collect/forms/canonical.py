"""When two posts hold the same answers: the one way in which XML is written before it is compared. Plain Python.

Source: Exclusive XML Canonicalization 1.0 (W3C Recommendation, 2002), with prefixes given by the order of the
namespaces' names, and white space between elements dropped, since programs differ only in how they indent.
"""

import re
from collections.abc import Mapping

from lxml import etree

from safemonth.collect.forms.xml import open_xml

_XML = "http://www.w3.org/XML/1998/namespace"  # its prefix is fixed (Namespaces in XML 1.0, 3)
_PLAIN_NAME = re.compile(r"(?!urn:hex:)[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9/._~#-]+")


def canonical(xml: bytes) -> bytes:
    """Return the same UTF-8 bytes for the same content, and other bytes for any other content.

    What does not matter: encoding and byte-order mark, XML declaration, comments, processing instructions,
    kind of quotes, order of attributes, prefixes and unused namespaces, `<a/>` or `<a></a>`, CDATA or escapes, line
    ends (XML 1.0, 2.11), and white space between elements. What does: names, namespaces, attributes, the
    order of elements, and the text of an element without children, to the last space. Raises Refused
    `not_answers` (`xml.open_xml`).
    """
    root = open_xml(xml, code="not_answers")
    used = {etree.QName(_named(name)).namespace for each in root.iter() for name in (each.tag, *each.attrib)}
    prefixes = {f"n{number}": name for number, name in enumerate(sorted(filter(None, used - {_XML})))}
    return etree.tostring(_copy(root, None, prefixes), method="c14n", exclusive=True)


def _copy(element: etree._Element, parent: etree._Element | None, prefixes: Mapping[str, str]) -> etree._Element:
    """Return a copy of an element and all in it, with these prefixes and without what only lays it out."""
    tag = _named(element.tag)
    copy = etree.Element(tag, nsmap=prefixes) if parent is None else etree.SubElement(parent, tag)
    for name, value in element.attrib.items():
        copy.set(_named(name), value)
    copy.text = None if len(element) and _is_blank(element.text) else element.text
    copy.tail = None if parent is None or _is_blank(element.tail) else element.tail
    for child in element:
        _copy(child, copy, prefixes)
    return copy


def _named(name: str | bytes) -> str:
    """Return a name as `{namespace}local`, with a namespace that is no absolute URI (which C14N refuses) made one."""
    name = str(name)
    if not name.startswith("{"):
        return name
    namespace, _, local = name[1:].rpartition("}")
    return name if _PLAIN_NAME.fullmatch(namespace) else f"{{urn:hex:{namespace.encode().hex()}}}{local}"


def _is_blank(text: str | None) -> bool:
    # XML's own white space (XML 1.0, 2.3) and no more: a full-width space is a value.
    return text is not None and not text.strip(" \t\r\n")
