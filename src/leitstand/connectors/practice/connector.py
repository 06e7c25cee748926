"""Speaks with the practice network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx

from leitstand.connectors.errors import Refused
from leitstand.connectors.http import answer_of, ask, each, gone_is_fine
from leitstand.connectors.practice import facts
from leitstand.connectors.protocol import (
    Account,
    Author,
    Connected,
    Content,
    Figures,
    Image,
    Item,
    Page,
    Published,
)

Json = dict[str, Any]


class Practice:
    """Speaks for one account on the square; the other kinds differ in their facts only."""

    network = facts.SQUARE

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        """Opens the account; `address` and `pass` come from the house, everything else from the form."""
        handle, address = answers["handle"].strip().lstrip("@"), answers["address"].rstrip("/")
        if not handle:
            raise Refused("Choose a name for the account.")

        def read(made: Json) -> Connected:
            return _connected(Account(address, made["handle"], {"token": made["token"]}, str(made["id"])), made)

        body = {"handle": handle, "name": answers.get("name") or handle, "kind": cls.network.slug}
        body["pass"] = answers.get("pass", "")
        return answer_of(ask(wire, "POST", f"{address}/api/v1/accounts", json=body), read)

    def check(self) -> Connected:
        return answer_of(self._ask("GET", "/me"), lambda me: _connected(self.account, me))

    def publish(self, content: Content, key: str) -> Published:
        body = self._body(content) | {"thread": list(content.thread)}
        return answer_of(self._ask("POST", "/posts", json=body, headers={"Idempotency-Key": key}), _published)

    def _body(self, content: Content) -> Json:
        names = ("text", "title", "link", "language", "in_reply_to")
        media = [self._upload(image) for image in content.images]
        return {name: getattr(content, name) for name in names} | {"media": media}

    def _upload(self, image: Image) -> str:
        files = {"file": (image.filename, image.data, image.mime)}
        made = self._ask("POST", "/media", files=files, data={"alt": image.alt}, changes=False)
        return answer_of(made, lambda one: str(one["id"]))

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        found = self._ask("GET", "/posts", params={"key": key})
        return answer_of(found, lambda body: _published(body["posts"][0]) if body["posts"] else None)

    def edit(self, remote_id: str, content: Content) -> Published:
        """Images are sent anew: the network shows what is sent and nothing else."""
        return answer_of(self._ask("PUT", f"/posts/{remote_id}", json=self._body(content)), _published)

    def delete(self, remote_id: str) -> None:
        with gone_is_fine():
            self._ask("DELETE", f"/posts/{remote_id}")

    def reply(self, to: str, content: Content, key: str) -> Published:
        return self.publish(replace(content, in_reply_to=to, thread=()), key)

    def listen(self, cursor: str | None) -> Page:
        def read(body: Json) -> Page:
            return Page(tuple(each(body["items"], parse)), body["cursor"], bool(body["more"]))

        return answer_of(self._ask("GET", "/inbox", params={"after": cursor or "", "limit": "40"}), read)

    def measure(self, remote_id: str) -> Figures:
        return answer_of(self._ask("GET", f"/posts/{remote_id}/figures"), _figures)

    def measure_account(self) -> Figures:
        return answer_of(self._ask("GET", "/me/figures"), _figures)

    def _ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.account.secrets.get('token', '')}", **(headers or {})}
        return ask(self.wire, method, f"{self.account.address}/api/v1{path}", headers=bearer, **options)


class PracticeShort(Practice):
    """Speaks for an account of short posts."""

    network = facts.SHORT


class PracticePhoto(Practice):
    """Speaks for an account of photos."""

    network = facts.PHOTO


class PracticeBlog(Practice):
    """Speaks for a blog."""

    network = facts.BLOG


def _connected(account: Account, me: Json) -> Connected:
    return Connected(account, me["name"], me["url"], followers=me.get("followers"))


def parse(item: Mapping[str, Any]) -> Item:
    """One line of the inbox."""
    who = item["author"]
    facts = (who.get("url") or "", who.get("avatar") or "", who.get("followers"))
    return Item(
        remote_id=str(item["id"]),
        kind=item["kind"],
        url=item["url"],
        at=datetime.fromisoformat(item["created_at"]),
        text=item["text"],
        author=Author(str(who["id"]), who["handle"], who["name"], *facts),
        language=item.get("language") or "",
        in_reply_to=item.get("in_reply_to") or "",
        thread_root=item.get("thread_root") or "",
    )


def _published(post: Mapping[str, Any]) -> Published:
    parts = tuple(str(part) for part in post.get("parts", ()))
    return Published(str(post["id"]), post["url"], datetime.fromisoformat(post["created_at"]), parts)


def _figures(counts: Mapping[str, Any]) -> Figures:
    return Figures(**{name: counts.get(name) for name in ("likes", "shares", "replies", "views", "followers")})
