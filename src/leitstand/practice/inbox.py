"""What was said to an account, read in pages, oldest first. The cursor is "microseconds-number" of the last one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q

from leitstand.practice.addresses import account_url, post_url
from leitstand.practice.models import Account, Post
from leitstand.practice.people import BY_HANDLE
from leitstand.practice.refusals import Refusal

USUAL, MOST = 40, 100
CURSOR = re.compile(r"(\d{1,17})-(\d{1,18})")
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """One page; `cursor` is where to go on."""

    said: list[Post]
    cursor: str | None
    more: bool


def read(account: Account, after: str, limit: int) -> Found:
    """What came after the cursor; an empty one begins at the beginning. Refusal: the cursor is not ours."""
    waiting = Post.objects.visible().filter(_after(after), to=account).order_by("visible_at", "id")
    size = max(1, min(limit, MOST))
    rows = list(waiting[: size + 1])
    said = rows[:size]
    return Found(said, _cursor(said[-1]) if said else after or None, len(rows) > size)


def _after(cursor: str) -> Q:
    if not cursor:
        return Q()
    if not (given := CURSOR.fullmatch(cursor)):
        raise Refusal("this cursor is not known")
    at, number = BEGIN + int(given[1]) * MICROSECOND, int(given[2])
    return Q(visible_at__gt=at) | Q(visible_at=at, pk__gt=number)


def _cursor(post: Post) -> str:
    return f"{(post.visible_at - BEGIN) // MICROSECOND}-{post.pk}"


def line(post: Post) -> dict[str, Any]:
    """One line of the inbox."""
    return {
        "id": str(post.pk),
        "kind": "reply" if post.answers_id else "mention",
        "url": post_url(post.pk),
        "created_at": post.visible_at.isoformat(),
        "text": post.text,
        "language": post.language,
        "in_reply_to": str(post.answers_id or ""),
        "thread_root": str(post.root_id or ""),
        "author": _author(post.person),
    }


def _author(handle: str) -> dict[str, Any]:
    fan = BY_HANDLE.get(handle)
    name, followers = (fan.name, fan.followers) if fan else (handle, 0)
    facts = {"id": handle, "handle": handle, "name": name, "avatar": "", "followers": followers}
    return facts | {"url": account_url(handle)}
