"""Step one: saves the post and one version per channel, as often as somebody types.

A draft is saved while one types, so two windows may write at once: `revision` tells that somebody else
was faster, and nothing typed is lost (the answer carries both). An edit voids approvals by itself, because
they are bound to the hash of the content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.publishing import serve
from leitstand.publishing.approve import is_approved
from leitstand.publishing.content import fingerprint
from leitstand.publishing.events import PostDiscarded, PostRestored
from leitstand.publishing.models import Asset, Post, PostImage, Publication, Version

WORDS = ("title", "text", "link", "language", "goal_id")
STANDING = (*Publication.OPEN, Publication.State.PUBLISHED, Publication.State.FAILED)
LEGAL = ("consideration", "ai", "prize_terms_url", "evidence", "lowest_price")


@dataclass(frozen=True, slots=True)
class VersionChange:
    """What one channel gets; empty own words mean the post's words."""

    channel_id: int
    own_text: str = ""
    own_title: str = ""
    with_images: bool = True
    as_thread: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A whole new state of the post. `facts` holds any of WORDS and LEGAL; None leaves a part as it is."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    versions: Sequence[VersionChange] | None = None
    alts: Mapping[int, str] | None = None


def start(author: Person, language: str = "de", goal_id: int | None = None) -> Post:
    """An empty draft, for the goal it is to serve."""
    return Post.objects.create(author=author, language=language, goal_id=goal_id)


@transaction.atomic
def revise(post: Post, change: Change, by: Person, revision: int | None = None) -> Post:
    """Saves the change; whoever changes what goes out cannot be its second pair of eyes.

    Declined (409) when `revision` is given and somebody saved after it.
    """
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if revision is not None and revision != locked.revision:
        raise Declined(
            _("Somebody else has changed this post meanwhile. Copy what you wrote, then reload the page."), status=409
        )
    before = fingerprint(locked)
    _write(locked, change)
    saved = Post.objects.get(pk=post.pk)
    if fingerprint(saved) != before:
        _reopen(locked, by)
    if fingerprint(saved) != before or saved.goal_id != locked.goal_id:
        _count(locked)
        saved.refresh_from_db()
    for goal_id in {locked.goal_id, saved.goal_id} if locked.goal_id != saved.goal_id else ():
        serve.tell_goal(goal_id)
    return saved


def _write(post: Post, change: Change) -> None:
    if known := {name: _tidy(value) for name, value in change.facts.items() if name in WORDS + LEGAL}:
        Post.objects.filter(pk=post.pk).update(**known)
    if change.versions is not None:
        _save_versions(post, change.versions)
    for image_id, alt in (change.alts or {}).items():
        PostImage.objects.filter(pk=image_id, post=post).update(alt=_tidy(alt))


def _count(post: Post) -> None:
    """One more revision. To save what is there already is none: it takes no page from under a colleague's hands."""
    Post.objects.filter(pk=post.pk).update(revision=F("revision") + 1, revised_at=timezone.now())


def _save_versions(post: Post, wanted: Sequence[VersionChange]) -> None:
    kept = {change.channel_id for change in wanted}
    gone = post.versions.exclude(channel_id__in=kept)
    if Publication.objects.filter(version__in=gone, state__in=STANDING).exists():
        raise Declined(_("This post is planned or published on a channel you removed. Cancel it there first."))
    gone.filter(publications=None).delete()
    gone.update(taken_out=True)
    for change in wanted:
        values = {name: _tidy(getattr(change, name)) for name in ("own_text", "own_title", "with_images", "as_thread")}
        Version.ever.update_or_create(post=post, channel_id=change.channel_id, defaults={**values, "taken_out": False})


def _tidy(value: Any) -> Any:
    """The same words are the same text, whichever way they came in: forms end lines in their own manner."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _reopen(post: Post, by: Person) -> None:
    """What goes out was changed: it asks for approval anew, and whoever changed it has written it.

    Who wrote what was approved needs no other eyes any more; who wrote since then does. Changed back to what was
    approved it is approved.
    """
    if Post.objects.filter(pk=post.pk, state=Post.State.APPROVED).exists():
        post.writers.clear()
    state = Post.State.APPROVED if is_approved(Post.objects.get(pk=post.pk)) else Post.State.DRAFT
    Post.objects.filter(pk=post.pk).update(state=state)
    post.writers.add(by)


@transaction.atomic
def add_image(post: Post, asset: Asset, by: Person) -> PostImage:
    """Appends an image; its alt text begins as the asset's."""
    position = post.images.count()
    image = PostImage.objects.create(post=post, asset=asset, alt=asset.alt, position=position)
    _images_changed(post, by)
    return image


@transaction.atomic
def remove_image(post: Post, image_id: int, by: Person) -> None:
    post.images.filter(pk=image_id).delete()
    _images_changed(post, by)


@transaction.atomic
def respell(asset: Asset, by: Person) -> int:
    """The asset has another alt text: posts that speak it ask for approval anew. Returns how many there are."""
    speaking = PostImage.objects.filter(asset=asset, alt="").values("post_id")
    posts = list(Post.objects.filter(pk__in=speaking))
    for post in posts:
        _images_changed(post, by)
    return len(posts)


def _images_changed(post: Post, by: Person) -> None:
    _count(post)
    _reopen(post, by)


@transaction.atomic
def copy(post: Post, author: Person) -> Post:
    """A new draft with the same words, versions and images."""
    fresh = start(author, post.language)
    facts = {name: getattr(post, name) for name in WORDS + LEGAL}
    versions = [
        VersionChange(version.channel_id, version.own_text, version.own_title, version.with_images, version.as_thread)
        for version in post.versions.all()
    ]
    for image in post.images.all():
        PostImage.objects.create(post=fresh, asset_id=image.asset_id, alt=image.alt, position=image.position)
    return revise(fresh, Change(facts, versions), author)


@transaction.atomic
def discard(post: Post, by: Person) -> None:
    """Hides a post that is neither planned nor published; `restore` brings it back.

    Whoever plans it at this moment comes first, or finds it discarded: the row is locked.
    """
    locked = Post.objects.select_for_update().get(pk=post.pk)
    standing = [*Publication.OPEN, Publication.State.PUBLISHED]
    if Publication.objects.filter(version__post=locked, state__in=standing).exists():
        raise Declined(_("This post is planned or published. Cancel or delete its publications first."))
    Post.objects.filter(pk=locked.pk).update(discarded_at=timezone.now())
    record(PostDiscarded(locked.pk), by)


@transaction.atomic
def restore(post: Post, by: Person) -> None:
    Post.objects.filter(pk=post.pk).update(discarded_at=None)
    record(PostRestored(post.pk), by)
