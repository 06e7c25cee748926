"""The door to the ground floor's objects: found only by whom they concern, else 404."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from leitstand.core.clock import local_to_utc
from leitstand.core.models import DiaryEntry, Invitation, JobFailure, Notification, Person
from leitstand.core.models.invitation import VALID_FOR


def people(viewer: Person) -> QuerySet[Person]:
    """All people, closed accounts last."""
    _allow(viewer, "people.manage")
    return Person.objects.order_by("-is_active", "name")


def person_for(viewer: Person, person_id: int) -> Person:
    _allow(viewer, "people.manage")
    return get_object_or_404(Person, pk=person_id)


def colleagues() -> QuerySet[Person]:
    """Everybody with an open account, to choose from."""
    return Person.objects.filter(is_active=True).order_by("name")


def open_invitations(viewer: Person) -> QuerySet[Invitation]:
    """Invitations nobody has used yet, expired ones of the last month too."""
    _allow(viewer, "people.manage")
    since = timezone.now() - VALID_FOR - timedelta(days=30)
    return Invitation.objects.filter(used_at=None, created_at__gte=since).select_related("invited_by")


def invitation_for(viewer: Person, invitation_id: int) -> Invitation:
    _allow(viewer, "people.manage")
    return get_object_or_404(Invitation, pk=invitation_id, used_at=None)


def invitation_by(token: str) -> Invitation | None:
    """Whoever has the link has the door."""
    return Invitation.objects.filter(token=token).first()


def notifications(person: Person, only_unread: bool = False) -> QuerySet[Notification]:
    found = Notification.objects.filter(person=person)
    return found.filter(read_at=None) if only_unread else found


def notification_for(person: Person, notification_id: int) -> Notification:
    return get_object_or_404(Notification, pk=notification_id, person=person)


def diary(
    viewer: Person, names: list[str], actor: int | None, since: date | None, until: date | None
) -> QuerySet[DiaryEntry]:
    """Entries, newest first, filtered by event names, person and days in the company's zone (both included)."""
    _allow(viewer, "diary.view")
    entries = DiaryEntry.objects.select_related("actor")
    if names:
        entries = entries.filter(name__in=names)
    if actor:
        entries = entries.filter(actor_id=actor)
    if since:
        entries = entries.filter(at__gte=_begins(since))
    return entries.filter(at__lt=_begins(until + timedelta(days=1))) if until else entries


def failures(job_ids: list[int]) -> dict[int, list[JobFailure]]:
    """Why these jobs failed, the newest reason first, by job."""
    found: dict[int, list[JobFailure]] = {}
    for failure in JobFailure.objects.filter(job_id__in=job_ids).order_by("-id"):
        found.setdefault(failure.job_id, []).append(failure)
    return found


def administrators_without_second_factor() -> QuerySet[Person]:
    """Administrators who sign in with a password alone, by name."""
    everyone = Person.objects.filter(is_active=True, roles__contains=["administrator"])
    return everyone.annotate(factors=Count("authenticator")).filter(factors=0).order_by("name")


def _begins(day: date) -> datetime:
    return local_to_utc(datetime(day.year, day.month, day.day)).utc


def _allow(viewer: Person, permission: str) -> None:
    if not viewer.may(permission):
        raise Http404
