"""One entry of a feed as an item: its date, its language, its link and its text without markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import urljoin

import nh3

from leitstand.connectors.feed.dates import first_moment
from leitstand.connectors.feed.raw import DATES
from leitstand.connectors.protocol import Author, Item

BREAKS = re.compile(r"</?(p|br|div|li|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
MARKUP = re.compile(r"[<&\r]")
WHOLE = re.compile(r"https?://[\w.-]+(:\d+)?(/[^\s?#;\[\]]*)?", re.ASCII)
SPOKEN = re.compile(r"[a-z]{2}(-[a-z]{2})?\b|[a-z]{3}\b")

# Reads an entry of a feed at an address, in a language unless it says otherwise; and whether its date can be read.
Read = Callable[[Mapping[str, Any], str, str], tuple[Item, bool]]


def from_xml(entry: Mapping[str, Any], url: str, language: str) -> tuple[Item, bool]:
    """An entry of RSS or Atom, with its dates as they are written (`raw`)."""
    written = entry.get("dates") or {}
    dates = (written.get(name, "") for name in DATES)
    return _item(url, entry, _body(entry), entry.get("link"), str(entry.get("author") or ""), dates, language)


def _body(entry: Mapping[str, Any]) -> str:
    content = entry.get("content") or []
    first = content[0].get("value", "") if content and isinstance(content[0], Mapping) else ""
    return str(first or entry.get("description") or entry.get("summary") or "")


def from_json(entry: Mapping[str, Any], url: str, language: str) -> tuple[Item, bool]:
    """An entry of a JSON Feed."""
    html = str(entry.get("content_html") or entry.get("content_text") or entry.get("summary") or "")
    authors = entry.get("authors") or [entry.get("author") or {}]
    dates = (str(entry.get(name) or "") for name in ("date_published", "date_modified"))
    return _item(url, entry, html, entry.get("url"), str(authors[0].get("name") or ""), dates, language)


def _item(
    url: str, entry: Mapping[str, Any], html: str, link: Any, author: str, dates: Iterable[str], language: str
) -> tuple[Item, bool]:
    whole = whole_link(url, str(link)) if link else ""
    title = plain(str(entry.get("title") or ""))
    remote_id = str(entry.get("id") or "")[:500] or sha256("\x00".join((whole, title, html)).encode()).hexdigest()
    who, text, spoken = Author(author, author, author), plain(html) or title, language_of(entry.get("language"))
    now, date = datetime.now(UTC), first_moment(dates)
    at, language = min(date or now, now), spoken or language
    item = Item(remote_id, "article", whole, at, text, who, title=title, html=html, language=language)
    return item, date is not None


def whole_link(base: str, link: str) -> str:
    """The link with its host; empty when it is none: a feed may write anything. Most have it: joining is slow."""
    try:
        return link if WHOLE.fullmatch(link) else urljoin(base, link)
    except ValueError:
        return ""


def language_of(tag: Any) -> str:
    """The language, with the country where one stands beside it: "de", "de-at" (RFC 5646)."""
    found = SPOKEN.match(str(tag or "").lower())
    return found.group() if found else ""


def plain(html: str) -> str:
    """Text without markup; scripts and styles go with their content. Most titles have none, and cleaning is slow."""
    text = unescape(nh3.clean(BREAKS.sub("\n", html), tags=set())) if MARKUP.search(html) else html
    return re.sub(r"\n{3,}", "\n\n", text).strip()
