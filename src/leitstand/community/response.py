"""The response clock: deadlines in service hours.

Targets by kind are our defaults (practice, see the guide): a complaint within 1 hour, a question within 4,
praise within 24 hours of service time; each company sets its own.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from leitstand.community.models import Conversation, Message, ResponseTarget
from leitstand.core.company.service_hours import company_hours, deadline, minutes_between

ANSWERED = ["first_answer_at", "first_answer_minutes", "waiting_since", "due_at", "last_at"]
DEFAULT_MINUTES = {"complaint": 60, "question": 240, "praise": 1440, "other": 480}


def target_minutes(kind: str) -> int:
    """Minutes of service time for this kind."""
    own = ResponseTarget.objects.filter(kind=kind).values_list("minutes", flat=True).first()
    return own or DEFAULT_MINUTES[kind]


def due(kind: str, since: datetime) -> datetime:
    """When an answer must be out (UTC)."""
    return deadline(since, target_minutes(kind), company_hours())


def taken(conversation: Conversation, answered: datetime) -> int:
    """Minutes of service time from the message to the answer."""
    return minutes_between(conversation.waiting_since or conversation.opened_at, answered, company_hours())


def stop(message: Message, at: datetime, unseen: Q) -> None:
    """The clock stands still from `at` on, for this answer; how long the first one took is kept.

    Of what they wrote, the first that is `unseen` by whoever answered waits anew.
    """
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    if conversation.first_answer_at is None:
        conversation.first_answer_at = at
        conversation.first_answer_minutes = taken(conversation, at)
    later = conversation.messages.filter(unseen, direction=Message.Direction.IN).order_by("pk").first()
    since = max(later.at, message.at) if later else None
    conversation.waiting_since, conversation.last_at = since, max(at, conversation.last_at)
    is_closed = conversation.state == Conversation.State.CLOSED
    conversation.due_at = due(conversation.kind, since) if since and not is_closed else None
    conversation.save(update_fields=ANSWERED)
