"""Puts an answer that was not sent, or of which nobody knows whether it was, before a person."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, gettext_noop

from leitstand.channels.words import lazy_why
from leitstand.community.events import AnswerFailed
from leitstand.community.models import Conversation, Message
from leitstand.connectors.errors import ConnectorError
from leitstand.core.errors import Text
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify

ASK = gettext_noop("The network gave no clear answer. Please look there whether your answer arrived.")
NO_REASON: dict[str, Any] = {"reason": "", "reason_places": {}, "detail": ""}


@transaction.atomic
def give_back(message: Message, error: ConnectorError, by: Person | None = None) -> None:
    """Not sent, and it will not be: its conversation asks for somebody again. `by`: who wanted it so."""
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED, **reason_of(error))
    record(AnswerFailed(message.pk, error.say), by or message.person)
    _call_back(message, Message.State.FAILED, lazy_why(error.say, error.places), by)


@transaction.atomic
def ask_person(message: Message) -> None:
    """It may have arrived: somebody must look."""
    Message.objects.filter(pk=message.pk).update(state=Message.State.UNSURE, **NO_REASON | {"reason": ASK})
    _call_back(message, Message.State.UNSURE, gettext_lazy(ASK))


def reason_of(error: ConnectorError) -> dict[str, Any]:
    """The columns that say why it is not sent."""
    return {"reason": error.say[:300], "reason_places": error.places, "detail": error.detail}


def _call_back(message: Message, state: Message.State, why: Text, by: Person | None = None) -> None:
    """Whoever wrote it is told, unless they did it themselves; a conversation closed meanwhile waits again."""
    closed = Conversation.objects.filter(pk=message.conversation_id, state=Conversation.State.CLOSED)
    since = Coalesce("waiting_since", Value(message.at))
    closed.update(state=Conversation.State.OPEN, closed_at=None, due_at=timezone.now(), waiting_since=since)
    if message.person and message.person != by:
        url = reverse("community:conversation", args=[message.conversation_id])
        title = format_lazy("{}: {}", state.label, str(message.conversation))
        notify([message.person], title, why, url=url, level="warning", key=f"answer-{message.pk}")
