"""GLS's XML, read safely: no document type, hence no entities; wrong encodings and stray signs forgiven."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from passaparola.inbound.source import UnreadableError

LARGEST = 2 * 1024 * 1024
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LONE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")


def parsed(body: bytes) -> Element:
    """Return the root element.

    A document type could declare entities that grow without end or read our files: refused unread.
    """
    if len(body) > LARGEST:
        raise UnreadableError("GLS's answer is too long to be one.")
    xml = _DECLARATION.sub("", _IMPOSSIBLE.sub("", decoded(body)), count=1)
    if re.search(r"<!(doctype|entity)", xml, re.IGNORECASE):
        raise UnreadableError("GLS's answer holds a document type: that is a page or an attack, no tracking.")
    try:
        return fromstring(xml)  # noqa: S314 - without a document type there is nothing to expand
    except ParseError:
        pass
    try:
        return fromstring(_LONE_AMPERSAND.sub("&amp;", xml))  # noqa: S314 - as above
    except ParseError:
        raise UnreadableError("GLS's answer is not XML.") from None


def decoded(body: bytes) -> str:
    """Return the text: UTF-8 where it is valid, else ISO-8859-1 as browsers read it.

    Italian text in ISO-8859-1 is practically never valid UTF-8, while declarations are often wrong.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def name(element: Element) -> str:
    """Return the tag in lower case without a namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def inside(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names, at any depth, in order."""
    return (found for found in element.iter() if name(found) in names)


def holds(element: Element, *names: str) -> bool:
    """Tell whether such an element is inside. (An element itself is false when it has no children.)"""
    return next(inside(element, *names), None) is not None


def said(element: Element, *names: str) -> str:
    """Return the text of the first such element at any depth that has one."""
    texts = (" ".join((found.text or "").split()) for found in inside(element, *names))
    return next((text for text in texts if text), "")


def groups(tracking: Element) -> Iterator[dict[str, str]]:
    """Yield the rows of a `<TRACKING>`: its children repeat flat, a new row beginning when a name returns."""
    row: dict[str, str] = {}
    for child in tracking:
        if name(child) in row:
            yield row
            row = {}
        row[name(child)] = " ".join((child.text or "").split())
    if row:
        yield row
