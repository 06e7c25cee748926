"""The response clock: deadlines in service hours.

Targets by kind are our defaults (practice, see the guide): a complaint within 1 hour, a question within 4,
praise within 24 hours of service time; each company sets its own.
"""

from __future__ import annotations

from datetime import datetime

from leitstand.community.models import Conversation, ResponseTarget
from leitstand.core.service_hours import company_hours, deadline, minutes_between

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
