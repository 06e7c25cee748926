"""WordPress: a company's blog through its REST API. https://developer.wordpress.org/rest-api/reference/posts/

Oddities:
- The door is found by the header `Link: <…>; rel="https://api.w.org/"`, because sites without pretty addresses
  have it at `/?rest_route=/` (https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/).
- Access by application password with HTTP Basic (https://make.wordpress.org/core/2020/11/05/application-passwords-integration-guide/).
- It knows no idempotency key: the slug carries ours, so a sending can be found again.
- The first image becomes the featured image as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

import httpx
import nh3

from leitstand.connectors.errors import Refused
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

REL = "https://api.w.org/"
network = Network(
    "wordpress",
    "WordPress",
    TextRules(0, html=True, needs_title=True),
    MediaRules(20, 8_000_000, 2560, ("image/jpeg", "image/png", "image/gif", "image/webp")),
    fields=(
        ConnectField(
            "server",
            "Address of the blog",
            "The address visitors type.",
            kind="url",
            placeholder="https://blog.example.com",
        ),
        ConnectField(
            "user", "User name", "The name you sign in with; it needs the role author or higher.", kind="text"
        ),
        ConnectField(
            "password",
            "Application password",
            "From Users, Profile, Application passwords.",
            secret=True,
            kind="password",
        ),
    ),
    docs_url="https://developer.wordpress.org/rest-api/",
    guide=(
        "Sign in to your blog and open Users, then Profile.",
        "Under “Application passwords” add one named Leitstand and copy it.",
    ),
    icon="brand-wordpress",
    colour="#21759b",
    repeats_safely=False,
    settles_in=120,
)


class WordPress:
    """Speaks for one user of one blog. `account.address` is the REST door."""

    network = network

    def __init__(self, wire: httpx.Client, account: Account) -> None:
        self.wire, self.account = wire, account
        self.auth = (account.secrets.get("user", ""), account.secrets.get("password", ""))

    @classmethod
    def connect(cls, wire: httpx.Client, answers: Mapping[str, str]) -> Connected:
        server = answers["server"].strip()
        server = server if server.startswith(("http://", "https://")) else f"https://{server}"
        secrets = {"user": answers["user"].strip(), "password": answers["password"].strip()}
        return cls(wire, Account(door(wire, server), "", secrets)).check()

    def check(self) -> Connected:
        me = self._get("/wp/v2/users/me", context="edit")
        may = bool(me.get("capabilities", {}).get("publish_posts", True))
        host = httpx.URL(self.account.address).netloc.decode()
        account = Account(self.account.address, f"{me['slug']}@{host}", self.account.secrets, str(me["id"]))
        return Connected(account, me["name"], me.get("link", ""), may_publish=may)

    def publish(self, content: Content, key: str) -> Published:
        media = [self._upload(image) for image in content.images]
        body = _body(content, media) | {"status": "publish", "slug": slug(key)}
        return _published(answer_of(self._ask("POST", "/wp/v2/posts", json=body)))

    def _upload(self, image: Image) -> dict[str, Any]:
        headers = {"Content-Type": image.mime, "Content-Disposition": f'attachment; filename="{image.filename}"'}
        made = answer_of(self._ask("POST", "/wp/v2/media", content=image.data, headers=headers, changes=False))
        self._ask("POST", f"/wp/v2/media/{made['id']}", json={"alt_text": image.alt}, changes=False)
        return {"id": made["id"], "url": made["source_url"], "alt": image.alt}

    def find(self, content: Content, key: str, since: datetime) -> Published | None:
        found = self._get("/wp/v2/posts", slug=slug(key), status="any", context="edit")
        return _published(found[0]) if found else None

    def edit(self, remote_id: str, content: Content) -> Published:
        media = [self._upload(image) for image in content.images]
        return _published(answer_of(self._ask("POST", f"/wp/v2/posts/{remote_id}", json=_body(content, media))))

    def delete(self, remote_id: str) -> None:
        """Into the bin of the blog; what is gone or there already counts as deleted."""
        try:
            self._ask("DELETE", f"/wp/v2/posts/{remote_id}")
        except Refused as refused:
            if refused.detail[:3] not in ("404", "410"):
                raise

    def reply(self, to: str, content: Content, key: str) -> Published:
        """An answer below a comment; WordPress itself refuses the same words twice (409)."""
        parent = self._get(f"/wp/v2/comments/{to}", context="edit")
        body = {"post": parent["post"], "parent": parent["id"], "content": content.text, "author_user_agent": key}
        made = answer_of(self._ask("POST", "/wp/v2/comments", json=body))
        return Published(str(made["id"]), made["link"], _when(made["date_gmt"]))

    def listen(self, cursor: str | None) -> Page:
        """Comments of others after the cursor (the number of the newest seen), oldest first."""
        found = self._get(
            "/wp/v2/comments", order="desc", orderby="date_gmt", per_page="50", context="edit", status="all"
        )
        newest = max([int(cursor or 0), *(comment["id"] for comment in found)])
        fresh = [
            comment
            for comment in found
            if comment["id"] > int(cursor or 0) and str(comment["author"]) != self.account.remote_id
        ]
        return Page(
            tuple(parse(comment) for comment in sorted(fresh, key=lambda one: int(one["id"]))),
            str(newest) if newest else None,
        )

    def measure(self, remote_id: str) -> Figures:
        """WordPress counts comments only."""
        answer = self._ask("GET", "/wp/v2/comments", params={"post": remote_id, "per_page": "1"})
        return Figures(replies=int(answer.headers.get("x-wp-total", 0)))

    def measure_account(self) -> Figures:
        return Figures()

    def _get(self, path: str, **query: str) -> Any:
        return answer_of(self._ask("GET", path, params=query))

    def _ask(self, method: str, path: str, params: Mapping[str, str] | None = None, **options: Any) -> httpx.Response:
        base = httpx.URL(self.account.address)
        if route := base.params.get("rest_route"):
            url = base.copy_merge_params({"rest_route": route.rstrip("/") + path, **(params or {})})
        else:
            url = base.copy_with(path=base.path.rstrip("/") + path).copy_merge_params(params or {})
        return ask(self.wire, method, str(url), auth=self.auth, **options)


def door(wire: httpx.Client, server: str) -> str:
    """The address of the REST API, as the site itself announces it. Raises Refused when it does not."""
    answer = ask(wire, "GET", server, headers={"Accept": "text/html"})
    announced = [link["url"] for link in answer.links.values() if link.get("rel") == REL]
    if not announced:
        raise Refused(
            "This does not look like a WordPress site: it announces no REST API.", f"no {REL} link at {server}"
        )
    return str(announced[0])


def slug(key: str) -> str:
    """The slug that carries our key; people may change it on the blog afterwards."""
    return f"ls-{key}"


def html_of(text: str) -> str:
    """Paragraphs and links of a plain text, safely."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return "\n".join(f"<p>{_linked(part)}</p>" for part in paragraphs)


