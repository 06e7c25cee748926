"""Lists of feeds in OPML 2.0 (http://opml.org/spec2.opml), read and written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from leitstand.connectors.prolog import declares_entities
from leitstand.core.errors import Declined
from leitstand.listening.links import web_address

UNWRITABLE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One feed of the list; `folder` is the nearest outline above it."""

    url: str
    title: str = ""
    folder: str = ""


def read(body: bytes) -> list[Line]:
    """All feeds. Declined: too large, a bomb, or broken, with the line."""
    if len(body) > MOST_BYTES:
        raise Declined(_("This file is too large."))
    if declares_entities(body):
        raise Declined(_("This file declares entities, as attacks do. It is not read."))
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        line = error.position[0] if isinstance(error, ElementTree.ParseError) else 1
        raise Declined(_("This is not a readable OPML file (line %(n)d).") % {"n": line}, str(error)) from error
    lines = list(dict.fromkeys(_lines(root)))
    if not lines:
        raise Declined(_("There are no feeds in this file."))
    return lines


def _lines(root: ElementTree.Element) -> Iterator[Line]:
    """The feeds in the order of the file, however deep its folders are."""
    open_ones = [(node, "") for node in reversed(root)]
    while open_ones:
        node, folder = open_ones.pop()
        if node.tag not in ("body", "outline"):
            continue
        title = node.get("title") or node.get("text") or ""
        if url := web_address(node.get("xmlUrl") or ""):
            yield Line(url[:1000], title[:300], folder[:100])
        open_ones += [(below, folder if url else title) for below in reversed(node)]


def write(title: str, lines: Iterable[Line]) -> bytes:
    """An OPML document with folders."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _writable(title)
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {"": body}
    for line in lines:
        if line.folder not in folders:
            folders[line.folder] = ElementTree.SubElement(body, "outline", text=_writable(line.folder))
        ElementTree.SubElement(
            folders[line.folder], "outline", type="rss", text=_writable(line.title or line.url), xmlUrl=line.url
        )
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _writable(text: str) -> str:
    """Without the characters that no XML document may hold (https://www.w3.org/TR/xml/#charsets)."""
    return UNWRITABLE.sub("", text)
