"""Keeps what is said on the practice network, and writes the audience's plan as rows that become visible."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from leitstand.practice import audience
from leitstand.practice.models import Account, Picture, Post, Reaction
from leitstand.practice.people import BY_HANDLE

LIMIT = 500
HANDLE = re.compile(r"[^a-z0-9_.-]+")


class BadRequest(Exception):
    """The network refuses this; the text says why."""


def open_account(handle: str, name: str) -> tuple[Account, str]:
    """A new account and its token. The handle is made unique."""
    base = HANDLE.sub("_", handle.strip().lower()).strip("_")[:40] or "account"
    token = secrets.token_urlsafe(32)
    account = _first_free(base, name.strip()[:120] or base, _hash(token))
    for planned in audience.mentions(account.handle, account.name):
        _say(planned, account, account.created_at)
    return account, token


def _first_free(base: str, name: str, token_hash: str) -> Account:
    taken = set(Account.objects.filter(handle__startswith=base).values_list("handle", flat=True)) | set(BY_HANDLE)
    handle = next(name for name in [base, *(f"{base}{number}" for number in range(2, 10_000))] if name not in taken)
    return Account.objects.create(handle=handle, name=name, token_hash=token_hash, followers=180 + len(name) * 7)


def account_of(token: str) -> Account | None:
    return Account.objects.filter(token_hash=_hash(token)).first() if token else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def publish(
    account: Account, facts: dict[str, str], key: str, media: Sequence[str], thread: Sequence[str]
) -> tuple[Post, bool]:
    """The post under this key, and whether it is new."""
    _check(facts.get("text", ""), *thread)
    if known := _by_key(account, key):
        return known, False
    try:
        with transaction.atomic():
            post = _create(account, facts, key)
            Picture.objects.filter(
                pk__in=[one for one in media if str(one).isdecimal()], account=account, post=None
            ).update(post=post)
            _continue(post, thread, key)
            _plan_reactions(post)
    except IntegrityError:
        return Post.objects.get(account=account, key=key), False
    return post, True


def _by_key(account: Account, key: str) -> Post | None:
    return Post.objects.filter(account=account, key=key).first() if key else None


def _create(account: Account, facts: dict[str, str], key: str) -> Post:
    answered = _answered(facts.get("in_reply_to", ""))
    return Post.objects.create(
        account=account,
        text=facts["text"],
        title=facts.get("title", "")[:200],
        link=facts.get("link", "")[:500],
        language=facts.get("language", "")[:5],
        key=key[:80],
        answers=answered,
        root=(answered.root or answered) if answered else None,
    )


def _answered(number: str) -> Post | None:
    if not number:
        return None
    found = Post.objects.visible().filter(pk=number).first() if str(number).isdecimal() else None
    if found is None:
        raise BadRequest("the post that is answered does not exist")
    return found


def _continue(post: Post, thread: Sequence[str], key: str) -> None:
    last = post
    for number, text in enumerate(thread, 1):
        last = Post.objects.create(
            account=post.account,
            text=text,
            language=post.language,
            key=f"{key}-{number}"[:80] if key else "",
            answers=last,
            root=post,
        )


def parts_of(post: Post) -> list[int]:
    """The numbers of the further posts of a thread of one's own."""
    return list(post.thread.filter(account=post.account, deleted_at=None).order_by("id").values_list("pk", flat=True))


def _plan_reactions(post: Post) -> None:
    if post.answers_id and post.answers:
        fan = BY_HANDLE.get(post.answers.person)
        planned = audience.thanks(str(post.pk), fan) if fan else None
        if planned and post.account:
            _say(planned, post.account, post.visible_at, post)
        return
    seed = post.account.handle if post.account else ""
    for planned in audience.reactions(seed, post.text, post.language or "de"):
        _react(planned, post)


def _react(planned: audience.Planned, post: Post) -> None:
    if planned.kind == "comment" and post.account:
        _say(planned, post.account, post.visible_at, post)
        return
    at = post.visible_at + timedelta(seconds=planned.after)
    Reaction.objects.create(post=post, kind=planned.kind, person=planned.fan.handle, visible_at=at)


def _say(planned: audience.Planned, to: Account, since: datetime, answered: Post | None = None) -> None:
    Post.objects.create(
        person=planned.fan.handle,
        to=to,
        text=planned.text if answered else f"@{to.handle} {planned.text}",
        language=planned.fan.language,
        answers=answered,
        root=(answered.root or answered) if answered else None,
        visible_at=since + timedelta(seconds=planned.after),
    )


def edit(post: Post, text: str, title: str) -> Post:
    _check(text)
    Post.objects.filter(pk=post.pk).update(text=text, title=title[:200], edited_at=timezone.now())
    return Post.objects.get(pk=post.pk)


def delete(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())


def _check(*texts: str) -> None:
    for text in texts:
        if not text.strip():
            raise BadRequest("a post needs a text")
        if len(text) > LIMIT * 4:
            raise BadRequest(f"a post has at most {LIMIT} characters")


def figures(post: Post) -> dict[str, int]:
    """What the network counts by now."""
    seen = post.reactions.filter(visible_at__lte=timezone.now())
    likes, shares = seen.filter(kind="like").count(), seen.filter(kind="share").count()
    replies = post.replies.visible().count()
    return {"likes": likes, "shares": shares, "replies": replies, "views": 12 + 23 * likes + 140 * shares + 9 * replies}


def account_figures(account: Account) -> dict[str, int]:
    days = (timezone.now() - account.created_at).days
    likes = Reaction.objects.filter(post__account=account, visible_at__lte=timezone.now(), kind="like").count()
    return {"followers": account.followers + 3 * days + likes // 4}
