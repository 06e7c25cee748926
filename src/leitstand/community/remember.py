"""Takes in a conversation that was answered before: it counts in the figures and bothers nobody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from leitstand.community import response
from leitstand.community.models import Conversation, Message
from leitstand.community.receive import receive
from leitstand.core.models import Person
from leitstand.listening.facts import MentionFacts


@transaction.atomic
def remember(facts: MentionFacts, answer: str, by: Person, at: datetime) -> Conversation:
    """The conversation, answered by that person at that time, and closed."""
    conversation = receive(facts)
    Message.objects.create(
        conversation=conversation, direction=Message.Direction.OUT, person=by, text=answer, at=at, url=facts.url
    )
    Conversation.objects.filter(pk=conversation.pk).update(
        state=Conversation.State.CLOSED,
        assigned_to=by,
        due_at=None,
        waiting_since=None,
        first_answer_at=at,
        first_answer_minutes=response.taken(conversation, at),
        last_at=at,
        closed_at=at,
    )
    return conversation
