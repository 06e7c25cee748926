"""Reads of publishing; the only door to posts and publications. Not allowed means not there (404)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from leitstand.core.models import Person
from leitstand.core.text.numbers import by_numbers
from leitstand.publishing import gate
from leitstand.publishing.models import Approval, Asset, Post, PostImage, Publication

PUBLICATION_JOINS = ("version__post__author", "version__channel", "channel")
CONTENT = ("version__post__versions", "version__post__images")
"""What the hash of a publication's post is made of (`content.fingerprint`)."""


def posts(person: Person, filters: Mapping[str, str] | None = None) -> QuerySet[Post]:
    """Posts this person may see, newest change first. Filters: q, state, channel, author, goal, discarded."""
    wanted = filters or {}
    found = (
        _visible(person)
        .select_related("author", "goal")
        .prefetch_related("versions__channel", "versions__publications", "images")
    )
    found = found.exclude(discarded_at=None) if wanted.get("discarded") else found.filter(discarded_at=None)
    if words := wanted.get("q", "").strip():
        found = found.filter(Q(text__icontains=words) | Q(title__icontains=words))
    if state := wanted.get("state", ""):
        found = found.filter(state=state)
    columns = {"channel": "versions__channel_id", "author": "author_id", "goal": "goal_id"}
    return found.filter(by_numbers(wanted, columns)).distinct().order_by("-revised_at")


def _visible(person: Person) -> QuerySet[Post]:
    """Drafts belong to those who write or approve; readers see what is approved."""
    if not person.may("post.view"):
        return Post.objects.none()
    if person.may("post.write") or person.may("post.approve"):
        return Post.objects.all()
    return Post.objects.filter(state=Post.State.APPROVED)


def post_for(person: Person, post_id: int) -> Post:
    """The post, or 404."""
    found = _visible(person).select_related("author").filter(pk=post_id).first()
    if found is None:
        raise Http404
    return found


def publications(person: Person, filters: Mapping[str, str] | None = None) -> QuerySet[Publication]:
    """Publications this person may see, by time: what went out stays seen, also while its post is written anew.

    Filters: state, channel, q, author, goal.
    """
    wanted = filters or {}
    seen = Q(version__post__in=_visible(person))
    out = Q(published_at__isnull=False) if person.may("post.view") else Q()
    found = Publication.objects.filter(seen | out).select_related(*PUBLICATION_JOINS).prefetch_related(*CONTENT)
    if state := wanted.get("state", ""):
        found = found.open() if state == "open" else found.filter(state=state)
    if words := wanted.get("q", "").strip():
        found = found.filter(Q(version__post__text__icontains=words) | Q(version__post__title__icontains=words))
    columns = {"channel": "channel_id", "author": "version__post__author_id", "goal": "version__post__goal_id"}
    return found.filter(by_numbers(wanted, columns))


def publications_between(
    person: Person, start: datetime, end: datetime, filters: Mapping[str, str] | None = None
) -> QuerySet[Publication]:
    """What the calendar shows; cancelled ones are left out. Filters as in `publications`."""
    shown = publications(person, filters).exclude(state=Publication.State.CANCELLED)
    return shown.filter(planned_for__gte=start, planned_for__lt=end)


def planned_of(post: Post) -> list[Publication]:
    """Where the post goes or went, by time; without what was cancelled."""
    going = Publication.objects.filter(version__post=post).exclude(state=Publication.State.CANCELLED)
    return list(going.select_related("channel", "version__post").prefetch_related(*CONTENT))


def publication_for(person: Person, publication_id: int) -> Publication:
    """The publication, or 404."""
    found = publications(person).filter(pk=publication_id).first()
    if found is None:
        raise Http404
    return found


def assets(person: Person, filters: Mapping[str, str]) -> QuerySet[Asset]:
    """Images, the newest first. Filters: q, show ("missing": without a licence record, "ended": past their end)."""
    found = Asset.objects.all() if person.may("post.view") else Asset.objects.none()
    if words := filters.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(alt__icontains=words) | Q(source__icontains=words))
    shown = {"missing": Q(licence=""), "ended": Q(ends_on__lt=timezone.localdate())}
    return found.filter(shown.get(filters.get("show", ""), Q()))


def asset_for(person: Person, asset_id: int) -> Asset:
    """The image, or 404."""
    found = Asset.objects.filter(pk=asset_id).first()
    if found is None or not person.may("post.view"):
        raise Http404
    return found


def uses_of(asset: Asset, person: Person) -> QuerySet[PostImage]:
    """Where the image stands, in posts this person may see."""
    return asset.uses.filter(post__in=_visible(person)).select_related("post")


def may_open(person: Person, post_id: int) -> bool:
    """Whether the person may see the post as it is written now."""
    return _visible(person).filter(pk=post_id).exists()


def other_assets(post: Post, most: int = 12) -> QuerySet[Asset]:
    """The latest images that the post does not show yet."""
    return Asset.objects.exclude(uses__post=post)[:most]


def publication_on(channel_id: int, remote_id: str) -> Publication | None:
    """Our publication that the network knows by this id (a thread's further parts count)."""
    ours = Publication.objects.filter(channel_id=channel_id)
    known = ours.filter(Q(remote_id=remote_id) | Q(parts__contains=[remote_id]))
    return known.select_related("version__post").first() if remote_id else None


def waiting_for_approval(person: Person) -> QuerySet[Post]:
    """Posts this person could approve now."""
    waiting = Post.objects.kept().filter(state=Post.State.SUBMITTED)
    return waiting if person.may("post.approve") else waiting.none()


def refused(person: Person) -> QuerySet[Publication]:
    """What networks refused and nobody has planned again, cancelled or discarded since."""
    states = [*Publication.OPEN, Publication.State.PUBLISHED]
    again = Publication.objects.filter(version=OuterRef("version"), state__in=states)
    left = publications(person, {"state": Publication.State.FAILED}).filter(version__post__discarded_at=None)
    return left.exclude(Exists(again))


def undecided(person: Person) -> QuerySet[Publication]:
    """What waits for a person: stopped, unsure for good, or overdue."""
    return publications(person) & Publication.objects.undecided()


def changed(person: Person) -> list[Publication]:
    """Of each post changed after it was planned, the soonest publication; not while it waits for approval."""
    yes = Approval.objects.filter(post=OuterRef("version__post"), decision=Approval.Decision.APPROVED)
    is_draft = Q(version__post__state=Post.State.DRAFT)
    has_new_yes = Q(Exists(yes.exclude(content_hash=OuterRef("content_hash"))), version__post__state="approved")
    planned = publications(person, {"state": Publication.State.SCHEDULED}).filter(is_draft | has_new_yes)
    latest_first = (one for one in planned.order_by("-planned_for", "-id") if gate.stale(one))
    return list({one.version.post_id: one for one in latest_first}.values())
