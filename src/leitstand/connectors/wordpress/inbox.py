"""The comments of others: as they come in, and as they are let through."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx

from leitstand.connectors.bookmark import Note, bookmark
from leitstand.connectors.errors import NotAllowed, Refused
from leitstand.connectors.http import answer_of
from leitstand.connectors.protocol import Page
from leitstand.connectors.wordpress import parse

log = logging.getLogger(__name__)
ALSO_WAITING = {"context": "edit", "status": "all"}
PER_PAGE, MOST_PAGES = 100, 100
LATE = timedelta(days=7)
Ask = Callable[[str, str, dict[str, str]], httpx.Response]


def listen(ask: Ask, ours: str, cursor: str | None) -> Page:
    """Comments since the cursor that are not `ours` (the number of our user), oldest first.

    A comment keeps the time it was written at, and who may not moderate sees it only when it is approved: for `LATE`
    it may come in below what was read.
    """
    place = bookmark(cursor, LATE)
    found = {note.mark: note for note in _notes_since(ask, ours, place.since)}
    notes = sorted(found.values(), key=lambda note: (note.at, int(note.mark)), reverse=True)
    return place.page(notes) if notes else Page((), cursor)


def _notes_since(ask: Ask, ours: str, since: datetime | None) -> list[Note]:
    """Page by page, newest first, until one is older; with no moment the newest page."""
    notes: list[Note] = []
    for page in range(1, MOST_PAGES + 1):
        answer = _asked(ask, page)
        read = answer_of(answer, lambda comments: parse.notes(comments, ours))
        recent = [note for note in read if since is None or note.at >= since]
        notes += recent
        if since is None or len(recent) < len(read) or page >= pages(answer):
            return notes
    log.warning("more than %s new comments; the oldest of them are not read", MOST_PAGES * PER_PAGE)
    return notes


def _asked(ask: Ask, page: int) -> httpx.Response:
    """One page of comments, with those that wait for approval where we may see them."""
    query = {"orderby": "date_gmt", "order": "desc", "per_page": str(PER_PAGE), "page": str(page)}
    try:
        return ask("GET", "/wp/v2/comments", query | ALSO_WAITING)
    except (NotAllowed, Refused) as error:
        if error.status != 403:  # 403 is said to users who may not moderate; 401: we are nobody there
            raise
        return ask("GET", "/wp/v2/comments", query)


def pages(answer: httpx.Response) -> int:
    """How many pages there are; one may be short, for comments we may not read are left out of it.

    https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
    """
    told = answer.headers.get("x-wp-totalpages", "")
    return int(told) if told.isdecimal() else 0
