"""The practice network: built into Leitstand, needs no key, has an audience of its own.

A network like any other, reached over HTTP (`/practice/api/v1`), so that everything can be tried for real.
Oddities: none on purpose. It honours the key of a sending and lets one look it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from leitstand.connectors.errors import Refused
from leitstand.connectors.http import answer_of, ask
from leitstand.connectors.protocol import (
    Account,
    Author,
    Connected,
    ConnectField,
    Content,
    Figures,
    Item,
    MediaRules,
    Network,
    Page,
    Published,
    TextRules,
)

network = Network(
    "practice",
    "Practice network",
    TextRules(500, "graphemes", url_length=23),
    MediaRules(4, 8_000_000, 4096, ("image/jpeg", "image/png", "image/webp"), alt_limit=1500),
    fields=(
        ConnectField("handle", "Name of the account", "Any name you like; the account is made for you.", kind="handle"),
    ),
    guide=("Choose a name. No key, no registration: the network and its audience live in this installation.",),
    icon="school",
    colour="#0f766e",
    repeats_safely=True,
    settles_in=5,
    threads=True,
    user_given_host=False,
)


class Practice:
    """Speaks for one practice account."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account
        self.base = f"{account.address}/api/v1"
        self.headers = {"Authorization": f"Bearer {account.secrets.get('token', '')}"}

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        handle = answers["handle"].strip().lstrip("@")
        if not handle:
            raise Refused("Choose a name for the account.")
        body = {"handle": handle, "name": answers.get("name") or handle}
        made = answer_of(ask(wire, "POST", f"{answers['address']}/api/v1/accounts", json=body))
        account = Account(answers["address"], made["handle"], {"token": made["token"]}, str(made["id"]))
        return Connected(account, made["name"], made["url"], followers=made.get("followers"))

    def check(self) -> Connected:
        me = self._get("/me")
        return Connected(self.account, me["name"], me["url"], followers=me.get("followers"))

    def publish(self, content: Content, key: str) -> Published:
        media = [self._upload(image.data, image.mime, image.filename, image.alt) for image in content.images]
        body = _body(content) | {"media": media, "thread": list(content.thread)}
        made = ask(self.wire, "POST", f"{self.base}/posts", json=body, headers={**self.headers, "Idempotency-Key": key})
        return _published(answer_of(made))

    def _upload(self, data: bytes, mime: str, name: str, alt: str) -> str:
        files = {"file": (name, data, mime)}
        made = ask(
            self.wire, "POST", f"{self.base}/media", files=files, data={"alt": alt}, headers=self.headers, changes=False
        )
        return str(answer_of(made)["id"])

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        found = self._get("/posts", key=key)["posts"]
        return _published(found[0]) if found else None

    def edit(self, remote_id: str, content: Content) -> Published:
        return _published(
            answer_of(
                ask(self.wire, "PUT", f"{self.base}/posts/{remote_id}", json=_body(content), headers=self.headers)
            )
        )

    def delete(self, remote_id: str) -> None:
        try:
            ask(self.wire, "DELETE", f"{self.base}/posts/{remote_id}", headers=self.headers)
        except Refused as refused:
            if not refused.detail.startswith("404"):
                raise

    def reply(self, to: str, content: Content, key: str) -> Published:
        return self.publish(Content(content.text, language=content.language, in_reply_to=to), key)

    def listen(self, cursor: str | None) -> Page:
        found = self._get("/inbox", after=cursor or "", limit="40")
        return Page(tuple(parse(item) for item in found["items"]), found["cursor"], found["more"])

    def measure(self, remote_id: str) -> Figures:
        return _figures(self._get(f"/posts/{remote_id}/figures"))

    def measure_account(self) -> Figures:
        return _figures(self._get("/me/figures"))

    def _get(self, path: str, **query: str) -> Any:
        return answer_of(ask(self.wire, "GET", self.base + path, params=query, headers=self.headers))


def parse(item: Mapping[str, Any]) -> Item:
    """One line of the inbox."""
    who = item["author"]
    author = Author(
        str(who["id"]), who["handle"], who["name"], who.get("url", ""), who.get("avatar", ""), who.get("followers")
    )
    return Item(
        remote_id=str(item["id"]),
        kind=item["kind"],
        url=item["url"],
        at=datetime.fromisoformat(item["created_at"]),
        text=item["text"],
        author=author,
        language=item.get("language") or "",
        in_reply_to=item.get("in_reply_to") or "",
        thread_root=item.get("thread_root") or "",
    )


def _body(content: Content) -> dict[str, Any]:
    names = ("text", "title", "link", "language", "in_reply_to")
    return {name: getattr(content, name) for name in names}


def _published(post: Mapping[str, Any]) -> Published:
    at = datetime.fromisoformat(post["created_at"])
    return Published(str(post["id"]), post["url"], at, tuple(str(part) for part in post.get("parts", ())))


def _figures(counts: Mapping[str, Any]) -> Figures:
    return Figures(**{name: counts.get(name) for name in ("likes", "shares", "replies", "views", "followers")})
