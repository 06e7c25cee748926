"""Makes the records of posts and reads what comes back. Nothing here calls anything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import regex

from leitstand.connectors.protocol import Author, Content, Image, Item
from leitstand.connectors.text import URL

POST = "app.bsky.feed.post"
APP = "https://bsky.app/profile"
TAG = regex.compile(r"(?<=^|[\s(])#(\p{L}[\p{L}\p{N}_]*)")
LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
# https://atproto.com/specs/handle
MENTION = regex.compile(rf"(?<=^|[\s(])@((?:{LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?)")
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
# Made-up times lie in these four years: never in the future, where a list of records would show them first for ever.
FROM, YEARS = int(datetime(2019, 1, 1, tzinfo=UTC).timestamp() * 1_000_000), 4 * 365 * 86_400 * 1_000_000

Json = dict[str, Any]


def record_key(key: str) -> str:
    """A valid TID made of our key, always the same one: 53 bits of a time, 10 bits of a clock, in base 32."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest())
    number = (FROM + digest % YEARS) << 10 | (digest // YEARS) % 1024
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(12, -1, -1))


def post(content: Content, made_at: datetime, dids: Mapping[str, str]) -> Json:
    """The record of a post without images; `dids` are the accounts behind the handles in the text."""
    stamp = made_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    facts = {"$type": POST, "text": content.text, "createdAt": stamp, "facets": facets(content.text, dids)}
    return facts | ({"langs": [content.language]} if content.language else {})


def handles_in(text: str) -> set[str]:
    """The handles a text mentions, in lower case."""
    return {found.group(1).lower() for found in MENTION.finditer(text)}


def facets(text: str, dids: Mapping[str, str]) -> list[Json]:
    """Links, hashtags and known mentions, with offsets in bytes."""
    found = [(one.span(), {"$type": _kind("link"), "uri": one.group()}) for one in URL.finditer(text)]
    found += [(one.span(), {"$type": _kind("tag"), "tag": one.group(1)}) for one in TAG.finditer(text)]
    for one in MENTION.finditer(text):
        if did := dids.get(one.group(1).lower()):
            found.append((one.span(), {"$type": _kind("mention"), "did": did}))
    return [{"index": _bytes_at(text, *span), "features": [what]} for span, what in sorted(found, key=lambda f: f[0])]


def _kind(name: str) -> str:
    return f"app.bsky.richtext.facet#{name}"


def _bytes_at(text: str, start: int, end: int) -> dict[str, int]:
    return {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}


def gallery(images: list[tuple[Image, Json]]) -> Json:
    """The embed of uploaded images; the proportion is told where it is known."""
    return {"$type": "app.bsky.embed.images", "images": [_shown(image, blob) for image, blob in images]}


def _shown(image: Image, blob: Json) -> Json:
    ratio = {"aspectRatio": {"width": image.width, "height": image.height}} if image.width and image.height else {}
    return {"alt": image.alt, "image": blob, **ratio}


def link(record: Mapping[str, Any]) -> dict[str, str]:
    """What a reply refers to (lexicon com.atproto.repo.strongRef)."""
    return {"uri": record["uri"], "cid": record["cid"]}


def reply_to(parent: Mapping[str, Any]) -> Json:
    """Root and parent of an answer (https://docs.bsky.app/docs/advanced-guides/posts#replies)."""
    above = parent["value"].get("reply") or {}
    return {"root": above.get("root") or link(parent), "parent": link(parent)}


def key_of(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]


def address_in_app(handle: str, uri: str) -> str:
    return f"{APP}/{handle}/post/{key_of(uri)}"


def item(note: Mapping[str, Any]) -> Item:
    """A notification of the kinds reply, mention and quote (lexicon app.bsky.notification.listNotifications)."""
    record, uri = note["record"], str(note["uri"])
    reply = record.get("reply") or {}
    return Item(
        remote_id=uri,
        kind="reply" if note["reason"] == "reply" else "mention",
        url=address_in_app(note["author"]["handle"], uri),
        at=when(note["indexedAt"]),
        text=record.get("text", ""),
        author=author(note["author"]),
        language=next(iter(record.get("langs") or []), ""),
        in_reply_to=reply.get("parent", {}).get("uri", ""),
        thread_root=reply.get("root", {}).get("uri", ""),
    )


def author(who: Mapping[str, Any]) -> Author:
    handle = who["handle"]
    return Author(who["did"], handle, who.get("displayName") or handle, f"{APP}/{handle}", who.get("avatar") or "")


def when(text: str) -> datetime:
    """ISO 8601; a zone is demanded by https://atproto.com/specs/lexicon#datetime, others count as UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
