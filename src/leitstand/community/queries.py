"""Reads of the community room; the only door to conversations. Not allowed means not there (404)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from leitstand.community.models import Conversation, Message, SavedReply
from leitstand.core.models import Person
from leitstand.core.text.numbers import by_numbers


def conversations(person: Person, filters: Mapping[str, str] | None = None) -> QuerySet[Conversation]:
    """Conversations, the most urgent first. Filters: state, who (mine, nobody), channel, kind, late, q."""
    if not person.may("conversation.view"):
        return Conversation.objects.none()
    wanted = filters or {}
    found = _by_choice(Conversation.objects.select_related("channel", "assigned_to"), wanted, person)
    state = wanted.get("state") or "open"
    found = found if state == "all" else found.filter(state=state)
    if words := wanted.get("q", "").strip():
        found = found.filter(Q(messages__text__icontains=words) | Q(author_name__icontains=words)).distinct()
    return found.annotate(excerpt=newest_text())


def _by_choice(found: QuerySet[Conversation], wanted: Mapping[str, str], person: Person) -> QuerySet[Conversation]:
    who = {"mine": Q(assigned_to=person), "nobody": Q(assigned_to=None)}.get(wanted.get("who", ""), Q())
    late = Q(due_at__lt=timezone.now()) if wanted.get("late") else Q()
    kind = Q(kind=wanted["kind"]) if wanted.get("kind") else Q()
    return found.filter(who & late & kind & by_numbers(wanted, {"channel": "channel_id"}))


def newest_text() -> Subquery:
    """What they said last."""
    newest = Message.objects.filter(conversation=OuterRef("pk"), direction=Message.Direction.IN).order_by("-at")
    return Subquery(newest.values("text")[:1])


def conversation_for(person: Person, conversation_id: int) -> Conversation:
    """The conversation, or 404."""
    found = Conversation.objects.select_related("channel", "assigned_to", "publication__version__post")
    one = found.filter(pk=conversation_id).first()
    if one is None or not person.may("conversation.view"):
        raise Http404
    return one


def next_waiting(person: Person, after: Conversation, filters: Mapping[str, str]) -> Conversation | None:
    """The most urgent other one of the inbox with these filters that waits for an answer."""
    return conversations(person, filters).filter(due_at__isnull=False).exclude(pk=after.pk).first()


def message_for(person: Person, message_id: int) -> Message:
    """The message, or 404."""
    found = Message.objects.select_related("conversation__channel").filter(pk=message_id).first()
    if found is None or not person.may("conversation.view"):
        raise Http404
    return found


def saved_replies(language: str = "") -> QuerySet[SavedReply]:
    """Saved replies; with a language those first."""
    found = SavedReply.objects.all()
    return found.filter(language=language) if language and found.filter(language=language).exists() else found


def agents() -> list[Person]:
    return Person.objects.holding("conversation.answer")


def counts(now: datetime) -> dict[str, int]:
    """Open, unanswered, snoozed though unanswered, and overdue conversations; a snooze does not stop the clock."""
    is_open, waits = Q(state=Conversation.State.OPEN), Q(due_at__isnull=False)
    return Conversation.objects.going_on().aggregate(
        open=Count("pk", filter=is_open),
        unanswered=Count("pk", filter=is_open & waits),
        snoozed=Count("pk", filter=~is_open & waits),
        overdue=Count("pk", filter=Q(due_at__lt=now)),
    )
