"""Reads a document in one of the three formats into items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

import fastfeedparser
import orjson

from leitstand.connectors.errors import Refused
from leitstand.connectors.feed.items import Read, from_json, from_xml, language_of, plain, whole_link
from leitstand.connectors.feed.letters import in_utf8
from leitstand.connectors.feed.raw import with_raw
from leitstand.connectors.prolog import declares_entities
from leitstand.connectors.protocol import Item

NOT_A_FEED = "This is not a feed we can read (RSS, Atom or JSON Feed)."
BOMB = "This feed declares entities, as attacks do. It is not read."
MOST_ITEMS = 500
HEAD = 20_000
LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*([\w-]{2,10})\s*<", re.IGNORECASE)
HUB = re.compile(
    rb"<(?:\w+:)?link\b(?=[^<>]{0,500}\brel=[\"']hub[\"'])[^<>]{0,500}\bhref=[\"']([^\"'<>]+)", re.IGNORECASE
)
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read; items in its own order, at most 500. hub: where changes are announced (WebSub), or "".

    undated: the numbers of the items without a readable date; they count as written now.
    """

    title: str
    site_url: str
    language: str
    items: tuple[Item, ...]
    hub: str = ""
    undated: frozenset[str] = frozenset()


def parse(body: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """The feed in these bytes; `url` makes relative links whole, `content_type` may tell the charset.

    Raises Refused for what is none.
    """
    is_json = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    try:
        return _json_feed(body, url) if is_json else _xml_feed(in_utf8(body, content_type), url)
    except UNREADABLE as error:
        raise Refused(NOT_A_FEED, f"{url}: {type(error).__name__} {error}"[:300]) from error


def _xml_feed(document: bytes, url: str) -> ParsedFeed:
    if declares_entities(document):
        raise Refused(BOMB, f"entity declaration in {url}")
    feed = fastfeedparser.parse(document, include_tags=False, include_media=False, include_enclosures=False)
    head, entries = document[:HEAD], with_raw(feed.entries, document)
    hub = unescape(_found(HUB, head))
    language = feed.feed.get("language") or _found(LANGUAGE, head)
    return _feed(url, feed.feed.get("title"), feed.feed.get("link"), language, hub, entries, from_xml)


def _found(pattern: re.Pattern[bytes], head: bytes) -> str:
    return next((found.group(1).decode(errors="replace") for found in pattern.finditer(head)), "")


def _json_feed(body: bytes, url: str) -> ParsedFeed:
    feed = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    hub = next((str(hub["url"]) for hub in feed.get("hubs") or [] if hub.get("url")), "")
    site = feed.get("home_page_url")
    return _feed(url, feed.get("title"), site, feed.get("language"), hub, feed["items"], from_json)


def _feed(url: str, title: Any, site: Any, tag: Any, hub: str, entries: Iterable[Any], read: Read) -> ParsedFeed:
    """The feed; its items speak its language where they do not say otherwise."""
    language = language_of(tag)
    dated = [read(entry, url, language) for entry in islice(entries, MOST_ITEMS)]
    return ParsedFeed(
        plain(str(title or "")),
        whole_link(url, str(site or "")),
        language,
        tuple(item for item, _is_dated in dated),
        whole_link(url, hub) if hub else "",
        frozenset(item.remote_id for item, is_dated in dated if not is_dated),
    )
