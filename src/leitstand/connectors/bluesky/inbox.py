"""What only an appview can tell: notifications and counts. A bare server has none, and that is no failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from leitstand.connectors.bluesky import records
from leitstand.connectors.bluesky.session import Session, no_appview
from leitstand.connectors.errors import Refused
from leitstand.connectors.protocol import Figures, Item, Page

REASONS = ("reply", "mention", "quote")
MOST_PAGES = 20
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


def profile(session: Session) -> Json:
    """Our own profile; empty where nobody knows it."""
    try:
        return from_appview(session, "app.bsky.actor.getProfile", lambda body: dict(body), actor=session.did) or {}
    except Refused:
        return {}


@dataclass(frozen=True, slots=True)
class Note:
    """A notification: when the appview noted it, what it is about, and the item where it is one for the inbox."""

    at: str
    uri: str
    item: Item | None


def listen(session: Session, cursor: str | None) -> Page:
    """Replies, mentions and quotes since the cursor, oldest first.

    The cursor is the newest time seen and, because several things happen in one moment, what was seen then.
    """
    since, *seen = (cursor or "").split() or [""]
    notes = _notes_since(session, since)
    if not notes:
        return Page((), cursor)
    newest = max(note.at for note in notes)
    at_newest = [note.uri for note in notes if note.at == newest]
    fresh = [note for note in reversed(notes) if note.at > since or note.uri not in seen]
    return Page(tuple(note.item for note in fresh if note.item), " ".join([newest, *at_newest]))


def _notes_since(session: Session, since: str) -> list[Note]:
    """Notifications at or after a moment, newest first; with no moment the newest page."""
    notes: list[Note] = []
    query = {"limit": "100"}
    for _page in range(MOST_PAGES):
        page, further = from_appview(session, "app.bsky.notification.listNotifications", _page_of, **query) or ([], "")
        recent = [note for note in page if note.at >= since]
        notes += recent
        if not since or not further or len(recent) < len(page):
            break
        query["cursor"] = further
    return notes


def _page_of(body: Json) -> tuple[list[Note], str]:
    """One page, and where the next begins."""
    return [_note(note) for note in body["notifications"]], body.get("cursor") or ""


def _note(note: Json) -> Note:
    item = records.item(note) if note["reason"] in REASONS else None
    return Note(str(note["indexedAt"]), str(note["uri"]), item)


def measure(session: Session, uri: str) -> Figures:
    found = from_appview(session, "app.bsky.feed.getPosts", _counts, uris=uri)
    return found or Figures()


def _counts(body: Json) -> Figures:
    counts: Json = next(iter(body["posts"]), {})
    return Figures(counts.get("likeCount"), counts.get("repostCount"), counts.get("replyCount"))
