"""What only an appview can tell: notifications and counts. A bare server has none, and that is no failure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, TypeVar

from leitstand.connectors.bluesky import records
from leitstand.connectors.bluesky.session import Session, no_appview
from leitstand.connectors.bookmark import Note, bookmark
from leitstand.connectors.errors import Refused
from leitstand.connectors.http import each
from leitstand.connectors.protocol import Figures, Page

REASONS = ("reply", "mention", "quote")
MOST_PAGES = 100  # of 100 notifications
LATE = timedelta(minutes=15)
Json = dict[str, Any]
T = TypeVar("T")


def from_appview(session: Session, name: str, read: Callable[[Any], T], **query: str) -> T | None:
    """The answer of the appview; None where the server has none."""
    try:
        return session.get(name, read, **query)
    except Refused as refused:
        if no_appview(refused):
            return None
        raise


def profile(session: Session) -> Json | None:
    """Our own profile; empty while the appview has not heard of us, None where there is no appview.

    An account is made on its server, and appviews hear of it a moment later; its notifications can be read meanwhile.
    """
    try:
        return from_appview(session, "app.bsky.actor.getProfile", lambda body: dict(body), actor=session.did)
    except Refused:
        return {}


def listen(session: Session, cursor: str | None) -> Page:
    """Replies, mentions and quotes since the cursor, oldest first.

    A notification bears the time of its writer's device where that is earlier than the appview's own, so it may come
    in up to `LATE` below what was read (https://docs.bsky.app/docs/advanced-guides/timestamps).
    """
    place = bookmark(cursor, LATE)
    notes = _notes_since(session, place.since)
    return place.page(notes) if notes else Page((), cursor)


def _notes_since(session: Session, since: datetime | None) -> list[Note]:
    """Notifications at or after a moment, newest first; with no moment the newest page."""
    notes: list[Note] = []
    query = {"limit": "100"}
    for _page in range(MOST_PAGES):
        page, further = from_appview(session, "app.bsky.notification.listNotifications", _page_of, **query) or ([], "")
        recent = [note for note in page if since is None or note.at >= since]
        notes += recent
        if since is None or not further or len(recent) < len(page):
            break
        query["cursor"] = further
    return notes


def _page_of(body: Json) -> tuple[list[Note], str]:
    """One page, and where the next begins."""
    return list(each(body["notifications"], _note)), body.get("cursor") or ""


def _note(note: Json) -> Note:
    item = records.item(note) if note["reason"] in REASONS else None
    return Note(records.when(note["indexedAt"]), blake2b(note["uri"].encode(), digest_size=8).hexdigest(), item)


def measure(session: Session, uri: str) -> Figures:
    found = from_appview(session, "app.bsky.feed.getPosts", _counts, uris=uri)
    return found or Figures()


def _counts(body: Json) -> Figures:
    counts: Json = next(iter(body["posts"]), {})
    return Figures(counts.get("likeCount"), counts.get("repostCount"), counts.get("replyCount"))
