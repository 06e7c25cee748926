"""Keeps what accounts say: each key makes one post, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import regex
from django.db import IntegrityError, transaction
from django.utils import timezone

from leitstand.practice.kinds import Kind, kind_of
from leitstand.practice.models import Account, Picture, Post
from leitstand.practice.react import plan_reactions
from leitstand.practice.refusals import Refusal

LINK = regex.compile(r"https?://\S+")
GRAPHEME = regex.compile(r"\X")
NUMBER = regex.compile(r"[0-9]{1,18}")


def publish(
    account: Account, facts: Mapping[str, str], key: str, media: Sequence[object], thread: Sequence[str]
) -> tuple[Post, bool]:
    """The post under this key, and whether it is new. Refusal: text or pictures are not as they should be."""
    if known := by_key(account, key):
        return known, False
    kind = kind_of(account.kind)
    _check(kind, facts.get("text", ""), *thread)
    pictures = _pictures(account, kind, media)
    if not facts.get("in_reply_to"):
        _check_whole(kind, facts.get("title", ""), pictures)
    try:
        with transaction.atomic():
            post = _create(account, facts, key)
            Picture.objects.filter(pk__in=pictures).update(post=post)
            _continue(post, thread)
            plan_reactions(post)
    except IntegrityError:  # the same key came twice at the same moment
        return Post.objects.get(account=account, key=key), False
    return post, True


@transaction.atomic
def remember(account: Account, text: str, language: str, at: datetime, title: str = "") -> Post:
    """A post that was said at an earlier time; the audience has reacted to it since."""
    _check(kind_of(account.kind), text)
    post = Post.objects.create(account=account, text=text, title=title, language=language, visible_at=at)
    plan_reactions(post)
    return post


def by_key(account: Account, key: str) -> Post | None:
    return Post.objects.filter(account=account, key=key).first() if key else None


def _create(account: Account, facts: Mapping[str, str], key: str) -> Post:
    answered = _answered(facts.get("in_reply_to", ""))
    return Post.objects.create(
        account=account,
        key=key,
        **_said(facts),
        answers=answered,
        root=(answered.root or answered) if answered else None,
    )


def _said(facts: Mapping[str, str]) -> dict[str, str]:
    longest = {"title": 200, "link": 500, "language": 5}
    return {"text": facts["text"]} | {name: facts.get(name, "")[:most] for name, most in longest.items()}


def _answered(number: str) -> Post | None:
    if not number:
        return None
    found = Post.objects.visible().filter(pk=number).first() if NUMBER.fullmatch(number) else None
    if found is None:
        raise Refusal("the post that is answered does not exist")
    return found


def _pictures(account: Account | None, kind: Kind, media: Sequence[object]) -> list[int]:
    wanted = {int(str(one)) for one in media if NUMBER.fullmatch(str(one))}
    found = Picture.objects.filter(pk__in=wanted, account=account, post=None)
    if len(wanted) != len(media) or len(wanted) > kind.pictures or found.count() != len(wanted):
        raise Refusal(f"at most {kind.pictures} pictures, each uploaded before and used once")
    return list(wanted)


def _continue(post: Post, thread: Sequence[str]) -> None:
    """The further posts of a thread, each answering the one before; a heartbeat apart, to keep their order."""
    last = post
    for number, text in enumerate(thread, 1):
        at = post.visible_at + timedelta(milliseconds=number)
        facts = {"account": post.account, "language": post.language, "root": post.root or post}
        last = Post.objects.create(text=text, answers=last, visible_at=at, is_part=True, **facts)


def parts_of(post: Post) -> list[str]:
    """The ids of the further posts of a thread of one's own."""
    parts = Post.objects.filter(account=post.account, root=post.root_id or post.pk, is_part=True, deleted_at=None)
    return [str(number) for number in parts.filter(pk__gt=post.pk).order_by("pk").values_list("pk", flat=True)]


@transaction.atomic
def edit(post: Post, facts: Mapping[str, str], media: Sequence[object]) -> Post:
    """The post with its new words and pictures in place of the old ones; the audience does not react anew."""
    kind = _kind(post)
    _check(kind, facts.get("text", ""))
    pictures = _pictures(post.account, kind, media)
    if post.answers_id is None:
        _check_whole(kind, facts.get("title", ""), pictures)
    Post.objects.filter(pk=post.pk).update(**_said(facts), edited_at=timezone.now())
    post.pictures.update(post=None)
    Picture.objects.filter(pk__in=pictures).update(post=post)
    return Post.objects.get(pk=post.pk)


@transaction.atomic
def delete(post: Post) -> None:
    """Gone, with the further posts of its thread; who has not answered yet will not."""
    now = timezone.now()
    Post.objects.filter(pk__in=[post.pk, *parts_of(post)]).update(deleted_at=now)
    Post.objects.filter(root=post, visible_at__gt=now).delete()


def _kind(post: Post) -> Kind:
    return kind_of(post.account.kind if post.account else "")


def _check(kind: Kind, *texts: str) -> None:
    for text in texts:
        if not text.strip():
            raise Refusal("a post needs a text")
        if kind.limit and (length := length_of(text, kind)) > kind.limit:
            raise Refusal(f"a post has at most {kind.limit} characters, this one has {length}")
    if len(texts) > kind.parts:
        raise Refusal(f"a thread has at most {kind.parts} posts")


def _check_whole(kind: Kind, title: str, pictures: Sequence[int]) -> None:
    """What an answer need not have."""
    if kind.needs_picture and not pictures:
        raise Refusal("a post needs a picture here")
    if kind.needs_title and not title.strip():
        raise Refusal("a post needs a title here")


def length_of(text: str, kind: Kind) -> int:
    """Graphemes; where addresses are shortened, each counts the same."""
    return len(GRAPHEME.findall(LINK.sub("x" * kind.url_length, text) if kind.url_length else text))
