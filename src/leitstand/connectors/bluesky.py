"""Bluesky (AT Protocol). https://docs.bsky.app/docs/advanced-guides/posts

Oddities:
- Records are made under a key we choose: derived from our own key it makes a repeated sending harmless, and
  `getRecord` tells whether it happened (https://atproto.com/specs/record-key, TID: https://atproto.com/specs/tid).
- Links, mentions and hashtags are facets with offsets in UTF-8 bytes (https://docs.bsky.app/docs/advanced-guides/post-richtext).
- Limits: 300 graphemes and 3,000 bytes; images at most 1,000,000 bytes (lexicon app.bsky.embed.images).
- Access tokens live for two hours and are renewed with the refresh token; a bare PDS has no appview, so what
  needs one (notifications, counts) is empty there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import regex

from leitstand.connectors.errors import NotAllowed, Refused
from leitstand.connectors.http import answer_of, ask
from leitstand.connectors.protocol import (
    Account,
    Author,
    Connected,
    ConnectField,
    Content,
    Figures,
    Image,
    Item,
    MediaRules,
    Network,
    Page,
    Published,
    TextRules,
)
from leitstand.connectors.text import URL

POST = "app.bsky.feed.post"
TAG = regex.compile(r"(?<=^|\s)#(\p{L}[\p{L}\p{N}_]*)")
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"

network = Network(
    "bluesky",
    "Bluesky",
    TextRules(300, "graphemes", bytes_limit=3000),
    MediaRules(4, 1_000_000, 2000, ("image/jpeg", "image/png", "image/webp"), alt_limit=2000),
    fields=(
        ConnectField("handle", "Handle", "Your name on the network.", kind="handle", placeholder="you.bsky.social"),
        ConnectField(
            "password",
            "App password",
            "From Settings, Privacy and security, App passwords.",
            secret=True,
            kind="password",
        ),
        ConnectField(
            "server",
            "Server",
            "Leave it as it is unless you run your own server.",
            kind="url",
            placeholder="https://bsky.social",
            required=False,
        ),
    ),
    docs_url="https://docs.bsky.app/",
    guide=(
        "Open Settings, Privacy and security, App passwords.",
        "Add an app password named Leitstand and copy it. Your main password is never needed.",
    ),
    icon="brand-bluesky",
    colour="#0085ff",
    repeats_safely=True,
    settles_in=60,
    threads=True,
    language_tag=True,
)


class Bluesky:
    """Speaks for one account."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        server = (answers.get("server") or "https://bsky.social").strip().rstrip("/")
        handle, password = answers["handle"].strip().lstrip("@"), answers["password"].strip()
        draft = cls(wire, Account(server, handle, {"handle": handle, "password": password}))
        return draft.check()

    def check(self) -> Connected:
        session = self._sign_in()
        handle = session["handle"]
        account = Account(self.account.address, handle, self.account.secrets, session["did"])
        return Connected(
            account, handle, f"https://bsky.app/profile/{handle}", followers=self._followers(session["did"])
        )

    def _followers(self, did: str) -> int | None:
        """Only an appview knows; None from a bare server."""
        try:
            count: int | None = self._get("app.bsky.actor.getProfile", actor=did).get("followersCount")
        except Refused:
            return None
        return count

    def refresh(self) -> Account:
        """A fresh session from the app password (Account as it is now, tokens renewed)."""
        self._sign_in()
        return self.account

    def _sign_in(self) -> dict[str, Any]:
        body = {
            "identifier": self.account.secrets.get("handle", self.account.handle),
            "password": self.account.secrets.get("password", ""),
        }
        try:
            answer = answer_of(
                ask(self.wire, "POST", self._url("com.atproto.server.createSession"), json=body, changes=False)
            )
        except Refused as refused:
            raise NotAllowed("The network does not accept this name and app password.", refused.detail) from refused
        session: dict[str, Any] = answer
        secrets = {**self.account.secrets, "access": session["accessJwt"]}
        self.account = Account(self.account.address, session["handle"], secrets, session["did"])
        return session

    def publish(self, content: Content, key: str) -> Published:
        embed = (
            {"embed": _gallery([(image, self._upload(image)) for image in content.images])} if content.images else {}
        )
        reply = {"reply": self._reply_to(content.in_reply_to)} if content.in_reply_to else {}
        first = self._create(content.text, content.language, record_key(key), embed | reply)
        parts: list[dict[str, Any]] = []
        for number, text in enumerate(content.thread, 1):
            link = {"reply": {"root": _link(first), "parent": _link(parts[-1] if parts else first)}}
            parts.append(self._create(text, content.language, record_key(f"{key}-{number}"), link))
        return self._proof(first, tuple(part["uri"] for part in parts))

    def _create(self, text: str, language: str, rkey: str, more: Mapping[str, Any]) -> dict[str, Any]:
        record = {"$type": POST, "text": text, "createdAt": _now(), "langs": [language], "facets": facets(text), **more}
        body = {"repo": self._did(), "collection": POST, "rkey": rkey, "record": record}
        made: dict[str, Any] = self._call("com.atproto.repo.putRecord", body)
        return made

    def _upload(self, image: Image) -> dict[str, Any]:
        made = self._authorized(
            "POST",
            "com.atproto.repo.uploadBlob",
            content=image.data,
            headers={"Content-Type": image.mime},
            changes=False,
        )
        blob: dict[str, Any] = answer_of(made)["blob"]
        return blob

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        """The record under the key we would have used."""
        try:
            found = self._get("com.atproto.repo.getRecord", repo=self._did(), collection=POST, rkey=record_key(key))
        except Refused:
            return None
        return self._proof(found)

    def delete(self, remote_id: str) -> None:
        """Deleting what is gone succeeds, as the protocol says."""
        self._call(
            "com.atproto.repo.deleteRecord",
            {"repo": self._did(), "collection": POST, "rkey": remote_id.rsplit("/", 1)[-1]},
        )

    def reply(self, to: str, content: Content, key: str) -> Published:
        return self.publish(Content(content.text, language=content.language, in_reply_to=to), key)

    def _reply_to(self, uri: str) -> dict[str, Any]:
        """Root and parent of an answer (https://docs.bsky.app/docs/advanced-guides/posts#replies)."""
        repo, _collection, rkey = uri.removeprefix("at://").split("/")
        parent = self._get("com.atproto.repo.getRecord", repo=repo, collection=POST, rkey=rkey)
        root = parent["value"].get("reply", {}).get("root") or _link(parent)
        return {"root": root, "parent": _link(parent)}

    def listen(self, cursor: str | None) -> Page:
        """Replies, mentions and quotes newer than the cursor (the time of the newest one seen)."""
        try:
            found = self._get("app.bsky.notification.listNotifications", limit="50")["notifications"]
        except Refused:
            return Page((), cursor)
        wanted = [
            note
            for note in found
            if note["reason"] in ("reply", "mention", "quote") and note["indexedAt"] > (cursor or "")
        ]
        items = tuple(parse(note) for note in sorted(wanted, key=lambda note: str(note["indexedAt"])))
        return Page(items, max([cursor or "", *(note["indexedAt"] for note in found)]) or None)

    def measure(self, remote_id: str) -> Figures:
        try:
            posts = self._get("app.bsky.feed.getPosts", uris=remote_id)["posts"]
        except Refused:
            return Figures()
        counts = posts[0] if posts else {}
        return Figures(counts.get("likeCount"), counts.get("repostCount"), counts.get("replyCount"))

    def measure_account(self) -> Figures:
        return Figures(followers=self._followers(self._did()))

    def _proof(self, made: Mapping[str, Any], parts: tuple[str, ...] = ()) -> Published:
        rkey = str(made["uri"]).rsplit("/", 1)[-1]
        return Published(
            made["uri"], f"https://bsky.app/profile/{self.account.handle}/post/{rkey}", datetime.now(UTC), parts
        )

    def _did(self) -> str:
        return self.account.remote_id or str(self._sign_in()["did"])

    def _get(self, name: str, **query: str) -> Any:
        return answer_of(self._authorized("GET", name, params=query))

    def _call(self, name: str, body: Mapping[str, Any]) -> Any:
        return answer_of(self._authorized("POST", name, json=body))

    def _authorized(
        self, method: str, name: str, headers: Mapping[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        """With a session; an expired one (400 ExpiredToken or 401) is renewed once. Nothing was done then."""
        if not self.account.secrets.get("access"):
            self._sign_in()
        try:
            return self._send(method, name, headers, options)
        except (NotAllowed, Refused) as error:
            if isinstance(error, Refused) and "expired" not in error.detail.lower():
                raise
        self._sign_in()
        return self._send(method, name, headers, options)

    def _send(
        self, method: str, name: str, headers: Mapping[str, str] | None, options: Mapping[str, Any]
    ) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.account.secrets['access']}", **(headers or {})}
        return ask(self.wire, method, self._url(name), headers=bearer, **options)

    def _url(self, name: str) -> str:
        return f"{self.account.address}/xrpc/{name}"


def record_key(key: str) -> str:
    """A valid TID made of our key: 13 letters of base32-sortable, the first one below the sign bit."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1
    return "".join(LETTERS[(number >> (5 * place)) & 31] for place in range(12, -1, -1))


def facets(text: str) -> list[dict[str, Any]]:
    """Links and hashtags, with offsets in bytes."""
    links = [
        (found.span(), {"$type": "app.bsky.richtext.facet#link", "uri": found.group()}) for found in URL.finditer(text)
    ]
    tags = [
        (found.span(), {"$type": "app.bsky.richtext.facet#tag", "tag": found.group(1)}) for found in TAG.finditer(text)
    ]
    return [
        {"index": _bytes_at(text, *span), "features": [feature]}
        for span, feature in sorted(links + tags, key=lambda pair: pair[0])
    ]


def _bytes_at(text: str, start: int, end: int) -> dict[str, int]:
    return {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}


def _gallery(images: list[tuple[Image, dict[str, Any]]]) -> dict[str, Any]:
    shown = [
        {"alt": image.alt, "image": blob, "aspectRatio": {"width": image.width, "height": image.height}}
        for image, blob in images
    ]
    return {"$type": "app.bsky.embed.images", "images": shown}


def _link(record: Mapping[str, Any]) -> dict[str, str]:
    return {"uri": record["uri"], "cid": record["cid"]}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(note: Mapping[str, Any]) -> Item:
    """One notification."""
    who, record = note["author"], note["record"]
    author = Author(
        who["did"],
        who["handle"],
        who.get("displayName") or who["handle"],
        f"https://bsky.app/profile/{who['handle']}",
        who.get("avatar", ""),
    )
    reply = record.get("reply") or {}
    return Item(
        note["uri"],
        "reply" if note["reason"] == "reply" else "mention",
        f"https://bsky.app/profile/{who['handle']}/post/{note['uri'].rsplit('/', 1)[-1]}",
        datetime.fromisoformat(note["indexedAt"]),
        record.get("text", ""),
        author,
        language=next(iter(record.get("langs") or [""])),
        in_reply_to=reply.get("parent", {}).get("uri", ""),
        thread_root=reply.get("root", {}).get("uri", ""),
    )
