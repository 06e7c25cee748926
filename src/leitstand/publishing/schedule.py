"""Step four: sets the time. Moving a publication in the calendar changes one row; there is no job to cancel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.publishing import gate, serve
from leitstand.publishing.approve import is_approved
from leitstand.publishing.content import fingerprint
from leitstand.publishing.events import PublicationCancelled, PublicationMoved, PublicationScheduled
from leitstand.publishing.models import Post, Publication, Version

GRACE = timedelta(minutes=2)


@transaction.atomic
def plan(post: Post, when: datetime, by: Person, versions: Iterable[Version] | None = None) -> list[Publication]:
    """One publication per version at `when` (UTC). A version planned already stays as it is (double clicks).

    Declined: in the past, no channel, not approved, or the gate blocks.
    """
    locked = Post.objects.select_for_update().get(pk=post.pk)
    wanted = list(versions if versions is not None else locked.versions.select_related("channel"))
    _check(locked, when, wanted, by)
    made = [_publication(version, when, by) for version in wanted]
    serve.tell_goal(locked.goal_id)
    return made


def _check(post: Post, when: datetime, versions: list[Version], by: Person) -> None:
    if post.discarded_at:
        raise Declined(_("This post was discarded."))
    if not versions:
        raise Declined(_("Choose at least one channel."))
    if when < timezone.now() - GRACE:
        raise Declined(_("This time has passed. Choose a time in the future."))
    if not is_approved(post):
        raise Declined(_("This post is not approved yet, or was changed since."))
    gate.demand_open(post, by, when)


def _publication(version: Version, when: datetime, by: Person) -> Publication:
    there = Publication.objects.filter(version=version).exclude(
        state__in=[Publication.State.CANCELLED, Publication.State.FAILED, Publication.State.DELETED]
    )
    if known := there.first():
        return known
    publication = Publication.objects.create(
        version=version,
        channel_id=version.channel_id,
        content_hash=fingerprint(version.post),
        planned_for=when,
        due_at=when,
    )
    record(PublicationScheduled(publication.pk, when.isoformat()), by)
    return publication


@transaction.atomic
def move(publication: Publication, when: datetime, by: Person) -> datetime:
    """A new time; returns the time before, for undo. Also sets a stopped publication going again."""
    gate.demand_signature(by)
    locked = _locked(publication)
    if not locked.may_move:
        raise Declined(_("This publication can no longer be moved."))
    if when < timezone.now() - GRACE:
        raise Declined(_("This time has passed. Choose a time in the future."))
    before = locked.planned_for
    Publication.objects.filter(pk=locked.pk).update(
        planned_for=when, due_at=when, state=Publication.State.SCHEDULED, reason="", reason_places={}, detail=""
    )
    record(PublicationMoved(locked.pk, when.isoformat(), before.isoformat()), by)
    serve.tell_goal(locked.version.post.goal_id)
    return before


@transaction.atomic
def adopt_content(publication: Publication, when: datetime, by: Person) -> None:
    """After an edit and a new approval: the planned publication carries the new content, to be sent at `when`."""
    locked = _locked(publication)
    post = locked.version.post
    if not locked.may_move or not is_approved(post):
        raise Declined(_("This post is not approved yet, or was changed since."))
    Publication.objects.filter(pk=locked.pk).update(content_hash=fingerprint(post))
    move(locked, when, by)


@transaction.atomic
def cancel(publication: Publication, by: Person) -> None:
    """Takes it off the plan, or lets a refused one be. Declined while it is being sent, unsure, or when it went out."""
    locked = _locked(publication)
    if locked.state == Publication.State.CANCELLED:
        return
    if not locked.may_cancel:
        raise Declined(_("This publication can no longer be cancelled."))
    Publication.objects.filter(pk=locked.pk).update(state=Publication.State.CANCELLED, due_at=None)
    record(PublicationCancelled(locked.pk), by)
    serve.tell_goal(locked.version.post.goal_id)


def _locked(publication: Publication) -> Publication:
    return Publication.objects.select_for_update(of=("self",)).select_related("version__post").get(pk=publication.pk)
