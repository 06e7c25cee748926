"""What stands in the entries of an XML feed, as it is written: their dates, and titles in XHTML.

The parser of feeds reads dates month first, takes an entry's number for its date, and leaves such titles out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from lxml import etree

from leitstand.connectors.feed.letters import CDATA, COMMENT

# The surest first. Some write them in small letters.
DATES = ("pubdate", "published", "issued", "date", "updated", "modified", "lastbuilddate")
ENTRIES = {"item", "entry"}
AROUND = {"channel", "feed", "rdf"}
NESTED = tuple(f"{{*}}{name}" for name in ENTRIES)
WANTED = tuple(f"{{*}}{name}" for name in (*ENTRIES, "pubDate", "lastBuildDate", *DATES))
TITLE = "{http://www.w3.org/2005/Atom}title"
# A long one holds no date, and takes most of the time of parsing.
QUOTED = re.compile(COMMENT + b"|" + CDATA)
LONG = 200
# Where the document begins behind what is none: empty lines, warnings of a server.
BEGIN = re.compile(rb"<(\?xml|rss|feed|rdf:rdf)\b", re.IGNORECASE)
PARSER = etree.XMLParser(
    recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
)


def with_raw(entries: Sequence[Mapping[str, Any]], document: bytes) -> list[Mapping[str, Any]]:
    """The entries with `dates` as they are written, by DATES, and with all titles.

    Of a document so damaged that it shows us other entries than the parser of feeds, its dates are taken.
    """
    found = _raw(document)
    direct = [raw for raw, is_direct in found if is_direct]
    for raw in (direct, [raw for raw, _is_direct in found]):
        if len(raw) == len(entries):
            return [{**entry, **more} for entry, more in zip(entries, raw, strict=True)]
    return [{**entry, "dates": _dates_of_the_parser(entry)} for entry in entries]


def _dates_of_the_parser(entry: Mapping[str, Any]) -> dict[str, str]:
    """None that may have been made of the entry's number: of a link it makes none."""
    is_link = str(entry.get("id") or "").startswith(("https://", "http://"))
    names = ("published", "updated") if is_link else ("updated",)
    return {name: str(entry.get(name) or "") for name in names}


def _raw(document: bytes) -> list[tuple[dict[str, Any], bool]]:
    """What stands in each entry, and whether it lies where entries do; what lies in an entry is none."""
    found: list[tuple[dict[str, Any], bool]] = []
    entry = None
    for element in _elements(document):
        name, parent = _name(element), element.getparent()
        if name not in ENTRIES:
            if entry is not None and parent is entry:
                _add(found[-1][0], name, element)
        elif next(element.iterancestors(*NESTED), None) is None:
            entry = element
            found.append(({"dates": {}}, parent is not None and _name(parent) in AROUND))
    return found


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _elements(document: bytes) -> Any:
    begin = BEGIN.search(document, 0, 8192)
    short = QUOTED.sub(_unless_long, document[begin.start() :] if begin else document)
    try:
        root = etree.fromstring(short, PARSER)
    except etree.XMLSyntaxError:
        return ()
    return () if root is None else root.iter(*WANTED, TITLE)


def _unless_long(quoted: re.Match[bytes]) -> bytes:
    return quoted[0] if len(quoted[0]) < LONG else b""


def _add(raw: dict[str, Any], name: str, element: Any) -> None:
    if name != "title":
        raw["dates"].setdefault(name, element.text or "")
    elif element.get("type") == "xhtml":
        raw["title"] = escape("".join(element.itertext()))
