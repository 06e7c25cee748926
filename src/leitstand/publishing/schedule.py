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
from leitstand.publishing.approve import has_yes, is_approved
from leitstand.publishing.content import fingerprint, is_current
from leitstand.publishing.events import PublicationCancelled, PublicationMoved, PublicationScheduled
from leitstand.publishing.models import Post, Publication, Version

GRACE = timedelta(minutes=2)
LATEST = timedelta(days=3_653)


@transaction.atomic
def plan(post: Post, when: datetime, by: Person, versions: Iterable[Version] | None = None) -> list[Publication]:
    """One publication per version at `when` (UTC). What is planned moves there; what is on its way or out stays.

    Declined: in the past or too far away, no channel, not approved, the gate blocks, or all is out already.
    """
    locked = Post.objects.select_for_update().get(pk=post.pk)
    wanted = list(versions if versions is not None else locked.versions.select_related("channel"))
    _check(locked, when, wanted, by)
    made = [_publication(version, when, by) for version in wanted]
    _demand_news(made, fingerprint(locked))
    serve.tell_goal(locked.goal_id)
    return made


def _demand_news(made: list[Publication], now: str) -> None:
    """Declined where nothing was left to plan: these words are out, or earlier ones."""
    if any(publication.may_move for publication in made):
        return
    if not all(is_current(publication, now) for publication in made):
        raise Declined(_("An earlier text of this post is out already. Update it there, on its own page."))
    if all(publication.state == Publication.State.PUBLISHED for publication in made):
        raise Declined(_("This text is out on all chosen channels already."))


def _check(post: Post, when: datetime, versions: list[Version], by: Person) -> None:
    if post.discarded_at:
        raise Declined(_("This post was discarded."))
    if not versions:
        raise Declined(_("Choose at least one channel."))
    for version in versions:
        _check_channel(version)
    _check_time(when)
    if not is_approved(post):
        raise Declined(_("This post is not approved yet, or was changed since."))
    gate.demand_open(post, by, when)


def _check_channel(version: Version) -> None:
    if version.channel.is_gone:
        raise Declined(_("%(channel)s is disconnected. Take it out of the post first.") % {"channel": version.channel})


def _check_time(when: datetime) -> None:
    """Declined in the past, and beyond ten years: that is a slip of the hand, and calendars end somewhere."""
    if when < timezone.now() - GRACE:
        raise Declined(_("This time has passed. Choose a time in the future."))
    if when > timezone.now() + LATEST:
        raise Declined(_("This is more than ten years away. Choose an earlier time."))


def _publication(version: Version, when: datetime, by: Person) -> Publication:
    """The one there is, moved; else a new one. Whoever sends it at this moment comes first: the row is locked."""
    there = (
        Publication.objects.select_for_update()
        .filter(version=version)
        .exclude(state__in=[Publication.State.CANCELLED, Publication.State.FAILED, Publication.State.DELETED])
    )
    if known := there.first():
        return _planned_anew(known, when, by)
    publication = Publication.objects.create(
        version=version,
        channel_id=version.channel_id,
        content_hash=fingerprint(version.post),
        planned_for=when,
        due_at=when,
    )
    record(PublicationScheduled(publication.pk, when.isoformat()), by)
    return publication


def _planned_anew(known: Publication, when: datetime, by: Person) -> Publication:
    """What waits goes out at `when` with the words as they are now; what is on its way or out stays as it is."""
    is_same = known.content_hash == fingerprint(known.version.post) and known.due_at == when
    if not known.may_move or is_same:
        return known
    adopt_content(known, when, by)
    known.refresh_from_db()
    return known


@transaction.atomic
def move(publication: Publication, when: datetime, by: Person) -> datetime:
    """A new time; returns the time before, for undo. Also sets a stopped publication going again.

    Declined: no longer to be moved, channel disconnected, in the past or too far away, not approved, or blocked then.
    """
    locked = _locked(publication)
    if not locked.may_move:
        raise Declined(_("This publication can no longer be moved."))
    _check_channel(locked.version)
    _check_time(when)
    if not has_yes(locked.version.post, locked.content_hash):
        raise Declined(_("This post is not approved yet, or was changed since."))
    gate.demand_version_open(locked.version, by, when)
    before = locked.planned_for
    Publication.objects.filter(pk=locked.pk).update(
        planned_for=when, due_at=when, state=Publication.State.SCHEDULED, reason="", reason_places={}, detail=""
    )
    record(PublicationMoved(locked.pk, when.isoformat(), before.isoformat()), by)
    serve.tell_goal(locked.version.post.goal_id)
    return before


@transaction.atomic
def drag(publication: Publication, when: datetime, by: Person) -> datetime:
    """As `move`, of what is on the plan: moved back to the time before, all is as it was."""
    if not _locked(publication).may_drag:
        raise Declined(_("Only what is scheduled can be dragged. Open the publication to decide about it."))
    return move(publication, when, by)


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
