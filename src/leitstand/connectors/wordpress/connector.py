"""Speaks for one user of one blog. `account.address` is the REST door of the blog."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from leitstand.connectors.errors import Unreachable
from leitstand.connectors.http import address_of, answer_of, ask, gone_is_fine
from leitstand.connectors.protocol import Account, Connected, Content, Figures, Image, Item, Page, Published
from leitstand.connectors.wordpress import door, inbox, own, parse
from leitstand.connectors.wordpress.facts import network
from leitstand.connectors.wordpress.parse import COMMENT

Json = dict[str, Any]


class WordPress:
    """Publishes, edits, deletes, reads comments, recalls its own and answers them."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        site = str(address_of(answers["server"]))
        address = parse.door(ask(wire, "GET", site, headers={"Accept": "text/html"}))
        secrets = {"user": answers["user"].strip(), "password": answers["password"].strip()}
        return cls(wire, Account(address, "", secrets)).check()

    def check(self) -> Connected:
        def read(me: Json) -> Connected:
            host = httpx.URL(self.account.address).netloc.decode()
            account = Account(self.account.address, f"{me['slug']}@{host}", self.account.secrets, str(me["id"]))
            may_publish = bool(me.get("capabilities", {}).get("publish_posts"))
            return Connected(account, me["name"], me.get("link") or "", may_publish=may_publish)

        return answer_of(self._ask("GET", "/wp/v2/users/me", {"context": "edit"}), read)

    def publish(self, content: Content, key: str) -> Published:
        media = [self._upload(image) for image in content.images]
        body = parse.body(content, media) | {"status": "publish", "slug": parse.slug(content, key)}
        return answer_of(self._ask("POST", "/wp/v2/posts", json=body), parse.published)

    def _upload(self, image: Image) -> Json:
        """An image in the library of the blog, with its alternative text."""
        name = image.filename.encode("ascii", "ignore").decode().replace('"', "")
        headers = {"Content-Type": image.mime, "Content-Disposition": f'attachment; filename="{name}"'}
        try:
            made = self._ask("POST", "/wp/v2/media", content=image.data, headers=headers, changes=False)
        except Unreachable as error:
            if not error.code.startswith("rest_upload_"):
                raise
            # a file WordPress does not take is answered with 500
            raise door.refusal(error) from error
        media = answer_of(made, lambda one: {"id": int(one["id"]), "url": one["source_url"], "alt": image.alt})
        self._ask("POST", f"/wp/v2/media/{media['id']}", json={"alt_text": image.alt}, changes=False)
        return media

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        """The post whose slug carries our key, whatever its state."""
        query = {"slug": parse.slug(content, key), "status": "any", "context": "edit"}
        found = self._ask("GET", "/wp/v2/posts", query)
        return answer_of(found, lambda posts: parse.published(posts[0]) if posts else None)

    def edit(self, remote_id: str, content: Content) -> Published:
        media = [self._upload(image) for image in content.images]
        return answer_of(
            self._ask("POST", f"/wp/v2/posts/{remote_id}", json=parse.body(content, media)), parse.published
        )

    def delete(self, remote_id: str) -> None:
        """Into the bin of the blog; what is gone or lies there already counts as deleted (410)."""
        kind = "comments" if remote_id.startswith(COMMENT) else "posts"
        with gone_is_fine():
            self._ask("DELETE", f"/wp/v2/{kind}/{remote_id.removeprefix(COMMENT)}")

    def reply(self, to: str, content: Content, key: str) -> Published:
        """An answer below a comment or a post; WordPress itself refuses the same words twice (409)."""
        body: Json = {"content": parse.html_of(content.text), "author_user_agent": key}
        if to.startswith(COMMENT):
            parent = self._ask("GET", f"/wp/v2/comments/{to.removeprefix(COMMENT)}")
            body |= answer_of(parent, lambda comment: {"post": comment["post"], "parent": comment["id"]})
        else:
            body["post"] = to
        return answer_of(self._ask("POST", "/wp/v2/comments", json=body), parse.answered)

    def listen(self, cursor: str | None) -> Page:
        return inbox.listen(self._ask, self.account.remote_id, cursor)

    def own_answers(self, since: datetime) -> tuple[Item, ...]:
        return own.answers(self._ask, self.account.remote_id, since)

    def measure(self, remote_id: str) -> Figures:
        """WordPress counts comments only."""
        answer = self._ask("GET", "/wp/v2/comments", {"post": remote_id, "per_page": "1"})
        total = answer.headers.get("x-wp-total", "")
        return Figures(replies=int(total) if total.isdecimal() else None)

    def measure_account(self) -> Figures:
        return Figures()

    def _ask(self, method: str, path: str, query: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        return door.ask(self.wire, self.account, method, path, query, **options)
