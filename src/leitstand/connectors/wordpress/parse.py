"""Makes what WordPress takes and reads what it answers. Nothing here calls anything."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

import httpx
import nh3

from leitstand.connectors.bookmark import Note
from leitstand.connectors.errors import Refused
from leitstand.connectors.http import each
from leitstand.connectors.protocol import Author, Content, Item, Published
from leitstand.connectors.text import URL

REL = "https://api.w.org/"
ELEMENT = re.compile(r"<link\b(?=[^>]*\brel=[\"']https://api\.w\.org/[\"'])[^>]*\bhref=[\"']([^\"']+)", re.IGNORECASE)
COMMENT = "comment-"
NO_SITE = "This does not look like a WordPress site: it announces no REST API."
Json = dict[str, Any]


def door(page: httpx.Response) -> str:
    """The address of the REST API, as the site announces it in a header or in the page. Raises Refused.

    A page that came by https has a door by https.
    """
    announced = [link["url"] for link in page.links.values() if link.get("rel") == REL]
    announced += [unescape(found) for found in ELEMENT.findall(page.text[:200_000])]
    if not announced:
        raise Refused(NO_SITE, f"no {REL} link at {page.url.host}")
    return _private(httpx.URL(urljoin(str(page.url), announced[0])), page.url)


def _private(door: httpx.URL, page: httpx.URL) -> str:
    """Behind a proxy a site may not know that it is reached by https, and announce http: no password goes out so."""
    if (page.scheme, door.scheme) == ("https", "http"):
        door = door.copy_with(scheme="https", port=page.port if door.host == page.host else None)
    return str(door)


def route(base: str, path: str, query: Mapping[str, str]) -> str:
    """The address of a route below the door, whether the site has pretty addresses or not."""
    url = httpx.URL(base)
    if plain := url.params.get("rest_route"):
        return str(url.copy_merge_params({"rest_route": plain.rstrip("/") + path, **query}))
    return str(url.copy_with(path=url.path.rstrip("/") + path).copy_merge_params(query))


def slug(content: Content, key: str) -> str:
    """The words of the title and a mark made of our key, by which the post is found again."""
    letters = unicodedata.normalize("NFKD", title_of(content).lower().replace("ß", "ss"))
    words = re.findall(r"[a-z0-9]+", re.sub(r"\u0308", "e", letters).encode("ascii", "ignore").decode())
    mark = hashlib.sha256(key.encode()).hexdigest()[:12]
    return "-".join([*words[:8], mark])


def title_of(content: Content) -> str:
    return content.title or content.text.strip().split("\n")[0][:80]


def body(content: Content, media: list[Json]) -> Json:
    """Title and HTML; the images stand below the text."""
    figures = [f'<figure><img src="{escape(one["url"])}" alt="{escape(one["alt"])}"></figure>' for one in media]
    made: Json = {"title": title_of(content), "content": "\n".join([html_of(content.text), *figures])}
    return made | ({"featured_media": media[0]["id"]} if media else {})


def html_of(text: str) -> str:
    """Paragraphs and links of a plain text, safely."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "\n".join(f"<p>{_linked(part)}</p>" for part in paragraphs)


def _linked(part: str) -> str:
    out, begin = [], 0
    for found in URL.finditer(part):
        out += [escape(part[begin : found.start()]), f'<a href="{escape(found.group())}">{escape(found.group())}</a>']
        begin = found.end()
    return "".join([*out, escape(part[begin:])]).replace("\n", "<br>")


def published(post: Mapping[str, Any]) -> Published:
    return Published(str(post["id"]), post["link"], when(post["date_gmt"]))


def answered(comment: Mapping[str, Any]) -> Published:
    return Published(f"{COMMENT}{comment['id']}", comment["link"], when(comment["date_gmt"]))


def notes(found: list[Json], ours: str) -> list[Note]:
    """Comments with their time and number; those of our own user are no items."""
    return list(each(found, lambda one: Note(when(one["date_gmt"]), str(int(one["id"])), _of_others(one, ours))))


def _of_others(comment: Mapping[str, Any], ours: str) -> Item | None:
    return None if str(comment["author"]) == ours else item(comment)


def item(comment: Mapping[str, Any]) -> Item:
    """One comment. What it answers is its parent comment, or else the post."""
    name, html, root = comment["author_name"], comment["content"]["rendered"], str(comment["post"])
    return Item(
        remote_id=f"{COMMENT}{comment['id']}",
        kind="reply",
        url=comment["link"],
        at=when(comment["date_gmt"]),
        text=unescape(nh3.clean(html.replace("<br />", "\n"), tags=set())).strip(),
        author=Author(str(comment["author"] or name), name, name, comment.get("author_url") or ""),
        html=html,
        in_reply_to=f"{COMMENT}{comment['parent']}" if comment["parent"] else root,
        thread_root=root,
    )


def when(text: str) -> datetime:
    """WordPress writes UTC without a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
