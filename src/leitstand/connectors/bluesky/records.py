"""Makes the records of posts and reads what comes back. Nothing here calls anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import regex

from leitstand.connectors.bluesky import keys
from leitstand.connectors.protocol import Author, Content, Image, Item
from leitstand.connectors.text import GRAPHEME, URL

POST = "app.bsky.feed.post"
APP = "https://bsky.app/profile"
# As Bluesky's own client finds them: up to white space or what is hidden, not of digits and punctuation alone, without
# the punctuation at the end: https://github.com/bluesky-social/atproto/blob/main/packages/api/src/rich-text/util.ts
HIDDEN = r"\u00AD\u2060\u200A\u200B\u200C\u200D\u20E2"
TAG = regex.compile(rf"(?<=^|\s)[#＃](?!\uFE0F)([^\s{HIDDEN}]*[^0-9\s\p{{P}}{HIDDEN}][^\s{HIDDEN}]*)")
TAG_END = regex.compile(r"\p{P}+$")
# lexicon app.bsky.richtext.facet#tag
TAG_GRAPHEMES, TAG_BYTES = 64, 640
LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
# https://atproto.com/specs/handle
MENTION = regex.compile(rf"(?<=^|[\s(])@((?:{LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?)")

Json = dict[str, Any]


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
    found += [(span, {"$type": _kind("tag"), "tag": tag}) for span, tag in _tags(text)]
    for one in MENTION.finditer(text):
        if did := dids.get(one.group(1).lower()):
            found.append((one.span(), {"$type": _kind("mention"), "did": did}))
    return [{"index": _bytes_at(text, *span), "features": [what]} for span, what in sorted(found, key=lambda f: f[0])]


def _tags(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Hashtags and where they stand; longer ones than the network takes stay plain text."""
    for one in TAG.finditer(text):
        tag = TAG_END.sub("", one.group(1))
        if len(GRAPHEME.findall(tag)) <= TAG_GRAPHEMES and len(tag.encode()) <= TAG_BYTES:
            yield (one.start(), one.start(1) + len(tag)), tag


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


def address_in_app(did: str, uri: str) -> str:
    """By the identity of the account: names change (https://github.com/bluesky-social/social-app/issues/1221)."""
    return f"{APP}/{did}/post/{keys.key_of(uri)}"


def item(note: Mapping[str, Any]) -> Item:
    """A notification of the kinds reply, mention and quote (lexicon app.bsky.notification.listNotifications)."""
    heard = said(str(note["uri"]), note["record"], author(note["author"]), when(note["indexedAt"]))
    return replace(heard, kind="reply" if note["reason"] == "reply" else "mention")


def said(uri: str, record: Mapping[str, Any], who: Author, at: datetime) -> Item:
    """A post as something this account says (lexicon app.bsky.feed.post)."""
    reply = record.get("reply") or {}
    return Item(
        remote_id=uri,
        kind="reply" if reply else "mention",
        url=address_in_app(who.remote_id, uri),
        at=at,
        text=record.get("text", ""),
        author=who,
        language=next(iter(record.get("langs") or []), ""),
        in_reply_to=reply.get("parent", {}).get("uri", ""),
        thread_root=reply.get("root", {}).get("uri", ""),
    )


def own(record: Mapping[str, Any], us: Author) -> Item:
    """A record of our own repository; its time is the one its app told."""
    return said(str(record["uri"]), record["value"], us, when(record["value"]["createdAt"]))


def author(who: Mapping[str, Any]) -> Author:
    did, handle = str(who["did"]), str(who["handle"])
    return Author(did, handle, who.get("displayName") or handle, f"{APP}/{did}", who.get("avatar") or "")


def when(text: str) -> datetime:
    """ISO 8601; a zone is demanded by https://atproto.com/specs/lexicon#datetime, others count as UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
