"""Mastodon, and every server that speaks its API. https://docs.joinmastodon.org/methods/statuses/

Oddities:
- Media may answer 202 and must be polled until they are ready (https://docs.joinmastodon.org/methods/media/#v2).
- `Idempotency-Key` makes a repeated POST return the first status, for an hour.
- Every URL counts 23 characters, of a mention only the name (https://docs.joinmastodon.org/user/posting/#text).
- No real server could be run for our tests: recorded answers follow the official documentation.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import httpx
import nh3

from leitstand.connectors.errors import Refused, Unreachable
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

network = Network(
    "mastodon",
    "Mastodon",
    TextRules(500, "graphemes", url_length=23),
    MediaRules(4, 16_000_000, 4096, ("image/jpeg", "image/png", "image/gif", "image/webp"), alt_limit=1500),
    fields=(
        ConnectField(
            "server",
            "Server",
            "The address of your server, for example mastodon.social.",
            kind="url",
            placeholder="mastodon.social",
        ),
        ConnectField(
            "token",
            "Access token",
            "From your server: Preferences, Development, New application.",
            secret=True,
            kind="password",
        ),
    ),
    docs_url="https://docs.joinmastodon.org/client/intro/",
    guide=(
        "Sign in on your server and open Preferences, then Development.",
        "Make a new application with the rights read, write and push.",
        "Open it and copy “Your access token”.",
    ),
    icon="brand-mastodon",
    colour="#6364ff",
    repeats_safely=True,
    settles_in=60,
    threads=True,
    language_tag=True,
)


class Mastodon:
    """Speaks for one account."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account
        self.headers = {"Authorization": f"Bearer {account.secrets.get('token', '')}"}

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        server = answers["server"].strip().rstrip("/")
        address = server if server.startswith(("http://", "https://")) else f"https://{server}"
        draft = cls(wire, Account(address, "", {"token": answers["token"].strip()}))
        return draft.check()

    def check(self) -> Connected:
        me = self._get("/api/v1/accounts/verify_credentials")
        handle = f"{me['acct']}@{httpx.URL(self.account.address).host}"
        account = Account(self.account.address, handle, self.account.secrets, str(me["id"]))
        return Connected(
            account, me["display_name"] or handle, me["url"], me.get("avatar", ""), followers=me.get("followers_count")
        )

    def publish(self, content: Content, key: str) -> Published:
        media = [self._upload(image) for image in content.images]
        first = self._post(content.text, key, content.language, content.in_reply_to, media)
        parts = []
        for number, text in enumerate(content.thread, 1):
            parts.append(
                str(
                    self._post(text, f"{key}-{number}", content.language, parts[-1] if parts else str(first["id"]), [])[
                        "id"
                    ]
                )
            )
        return _published(first, tuple(parts))

    def _post(self, text: str, key: str, language: str, to: str, media: list[str]) -> dict[str, Any]:
        body = (
            {"status": text, "language": language}
            | ({"in_reply_to_id": to} if to else {})
            | ({"media_ids": media} if media else {})
        )
        made: dict[str, Any] = answer_of(
            self._ask("POST", "/api/v1/statuses", json=body, headers={"Idempotency-Key": key})
        )
        return made

    def _upload(self, image: Image) -> str:
        files = {"file": (image.filename, image.data, image.mime)}
        made = self._ask("POST", "/api/v2/media", files=files, data={"description": image.alt}, changes=False)
        media = str(answer_of(made)["id"])
        for _try in range(30):
            if made.status_code == 200:
                return media
            time.sleep(0.5)
            made = self._ask("GET", f"/api/v1/media/{media}")
        raise Unreachable("The network is still working on an image.", f"media {media} not ready")

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        """Among our newest statuses, the one with the same words."""
        statuses = self._get(f"/api/v1/accounts/{self.account.remote_id}/statuses", limit="40", exclude_reblogs="true")
        wanted = _folded(content.text)
        for status in statuses:
            if (
                _when(status["created_at"]) >= since - timedelta(minutes=1)
                and _folded(plain(status["content"])) == wanted
            ):
                return _published(status)
        return None

    def edit(self, remote_id: str, content: Content) -> Published:
        body = {"status": content.text, "language": content.language}
        return _published(answer_of(self._ask("PUT", f"/api/v1/statuses/{remote_id}", json=body)))

    def delete(self, remote_id: str) -> None:
        try:
            self._ask("DELETE", f"/api/v1/statuses/{remote_id}")
        except Refused as refused:
            if not refused.detail.startswith("404"):
                raise

    def reply(self, to: str, content: Content, key: str) -> Published:
        return _published(self._post(content.text, key, content.language, to, []))

    def listen(self, cursor: str | None) -> Page:
        """Mentions of us, replies included; `min_id` pages forward without gaps."""
        query = {"types[]": "mention", "limit": "40"} | ({"min_id": cursor} if cursor else {})
        found = sorted(self._get("/api/v1/notifications", **query), key=lambda note: int(note["id"]))
        items = tuple(parse(note) for note in found if note.get("status"))
        return Page(items, str(found[-1]["id"]) if found else cursor, len(found) == 40 and cursor is not None)

    def measure(self, remote_id: str) -> Figures:
        status = self._get(f"/api/v1/statuses/{remote_id}")
        return Figures(status["favourites_count"], status["reblogs_count"], status["replies_count"])

    def measure_account(self) -> Figures:
        return Figures(followers=self._get("/api/v1/accounts/verify_credentials").get("followers_count"))

    def _get(self, path: str, **query: str) -> Any:
        return answer_of(self._ask("GET", path, params=query))

    def _ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        return ask(
            self.wire, method, self.account.address + path, headers={**self.headers, **(headers or {})}, **options
        )


def parse(note: Mapping[str, Any]) -> Item:
    """A notification of type mention."""
    status, who = note["status"], note["account"]
    author = Author(
        str(who["id"]),
        who["acct"],
        who["display_name"] or who["acct"],
        who["url"],
        who.get("avatar", ""),
        who.get("followers_count"),
    )
    answered = str(status.get("in_reply_to_id") or "")
    return Item(
        str(status["id"]),
        "reply" if answered else "mention",
        status.get("url") or status["uri"],
        _when(status["created_at"]),
        plain(status["content"]),
        author,
        html=status["content"],
        language=status.get("language") or "",
        in_reply_to=answered,
    )


def plain(html: str) -> str:
    """The text of a status without its markup."""
    broken = html.replace("</p><p>", "\n\n").replace("<br>", "\n").replace("<br />", "\n").replace("<br/>", "\n")
    return unescape(nh3.clean(broken, tags=set())).strip()


def _folded(text: str) -> str:
    return " ".join(text.split())


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _published(status: Mapping[str, Any], parts: tuple[str, ...] = ()) -> Published:
    return Published(str(status["id"]), status.get("url") or status["uri"], _when(status["created_at"]), parts)
