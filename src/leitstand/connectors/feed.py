"""Feeds as a source: RSS, Atom and JSON Feed. https://www.jsonfeed.org/version/1.1/

Only reading; fetching many of them is the work of the room `listening`. Oddities met in the wild: no id, no
date, dates in the future, relative links, markup in titles, documents that are bombs of entities.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import nh3
import orjson

from leitstand.connectors.errors import Refused
from leitstand.connectors.protocol import Author, Item

NOT_A_FEED = "This is not a feed we can read (RSS, Atom or JSON Feed)."
BOMB = "This feed declares entities, as attacks do. It is not read."
MOST_ITEMS = 500
DECLARES = re.compile(rb"<!(ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
BREAKS = re.compile(r"</?(p|br|div|li|h[1-6])[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read; items newest first, at most 500."""

    title: str
    site_url: str
    language: str
    items: tuple[Item, ...]


def parse(body: bytes, url: str) -> ParsedFeed:
    """The feed in these bytes; `url` makes relative links whole. Raises Refused."""
    if DECLARES.search(body[:20_000]):
        raise Refused(BOMB, f"entity declaration in {url}")
    if body.lstrip()[:1] == b"{":
        return _json_feed(body, url)
    try:
        feed = fastfeedparser.parse(body)
    except (ValueError, AttributeError, KeyError, TypeError, IndexError, LookupError) as error:
        raise Refused(NOT_A_FEED, f"{url}: {error}") from error
    facts = feed.feed
    items = tuple(_item(entry, url) for entry in list(feed.entries)[:MOST_ITEMS])
    return ParsedFeed(
        plain(facts.get("title") or ""),
        urljoin(url, facts.get("link") or ""),
        (facts.get("language") or "")[:5].lower(),
        items,
    )


def _item(entry: Mapping[str, Any], url: str) -> Item:
    link = urljoin(url, entry.get("link") or "")
    html = _body(entry)
    title = plain(entry.get("title") or "")
    at = _when(entry.get("published") or entry.get("updated") or "")
    remote_id = str(entry.get("id") or "") or _digest(link, title, html)
    name = str(entry.get("author") or "")
    return Item(
        remote_id[:500], "article", link, at, plain(html) or title, Author(name, name, name), title=title, html=html
    )


def _body(entry: Mapping[str, Any]) -> str:
    content = entry.get("content") or []
    first = content[0].get("value", "") if content and isinstance(content[0], Mapping) else ""
    return str(first or entry.get("description") or entry.get("summary") or "")


def _json_feed(body: bytes, url: str) -> ParsedFeed:
    try:
        feed = orjson.loads(body)
        entries = feed["items"][:MOST_ITEMS]
        items = tuple(_json_item(entry, url) for entry in entries)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise Refused(NOT_A_FEED, f"{url}: {error}") from error
    return ParsedFeed(
        str(feed.get("title") or ""),
        str(feed.get("home_page_url") or ""),
        str(feed.get("language") or "")[:5].lower(),
        items,
    )


def _json_item(entry: Mapping[str, Any], url: str) -> Item:
    html = str(entry.get("content_html") or entry.get("content_text") or entry.get("summary") or "")
    link, title = urljoin(url, str(entry.get("url") or "")), str(entry.get("title") or "")
    authors = entry.get("authors") or [entry.get("author") or {}]
    name = str(authors[0].get("name") or "")
    remote_id = str(entry.get("id") or "") or _digest(link, title, html)
    at = _when(str(entry.get("date_published") or entry.get("date_modified") or ""))
    return Item(
        remote_id[:500], "article", link, at, plain(html) or title, Author(name, name, name), title=title, html=html
    )


def plain(html: str) -> str:
    """Text without markup; scripts and styles go with their content."""
    return re.sub(r"\n{3,}", "\n\n", unescape(nh3.clean(BREAKS.sub("\n", html), tags=set()))).strip()


def _when(text: str) -> datetime:
    """The date, never in the future; now where there is none."""
    now = datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return now
    return min(at if at.tzinfo else at.replace(tzinfo=UTC), now)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()
