"""Writes the audience's plan as rows that become visible when their time has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from leitstand.practice import audience
from leitstand.practice.models import Account, Post, Reaction
from leitstand.practice.people import BY_HANDLE


def plan_reactions(post: Post) -> None:
    """To a post: likes, shares, comments. To an answer of ours: what the one who was answered says."""
    if post.answers and (fan := BY_HANDLE.get(post.answers.person)):
        planned = audience.answered(fan, post.answers.text, post.text)
        _write([planned] if planned else [], post)
    elif post.account and not post.answers:
        seed = f"{post.account.handle}|{post.account.kind}"
        _write(audience.plan(seed, post.text, post.language or "de", post.visible_at), post)


def plan_mentions(account: Account) -> None:
    """What people say about the account by themselves in its first two weeks."""
    planned = audience.mentions(account.handle, account.name)
    Post.objects.bulk_create([_said(one, account, account.created_at) for one in planned])


def _write(planned: list[audience.Planned], post: Post) -> None:
    comments = [one for one in planned if one.kind == "comment"]
    counted = [one for one in planned if one.kind != "comment"]
    if post.account:
        Post.objects.bulk_create([_said(one, post.account, post.visible_at, post) for one in comments])
    Reaction.objects.bulk_create([_reaction(one, post) for one in counted])


def _reaction(planned: audience.Planned, post: Post) -> Reaction:
    at = post.visible_at + timedelta(seconds=planned.after)
    return Reaction(post=post, kind=planned.kind, person=planned.fan.handle, visible_at=at)


def _said(planned: audience.Planned, to: Account, since: datetime, answered: Post | None = None) -> Post:
    return Post(
        person=planned.fan.handle,
        to=to,
        text=planned.text if answered else f"@{to.handle} {planned.text}",
        language=planned.fan.language,
        answers=answered,
        root=(answered.root or answered) if answered else None,
        visible_at=since + timedelta(seconds=planned.after),
    )
