"""Reads the answers of the Mastodon API, and makes what it takes. Nothing here calls anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any

import nh3

from leitstand.connectors.protocol import Account, Author, Content, Figures, Item, Published
from leitstand.connectors.text import addressed

BREAKS = ("</p><p>", "<br>", "<br />", "<br/>")
PRIVATE = ("private", "direct")  # for followers, for those mentioned


def published(status: Mapping[str, Any]) -> Published:
    """A status as proof (https://docs.joinmastodon.org/entities/Status/)."""
    return Published(str(status["id"]), status.get("url") or status["uri"], when(status["created_at"]))


def item(note: Mapping[str, Any]) -> Item:
    """A notification of type mention (https://docs.joinmastodon.org/entities/Notification/)."""
    return said(note["status"], author(note["account"]))


def said(status: Mapping[str, Any], who: Author) -> Item:
    """A status as something this account says (https://docs.joinmastodon.org/entities/Status/)."""
    answered = str(status.get("in_reply_to_id") or "")
    return Item(
        remote_id=str(status["id"]),
        kind="reply" if answered else "mention",
        url=status.get("url") or status["uri"],
        at=when(status["created_at"]),
        text=plain(status["content"]),
        author=who,
        html=status["content"],
        language=status.get("language") or "",
        in_reply_to=answered,
        is_private=status.get("visibility") in PRIVATE,
    )


def author(who: Mapping[str, Any]) -> Author:
    """An account (https://docs.joinmastodon.org/entities/Account/)."""
    acct = str(who["acct"])
    shown = (who.get("display_name") or acct, who.get("url") or "", who.get("avatar") or "")
    return Author(str(who["id"]), acct, *shown, who.get("followers_count"))


def ourselves(account: Account) -> Author:
    """We, as whoever wrote our own statuses."""
    return Author(account.remote_id, account.handle, account.handle)


def body(text: str, language: str, to: str = "", media: Sequence[str] = ()) -> dict[str, Any]:
    """A status to be posted (https://docs.joinmastodon.org/methods/statuses/#create)."""
    return {"status": text, "language": language, "media_ids": list(media)} | ({"in_reply_to_id": to} if to else {})


def answer(status: Mapping[str, Any], content: Content, ours: Account) -> dict[str, Any]:
    """An answer to this status: seen by whom the status is seen, and mentioning its author.

    Without a visibility the default of our account would hold, and who is not mentioned is not told
    (https://docs.joinmastodon.org/entities/Status/#visibility, https://docs.joinmastodon.org/user/posting/#mentions).
    """
    who, text = status["account"], content.text
    if str(who["id"]) != ours.remote_id:
        text = addressed(text, who["acct"], ours.handle.rpartition("@")[2])
    return body(text, content.language, str(status["id"])) | {"visibility": status["visibility"]}


def figures(status: Mapping[str, Any]) -> Figures:
    return Figures(status["favourites_count"], status["reblogs_count"], status["replies_count"])


def limits(instance: Mapping[str, Any]) -> dict[str, int]:
    """A server's own limits, under the names of TextRules and MediaRules; what it does not say is missing."""
    posts, media = (instance.get("configuration", {}).get(name, {}) for name in ("statuses", "media_attachments"))
    told = {
        "limit": posts.get("max_characters"),
        "url_length": posts.get("characters_reserved_per_url"),
        "images": posts.get("max_media_attachments"),
        "image_bytes": media.get("image_size_limit"),
        "alt_limit": media.get("description_limit"),
    }
    return {name: value for name, value in told.items() if isinstance(value, int) and value > 0}


def may(scopes: Sequence[str], right: str, part: str) -> bool:
    """Whether a token with these scopes (none told: yes) has a right, whole or for this part."""
    return not scopes or bool({right, f"{right}:{part}"} & set(scopes))


def plain(html: str) -> str:
    """The text of a status without its markup."""
    for mark in BREAKS:
        html = html.replace(mark, "\n\n" if mark == "</p><p>" else "\n")
    return unescape(nh3.clean(html, tags=set())).strip()


def when(text: str) -> datetime:
    """ISO 8601 with a zone; a naive date would be no answer of this API."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a date without a zone")
    return at
