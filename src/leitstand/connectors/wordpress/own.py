"""The comments of our own user, wherever they were written: here, in wp-admin, below the post."""

from __future__ import annotations

from datetime import UTC, datetime

from leitstand.connectors.http import answer_of, each
from leitstand.connectors.protocol import Item
from leitstand.connectors.wordpress import parse
from leitstand.connectors.wordpress.inbox import PER_PAGE, Ask, pages

MOST_PAGES = 10


def answers(ask: Ask, ours: str, since: datetime) -> tuple[Item, ...]:
    """Those below a comment, oldest first (https://developer.wordpress.org/rest-api/reference/comments/#arguments)."""
    found: list[Item] = []
    after = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    query = {"author": ours, "after": after, "orderby": "date_gmt", "order": "asc", "per_page": str(PER_PAGE)}
    for page in range(1, MOST_PAGES + 1):
        answer = ask("GET", "/wp/v2/comments", query | {"page": str(page)})
        found += answer_of(answer, lambda comments: list(each(comments, parse.item)))
        if page >= pages(answer):
            break
    return tuple(one for one in found if one.in_reply_to.startswith(parse.COMMENT))
