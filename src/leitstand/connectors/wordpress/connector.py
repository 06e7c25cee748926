"""Speaks for one user of one blog. `account.address` is the REST door of the blog."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from leitstand.connectors.errors import NotAllowed, Refused, Unreachable
from leitstand.connectors.http import address_of, answer_of, ask, gone_is_fine
from leitstand.connectors.outcomes import SAY_REFUSED
from leitstand.connectors.protocol import Account, Connected, Content, Figures, Image, Page, Published
from leitstand.connectors.wordpress import parse
from leitstand.connectors.wordpress.facts import network
from leitstand.connectors.wordpress.parse import COMMENT

ALSO_WAITING = {"context": "edit", "status": "all"}
PER_PAGE, MOST_PAGES = 100, 10
Json = dict[str, Any]


class WordPress:
    """Publishes, edits, deletes, reads comments and answers them."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        site = str(address_of(answers["server"]))
        door = parse.door(ask(wire, "GET", site, headers={"Accept": "text/html"}))
        secrets = {"user": answers["user"].strip(), "password": answers["password"].strip()}
        return cls(wire, Account(door, "", secrets)).check()

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
            raise Refused(SAY_REFUSED, error.detail, reason=error.detail.partition(": ")[2]) from error
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
        """Comments of others after the cursor (the number of the newest seen), oldest first."""
        last = int(cursor or 0)
        found = sorted(self._comments_after(last), key=lambda comment: comment.number)
        newest = max([last, *(comment.number for comment in found)])
        others = [comment.item for comment in found if comment.author != self.account.remote_id]
        return Page(tuple(others), str(newest) if newest else None)

    def _comments_after(self, last: int) -> list[parse.Comment]:
        """Newest first, page by page, until one is known; with no cursor the newest page."""
        found: list[parse.Comment] = []
        for page in range(1, MOST_PAGES + 1):
            fresh = [comment for comment in self._comments(page) if comment.number > last]
            found += fresh
            if not last or len(fresh) < PER_PAGE:
                break
        return found

    def _comments(self, page: int) -> list[parse.Comment]:
        """One page of comments, with those that wait for approval where we may see them; past the end none."""
        query = {"orderby": "id", "order": "desc", "per_page": str(PER_PAGE), "page": str(page)}
        try:
            return answer_of(self._ask("GET", "/wp/v2/comments", query | ALSO_WAITING), parse.comments)
        except NotAllowed as error:
            if error.status == 401:  # we are nobody there; 403 is said to users who may not moderate
                raise
            return answer_of(self._ask("GET", "/wp/v2/comments", query), parse.comments)
        except Refused:
            if page > 1:
                return []
            raise

    def measure(self, remote_id: str) -> Figures:
        """WordPress counts comments only."""
        answer = self._ask("GET", "/wp/v2/comments", {"post": remote_id, "per_page": "1"})
        total = answer.headers.get("x-wp-total", "")
        return Figures(replies=int(total) if total.isdecimal() else None)

    def measure_account(self) -> Figures:
        return Figures()

    def _ask(self, method: str, path: str, query: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        secrets = self.account.secrets
        pair = base64.b64encode(f"{secrets.get('user', '')}:{secrets.get('password', '')}".encode()).decode()
        headers = {"Authorization": f"Basic {pair}", **options.pop("headers", {})}
        return ask(self.wire, method, parse.route(self.account.address, path, query or {}), headers=headers, **options)
