"""Feeds as a source: RSS, Atom and JSON Feed.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287, https://www.jsonfeed.org/version/1.1/

Only reading; fetching many of them is the work of the room `listening`. Oddities met in the wild: no id, no
date, dates in the future, relative links, markup in titles, documents that are bombs of entities. The parser
reads neither the language of RSS nor the address of the hub: both are taken from the head of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import nh3
import orjson

from leitstand.connectors.errors import Refused
from leitstand.connectors.prolog import declares_entities
from leitstand.connectors.protocol import Author, ConnectField, Item, Network, TextRules

network = Network(
    "feed",
    "Feed (RSS, Atom, JSON Feed)",
    TextRules(0),
    fields=(ConnectField("url", "Address", "Of the feed, or of the page that announces it.", kind="url"),),
    docs_url="https://www.rssboard.org/rss-specification",
    icon="rss",
    colour="#f26522",
)
NOT_A_FEED = "This is not a feed we can read (RSS, Atom or JSON Feed)."
BOMB = "This feed declares entities, as attacks do. It is not read."
MOST_ITEMS = 500
HEAD = 20_000
LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*([\w-]{2,10})\s*<", re.IGNORECASE)
HUB = re.compile(
    rb"<(?:\w+:)?link\b(?=[^<>]{0,500}\brel=[\"']hub[\"'])[^<>]{0,500}\bhref=[\"']([^\"'<>]+)", re.IGNORECASE
)
BREAKS = re.compile(r"</?(p|br|div|li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
SPOKEN = re.compile(r"[a-z]{2}(-[a-z]{2})?\b|[a-z]{3}\b")
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read; items in its own order, at most 500. hub: where changes are announced (WebSub), or ""."""

    title: str
    site_url: str
    language: str
    items: tuple[Item, ...]
    hub: str = ""


def parse(body: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """The feed in these bytes; `url` makes relative links whole. Raises Refused for what is none."""
    is_json = "json" in content_type or body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    try:
        return _json_feed(body, url) if is_json else _xml_feed(body, url)
    except UNREADABLE as error:
        raise Refused(NOT_A_FEED, f"{url}: {type(error).__name__} {error}"[:300]) from error


def _xml_feed(body: bytes, url: str) -> ParsedFeed:
    if declares_entities(body):
        raise Refused(BOMB, f"entity declaration in {url}")
    feed, head = fastfeedparser.parse(body), body[:HEAD]
    return ParsedFeed(
        plain(feed.feed.get("title") or ""),
        urljoin(url, feed.feed.get("link") or ""),
        _language(feed.feed.get("language") or _found(LANGUAGE, head)),
        _items(feed.entries, url, _xml_item),
        urljoin(url, unescape(_found(HUB, head))) if HUB.search(head) else "",
    )


def _found(pattern: re.Pattern[bytes], head: bytes) -> str:
    return next((found.group(1).decode(errors="replace") for found in pattern.finditer(head)), "")


def _items(entries: Any, url: str, read: Callable[[Mapping[str, Any], str], Item]) -> tuple[Item, ...]:
    return tuple(read(entry, url) for entry in list(entries)[:MOST_ITEMS])


def _xml_item(entry: Mapping[str, Any], url: str) -> Item:
    html = _body(entry)
    date = str(entry.get("published") or entry.get("updated") or "")
    return _item(url, entry, html, entry.get("link"), str(entry.get("author") or ""), date)


def _body(entry: Mapping[str, Any]) -> str:
    content = entry.get("content") or []
    first = content[0].get("value", "") if content and isinstance(content[0], Mapping) else ""
    return str(first or entry.get("description") or entry.get("summary") or "")


def _json_feed(body: bytes, url: str) -> ParsedFeed:
    feed = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    hub = next((str(hub["url"]) for hub in feed.get("hubs") or [] if hub.get("url")), "")
    return ParsedFeed(
        plain(str(feed.get("title") or "")),
        urljoin(url, str(feed.get("home_page_url") or "")),
        _language(feed.get("language")),
        _items(feed["items"], url, _json_item),
        urljoin(url, hub) if hub else "",
    )


def _json_item(entry: Mapping[str, Any], url: str) -> Item:
    html = str(entry.get("content_html") or entry.get("content_text") or entry.get("summary") or "")
    authors = entry.get("authors") or [entry.get("author") or {}]
    date = str(entry.get("date_published") or entry.get("date_modified") or "")
    return _item(url, entry, html, entry.get("url"), str(authors[0].get("name") or ""), date)


def _item(url: str, entry: Mapping[str, Any], html: str, link: Any, author: str, date: str) -> Item:
    whole = urljoin(url, str(link)) if link else ""
    title = plain(str(entry.get("title") or ""))
    remote_id = str(entry.get("id") or "")[:500] or sha256("\x00".join((whole, title, html)).encode()).hexdigest()
    who, text, spoken = Author(author, author, author), plain(html) or title, _language(entry.get("language"))
    return Item(remote_id, "article", whole, _when(date), text, who, title=title, html=html, language=spoken)


def _language(tag: Any) -> str:
    """The language, with the country where one stands beside it: "de", "de-at" (RFC 5646)."""
    found = SPOKEN.match(str(tag or "").lower())
    return found.group() if found else ""


def plain(html: str) -> str:
    """Text without markup; scripts and styles go with their content."""
    return re.sub(r"\n{3,}", "\n\n", unescape(nh3.clean(BREAKS.sub("\n", html), tags=set()))).strip()


def _when(text: str) -> datetime:
    """The date, never in the future; now where there is none that can be."""
    now = datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
        return min(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC), now)
    except (ValueError, OverflowError):
        return now
