"""Stops everything that would go out, at once; and lets it go on, post by post.

What came due during a hold is not sent when it ends: its moment has passed, so a person decides
(`publish.begin` stops it with that reason). Rooms above (crisis) call `hold` and `resume`.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from leitstand.core.events import record
from leitstand.core.models import Company, Person
from leitstand.core.notify import notify, seen_to
from leitstand.publishing import serve
from leitstand.publishing.events import PublicationStopped, PublishingHeld, PublishingResumed
from leitstand.publishing.models import Hold, Publication

MISSED = gettext_noop("Its time passed while publishing was on hold. Send it now, or choose a new time.")


def current() -> Hold | None:
    return Hold.objects.filter(ended_at=None).first()


def is_held() -> bool:
    return Hold.objects.filter(ended_at=None).exists()


def came_upon(publication: Publication) -> bool:
    """Whether publishing was held at some time since the publication was due."""
    return Hold.objects.filter(Q(ended_at=None) | Q(ended_at__gt=publication.planned_for)).exists()


@transaction.atomic
def hold(reason: str, by: Person | None) -> Hold:
    """Puts publishing on hold; a second call returns the hold that is already there."""
    open_hold, fresh = Hold.objects.get_or_create(ended_at=None, defaults={"reason": reason[:300], "started_by": by})
    if fresh:
        record(PublishingHeld(open_hold.pk, reason), by)
        people = Person.objects.holding("post.schedule")
        notify(people, _("Publishing is on hold"), reason, level="alarm", key=_key(open_hold))
    return open_hold


def _key(of: Hold) -> str:
    """Names the hold in the news about it."""
    return f"hold-{of.pk}"


def after_restore() -> int:
    """A backup has come back: what it holds as planned may be out already. Holds it; returns how many there are."""
    planned = Publication.objects.open().count()
    if planned:
        with translation.override(next(iter(Company.current().languages), "de")):
            hold(gettext("A backup was brought back: what was planned in it may be out already. Look first."), None)
    return planned


@transaction.atomic
def resume(by: Person) -> int:
    """Ends the hold; returns how many publications missed their time and now wait for a decision."""
    open_hold = Hold.objects.select_for_update().filter(ended_at=None).first()
    if open_hold is None:
        return 0
    now = timezone.now()
    due = Publication.objects.filter(state=Publication.State.SCHEDULED, planned_for__lte=now)
    missed = list(due.select_for_update(of=("self",)).select_related("version__post"))
    Publication.objects.filter(pk__in=[publication.pk for publication in missed]).update(
        state=Publication.State.STOPPED, due_at=None, reason=MISSED, reason_places={}
    )
    Hold.objects.filter(pk=open_hold.pk).update(ended_at=now, ended_by=by)
    seen_to(key=_key(open_hold))
    for publication in missed:
        record(PublicationStopped(publication.pk, MISSED), by)
    record(PublishingResumed(open_hold.pk), by)
    for goal_id in {publication.version.post.goal_id for publication in missed}:
        serve.tell_goal(goal_id)
    return len(missed)
