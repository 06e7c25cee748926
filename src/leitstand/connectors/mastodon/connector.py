"""Speaks for one account on a server with the Mastodon API."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from leitstand.connectors.errors import NotAllowed, Refused, Unreachable
from leitstand.connectors.http import address_of, answer_of, ask, each, gone_is_fine, home_of
from leitstand.connectors.mastodon import own, parse
from leitstand.connectors.mastodon.facts import network
from leitstand.connectors.protocol import Account, Connected, Content, Figures, Image, Item, Page, Published
from leitstand.connectors.threads import continued

ME = "/api/v1/accounts/verify_credentials"
INSTANCE = "/api/v2/instance"
PAGE = 40
TRIES, PAUSE = 30, 1.0
Json = dict[str, Any]


class Mastodon:
    """Publishes, edits, deletes, listens, recalls, answers and counts."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        """The server may be given as its address, as a profile's, or as @name@server."""
        first, slash, rest = answers["server"].strip().partition("/")
        address = home_of(wire, address_of(first.rpartition("@")[2] + slash + rest), INSTANCE)
        return cls(wire, Account(address, "", {"token": answers["token"].strip()})).check()

    def check(self) -> Connected:
        instance, scopes = self._optional(INSTANCE), self._scopes()
        domain = instance.get("domain") or httpx.URL(self.account.address).host

        def read(me: Json) -> Connected:
            who = parse.author(me)
            account = Account(self.account.address, f"{who.handle}@{domain}", self.account.secrets, who.remote_id)
            return Connected(
                account,
                who.name,
                who.url,
                who.avatar_url,
                may_publish=parse.may(scopes, "write", "statuses"),
                may_read_replies=parse.may(scopes, "read", "notifications"),
                followers=who.followers,
                limits=parse.limits(instance),
            )

        return answer_of(self._ask("GET", ME), read)

    def _scopes(self) -> list[str]:
        """What the token may do; servers tell it since Mastodon 4.3."""
        scopes = self._optional("/api/v1/apps/verify_credentials").get("scopes")
        return scopes if isinstance(scopes, list) else []

    def _optional(self, path: str) -> Json:
        """An answer that not every server gives."""
        try:
            return answer_of(self._ask("GET", path), lambda body: dict(body))
        except (Refused, NotAllowed):
            return {}

    def publish(self, content: Content, key: str) -> Published:
        media = [self._upload(image) for image in content.images]
        first = self._post(parse.body(content.text, content.language, content.in_reply_to, media), key)

        def send(number: int, text: str, above: Published) -> Published:
            return self._post(parse.body(text, content.language, above.remote_id), f"{key}-{number}")

        parts = continued(first, content.thread, send)
        return Published(first.remote_id, first.url, first.at, tuple(part.remote_id for part in parts))

    def _post(self, body: Json, key: str) -> Published:
        made = self._ask("POST", "/api/v1/statuses", json=body, headers={"Idempotency-Key": key})
        return answer_of(made, parse.published)

    def _upload(self, image: Image) -> str:
        """The id of an uploaded image, once the server has it ready: 200, not 202 or 206."""
        files = {"file": (image.filename, image.data, image.mime)}
        made = self._ask("POST", "/api/v2/media", files=files, data={"description": image.alt}, changes=False)
        media = answer_of(made, lambda body: str(body["id"]))
        for _try in range(TRIES):
            if made.status_code == 200:
                return media
            time.sleep(PAUSE)
            made = self._ask("GET", f"/api/v1/media/{media}")
        raise Unreachable("The network is still working on an image.", f"media {media} not ready")

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        """Among all our statuses since then, the one with the same words, and what hangs below it."""
        ours = own.written_since(since - timedelta(minutes=1), self._own_below)
        return own.with_words(ours, content.text, content.in_reply_to)

    def _own_below(self, above: str) -> list[Item]:
        """A page of our statuses (https://docs.joinmastodon.org/methods/accounts/#statuses)."""
        path, us = f"/api/v1/accounts/{self.account.remote_id}/statuses", parse.ourselves(self.account)
        query = {"limit": str(PAGE), "exclude_reblogs": "true"} | ({"max_id": above} if above else {})
        found = self._ask("GET", path, params=query)
        return answer_of(found, lambda body: [parse.said(one, us) for one in body])

    def own_answers(self, since: datetime) -> tuple[Item, ...]:
        return own.answers(own.written_since(since, self._own_below))

    def edit(self, remote_id: str, content: Content) -> Published:
        """Images are sent anew: an edit without them would take them off."""
        media = [self._upload(image) for image in content.images]
        body = {"status": content.text, "language": content.language, "media_ids": media}
        return answer_of(self._ask("PUT", f"/api/v1/statuses/{remote_id}", json=body), parse.published)

    def delete(self, remote_id: str) -> None:
        with gone_is_fine():
            self._ask("DELETE", f"/api/v1/statuses/{remote_id}")

    def reply(self, to: str, content: Content, key: str) -> Published:
        """What is answered tells who may see the answer, and whom it must mention."""
        answered = self._ask("GET", f"/api/v1/statuses/{to}")
        return self._post(answer_of(answered, lambda status: parse.answer(status, content, self.account)), key)

    def listen(self, cursor: str | None) -> Page:
        """Mentions of us, answers included, oldest first; `min_id` pages forward without gaps."""
        query = {"types[]": "mention", "include_filtered": "true", "limit": str(PAGE)}
        query |= {"min_id": cursor} if cursor else {}

        def read(notes: list[Json]) -> Page:
            items = tuple(each((note for note in reversed(notes) if note.get("status")), parse.item))
            newest = str(notes[0]["id"]) if notes else cursor
            return Page(items, newest, len(notes) >= PAGE and cursor is not None)

        return answer_of(self._ask("GET", "/api/v1/notifications", params=query), read)

    def measure(self, remote_id: str) -> Figures:
        return answer_of(self._ask("GET", f"/api/v1/statuses/{remote_id}"), parse.figures)

    def measure_account(self) -> Figures:
        return answer_of(self._ask("GET", ME), lambda me: Figures(followers=me.get("followers_count")))

    def _ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.account.secrets.get('token', '')}", **(headers or {})}
        return ask(self.wire, method, self.account.address + path, headers=bearer, **options)
