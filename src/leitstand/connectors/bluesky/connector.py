"""Speaks for one account on the AT Protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx

from leitstand.connectors.bluesky import inbox, records
from leitstand.connectors.bluesky.facts import network
from leitstand.connectors.bluesky.repository import Repository
from leitstand.connectors.bluesky.session import Session
from leitstand.connectors.http import address_of, each, home_of
from leitstand.connectors.protocol import Account, Author, Connected, Content, Figures, Item, Page, Published
from leitstand.connectors.threads import continued

Json = dict[str, Any]


class Bluesky:
    """Publishes, deletes, listens, recalls, answers and counts."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.session = Session(wire, account)
        self.repository = Repository(self.session)

    @property
    def account(self) -> Account:
        """As it is now: tokens may have been renewed meanwhile."""
        return self.session.account

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        url = address_of(answers.get("server", "").strip() or "https://bsky.social")
        handle, password = answers["handle"].strip().lstrip("@"), answers["password"].strip()
        secrets = {"handle": handle, "password": password}
        address = home_of(wire, url, "/xrpc/com.atproto.server.describeServer")
        return cls(wire, Account(address, handle, secrets)).check()

    def check(self) -> Connected:
        handle = self.session.get("com.atproto.server.getSession", lambda body: str(body["handle"]))
        found = inbox.profile(self.session)
        me = found or {}
        return Connected(
            replace(self.account, handle=handle),
            me.get("displayName") or handle,
            f"{records.APP}/{handle}",
            me.get("avatar") or "",
            may_read_replies=found is not None,
            followers=me.get("followersCount"),
        )

    def refresh(self) -> Account:
        return self.session.renew()

    def publish(self, content: Content, key: str) -> Published:
        more: Json = {"reply": self.repository.answered(content.in_reply_to)} if content.in_reply_to else {}
        if content.images:
            more["embed"] = records.gallery([(image, self.repository.upload(image)) for image in content.images])
        first = self.repository.create(content, key, more)
        root = more["reply"]["root"] if "reply" in more else records.link(first)

        def send(number: int, text: str, above: Json) -> Json:
            place = {"reply": {"root": root, "parent": records.link(above)}}
            return self.repository.create(replace(content, text=text), f"{key}-{number}", place)

        return self._proof(first, continued(first, content.thread, send))

    def _proof(self, first: Json, parts: list[Json]) -> Published:
        url = records.address_in_app(self.session.did, first["uri"])
        return Published(first["uri"], url, first["at"], tuple(part["uri"] for part in parts))

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        """The record under the key we would have used, and those of the thread's further parts."""
        first = self.repository.own(key)
        if first is None:
            return None
        parts = [self.repository.own(f"{key}-{number}") for number in range(1, len(content.thread) + 1)]
        return self._proof(first, [part for part in parts if part])

    def delete(self, remote_id: str) -> None:
        self.repository.delete(remote_id)

    def reply(self, to: str, content: Content, key: str) -> Published:
        return self.publish(replace(content, in_reply_to=to, thread=()), key)

    def listen(self, cursor: str | None) -> Page:
        return inbox.listen(self.session, cursor)

    def own_answers(self, since: datetime) -> tuple[Item, ...]:
        """Read from our own repository: it needs no appview."""
        us = Author(self.session.did, self.account.handle, self.account.handle)
        answers = (one for one in reversed(self.repository.written_since(since)) if one["value"].get("reply"))
        return tuple(each(answers, lambda one: records.own(one, us)))

    def measure(self, remote_id: str) -> Figures:
        return inbox.measure(self.session, remote_id)

    def measure_account(self) -> Figures:
        return Figures(followers=(inbox.profile(self.session) or {}).get("followersCount"))
