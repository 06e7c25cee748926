"""Counts what has become visible by now."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from leitstand.practice.models import Account, Post, Reaction

NAMES = ("likes", "shares", "replies", "views")


def counted(posts: QuerySet[Post]) -> QuerySet[Post]:
    """The posts with `likes`, `shares`, `replies` and `views`. Views follow from the rest: who reacts has read."""
    reactions = Reaction.objects.filter(post=OuterRef("pk"), visible_at__lte=timezone.now())
    replies = Post.objects.visible().filter(answers=OuterRef("pk"))
    return posts.annotate(
        likes=_number(reactions.filter(kind="like"), "post"),
        shares=_number(reactions.filter(kind="share"), "post"),
        replies=_number(replies, "answers"),
    ).annotate(views=12 + 23 * F("likes") + 140 * F("shares") + 9 * F("replies"))


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    number = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def of_post(post: Post) -> dict[str, int]:
    """The figures of one post."""
    found = counted(Post.objects.filter(pk=post.pk)).values(*NAMES).get()
    return {name: int(found[name]) for name in NAMES}


def of_account(account: Account) -> dict[str, int]:
    """The figures of all posts together, and how many follow by now."""
    own = counted(Post.objects.visible().filter(account=account))
    sums = own.aggregate(**{f"all_{name}": Sum(name) for name in NAMES})
    found = {name: int(sums[f"all_{name}"] or 0) for name in NAMES}
    return found | {"followers": followers_of(account, found["likes"], found["shares"])}


def followers_of(account: Account, likes: int, shares: int) -> int:
    """Some to begin with, three more each day, and those whom likes and shares have brought."""
    days = (timezone.now() - account.created_at).days
    return account.followers + 3 * days + likes // 4 + shares