def _linked(part: str) -> str:
    out, begin = [], 0
    for found in URL.finditer(part):
        out += [escape(part[begin : found.start()]), f'<a href="{escape(found.group())}">{escape(found.group())}</a>']
        begin = found.end()
    return "".join([*out, escape(part[begin:])]).replace("\n", "<br>")


def _body(content: Content, media: list[dict[str, Any]]) -> dict[str, Any]:
    figures = "".join(
        f'\n<figure><img src="{escape(one["url"])}" alt="{escape(one["alt"])}"></figure>' for one in media
    )
    title = content.title or content.text.split("\n")[0][:80]
    return {"title": title, "content": html_of(content.text) + figures} | (
        {"featured_media": media[0]["id"]} if media else {}
    )


def parse(comment: Mapping[str, Any]) -> Item:
    """One comment. Its parent comment, or else the post, is what it answers."""
    author = Author(
        str(comment["author"] or comment["author_name"]),
        comment["author_name"],
        comment["author_name"],
        comment.get("author_url", ""),
    )
    html = comment["content"]["rendered"]
    text = unescape(nh3.clean(html, tags=set())).strip()
    root = str(comment["post"])
    return Item(
        str(comment["id"]),
        "reply",
        comment["link"],
        _when(comment["date_gmt"]),
        text,
        author,
        html=html,
        in_reply_to=str(comment["parent"] or "") or root,
        thread_root=root,
    )


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _published(post: Mapping[str, Any]) -> Published:
    return Published(str(post["id"]), post["link"], _when(post["date_gmt"]))
