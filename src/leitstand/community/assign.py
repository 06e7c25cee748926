"""Who takes care of a conversation, and who is typing in it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.community import queries
from leitstand.community.events import ConversationAssigned, ConversationGivenBack
from leitstand.community.models import Assignment, Conversation, Typing
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify

TYPING_LASTS = timedelta(minutes=2)


@transaction.atomic
def assign(conversation: Conversation, person: Person | None, by: Person | None) -> None:
    """Gives it to somebody, or back to nobody. The same person again changes nothing."""
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if locked.assigned_to_id == (person.pk if person else None):
        return
    locked.assignments.filter(ended_at=None).update(ended_at=timezone.now())
    Conversation.objects.filter(pk=locked.pk).update(assigned_to=person)
    if person:
        _hand_to(locked, person, by)
    elif locked.assigned_to_id:
        record(ConversationGivenBack(locked.pk, locked.assigned_to_id), by)


def _hand_to(conversation: Conversation, person: Person, by: Person | None) -> None:
    Assignment.objects.create(conversation=conversation, person=person, by=by)
    record(ConversationAssigned(conversation.pk, person.pk), by)
    if person != by:
        url = reverse("community:conversation", args=[conversation.pk])
        notify([person], _("A conversation was assigned to you"), str(conversation), url=url)


def give_back_orphans(by: Person | None) -> None:
    """What belongs to somebody who may not answer (any more) belongs to nobody again; what is closed stays as it is."""
    able = [agent.pk for agent in queries.agents()]
    for orphan in Conversation.objects.going_on().exclude(assigned_to=None).exclude(assigned_to__in=able):
        assign(orphan, None, by)


def note_typing(conversation: Conversation, person: Person) -> Person | None:
    """Notes that this person types; returns somebody else who was typing before them."""
    other = typing_now(conversation, person)
    if other is None:
        Typing.objects.update_or_create(conversation=conversation, defaults={"person": person, "at": timezone.now()})
    return other


def typing_now(conversation: Conversation, besides: Person) -> Person | None:
    """Who else is typing an answer at this moment."""
    fresh = Typing.objects.filter(conversation=conversation, at__gt=timezone.now() - TYPING_LASTS)
    found = fresh.exclude(person=besides).select_related("person").first()
    return found.person if found else None
