"""Step one: a mention opens a conversation, or continues the one it belongs to. Once, however often it is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from leitstand.community import response
from leitstand.community.events import ConversationOpened, ConversationReopened
from leitstand.community.models import Conversation, Message
from leitstand.core.events import record
from leitstand.listening.facts import MentionFacts
from leitstand.publishing import queries as publishing


@transaction.atomic
def receive(facts: MentionFacts, heard_at: datetime | None = None) -> Conversation:
    """The conversation this mention now belongs to. Its clock starts at `heard_at`, or else when it was said."""
    thread = facts.thread_root or facts.in_reply_to or facts.remote_id if facts.channel_id else f"mention-{facts.id}"
    conversation = _find(facts, thread) or _open(facts, thread)
    _append(conversation, facts, heard_at or facts.at)
    return conversation


def kind_of(facts: MentionFacts) -> str:
    """Complaint before question before praise; a question inside a complaint stays a complaint."""
    if facts.is_complaint:
        return Conversation.Kind.COMPLAINT
    if facts.is_question:
        return Conversation.Kind.QUESTION
    return Conversation.Kind.PRAISE if facts.tone == "positive" else Conversation.Kind.OTHER


def _find(facts: MentionFacts, thread: str) -> Conversation | None:
    """The newest conversation with this person in this thread; a closed one is opened again."""
    where = Q(channel_id=facts.channel_id) if facts.channel_id else Q(channel=None)
    known = Conversation.objects.select_for_update().filter(
        where, thread=thread[:500], author_id_there=facts.author_remote_id[:300]
    )
    return known.order_by("-opened_at").first()


def _open(facts: MentionFacts, thread: str) -> Conversation:
    publication = publishing.publication_on(facts.channel_id, thread) if facts.channel_id else None
    conversation = Conversation.objects.create(
        channel_id=facts.channel_id,
        publication=publication,
        thread=thread[:500],
        source=facts.source[:200],
        kind=kind_of(facts),
        author_id_there=facts.author_remote_id[:300],
        author_name=(facts.author_name or facts.author_handle or facts.source)[:200],
        author_handle=facts.author_handle[:200],
        author_url=facts.author_url[:500],
        followers=facts.followers,
        language=facts.language,
        tone=facts.tone,
        hostility=facts.hostility,
        opened_at=facts.at,
        last_at=facts.at,
    )
    record(ConversationOpened(conversation.pk))
    return conversation


def _append(conversation: Conversation, facts: MentionFacts, heard_at: datetime) -> None:
    identity = {"remote_id": facts.remote_id[:500]} if facts.remote_id else {"mention_id": facts.id}
    values = {"text": facts.text, "at": facts.at, "url": facts.url[:500], "mention_id": facts.id}
    _message, fresh = Message.objects.get_or_create(
        conversation=conversation, direction=Message.Direction.IN, **identity, defaults=values
    )
    if fresh:
        _wake(conversation, facts, heard_at)


def _wake(conversation: Conversation, facts: MentionFacts, heard_at: datetime) -> None:
    """Something new was said: the clock runs (from the first unanswered message on)."""
    if conversation.state == Conversation.State.CLOSED:
        record(ConversationReopened(conversation.pk))
    kind = kind_of(facts) if conversation.kind == Conversation.Kind.OTHER else conversation.kind
    since = conversation.waiting_since or heard_at
    same = kind == conversation.kind
    Conversation.objects.filter(pk=conversation.pk).update(
        state=Conversation.State.OPEN,
        kind=kind,
        last_at=max(conversation.last_at, facts.at),
        waiting_since=since,
        due_at=(same and conversation.due_at) or response.due(kind, since),
        closed_at=None,
        snoozed_until=None,
    )
