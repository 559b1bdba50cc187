"""Opening XML that a stranger sent: no document type, no entities, bounded in bytes, depth and number of elements."""

from lxml import etree

from safemonth.lib.refusals import Refused, gettext_noop

# A form of 2,000 questions with 10,000 choices is about 3 MB; answers are far smaller (photos are sent beside them).
MOST_XML_BYTES = 8 * 1024 * 1024
# ODK forms nest groups and repeats; the deepest public ones have about ten levels (XLSForm test suites).
MOST_DEPTH = 60
MOST_ELEMENTS = 200_000
# OWASP, XML External Entity: answers and forms declare no document type, so none is let in. In all encodings
# that every XML reader must know (XML 1.0, 4.3.3); what others declare is found after parsing.
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def open_xml(data: bytes, *, code: str) -> etree._Element:
    """Return the root element of `data`, parsed without network, entities or document type.

    Comments and processing instructions are left out, and text on both sides of one is joined. Raises
    Refused with the caller's `code` where it is not such XML: empty, broken, over MOST_XML_BYTES, deeper than
    MOST_DEPTH, more than MOST_ELEMENTS elements, or with a document type (entities, billion laughs).
    """
    if len(data) > MOST_XML_BYTES:
        raise Refused(
            code,
            gettext_noop("This XML has %(size)s MB; at most %(most)s MB are read."),
            size=len(data) // 2**20,
            most=MOST_XML_BYTES // 2**20,
        )
    if any(word in data for word in _DOCTYPES):
        raise _with_document_type(code)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Refused(
            code, gettext_noop("This is not whole XML: %(error)s"), error=" ".join(str(error).split())[:200]
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_document_type(code)
    _check_size(root, code=code)
    return root


def _check_size(root: etree._Element, *, code: str) -> None:
    depth = elements = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MOST_DEPTH or elements > MOST_ELEMENTS:
            raise Refused(code, gettext_noop("This XML has more levels or more elements than any form of the office."))


def _with_document_type(code: str) -> Refused:
    return Refused(code, gettext_noop("This XML declares a document type or entities; no form of the office does."))


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
