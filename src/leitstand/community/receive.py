"""Step one: a mention opens a conversation, or continues the one it belongs to. Once, however often it is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leitstand.community import response
from leitstand.community.events import ConversationOpened, ConversationReopened
from leitstand.community.models import Conversation, Message
from leitstand.core.events import record
from leitstand.listening.facts import MentionFacts, shown_text
from leitstand.publishing import queries as publishing

GRAVITY: list[str] = [
    Conversation.Kind.OTHER,
    Conversation.Kind.PRAISE,
    Conversation.Kind.QUESTION,
    Conversation.Kind.COMPLAINT,
]


@transaction.atomic
def receive(facts: MentionFacts, heard_at: datetime | None = None, is_past: bool = False) -> Conversation:
    """The conversation this mention now belongs to. Its clock starts at `heard_at`, or else when it was said.

    `is_past`: from before we listened there. It is kept, closed if nothing else is open, and no clock starts.
    """
    thread = _thread(facts)
    conversation = _find(facts, thread) or _open(facts, thread, is_past)
    if _append(conversation, facts) and not is_past:
        _wake(conversation, facts, heard_at or facts.at)
    return conversation


def _thread(facts: MentionFacts) -> str:
    """The root, where the network tells it; else the thread of what is answered, ours or theirs."""
    if facts.channel_id is None:
        return f"mention-{facts.id}"
    answered = _thread_with(facts.channel_id, facts.in_reply_to) if facts.in_reply_to else ""
    return facts.thread_root or answered or facts.in_reply_to or facts.remote_id


def _thread_with(channel_id: int, remote_id: str) -> str:
    known = Message.objects.filter(conversation__channel_id=channel_id, remote_id=remote_id)
    return known.values_list("conversation__thread", flat=True).first() or ""


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


def _open(facts: MentionFacts, thread: str, is_past: bool) -> Conversation:
    publication = publishing.publication_on(facts.channel_id, thread) if facts.channel_id else None
    conversation = Conversation.objects.create(
        channel_id=facts.channel_id,
        publication=publication,
        thread=thread[:500],
        source=facts.source[:200],
        kind=kind_of(facts),
        state=Conversation.State.CLOSED if is_past else Conversation.State.OPEN,
        closed_at=timezone.now() if is_past else None,
        is_private=facts.is_private,
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
    if not is_past:
        record(ConversationOpened(conversation.pk))
    return conversation


def _append(conversation: Conversation, facts: MentionFacts) -> bool:
    """False: it has come in before."""
    identity = {"remote_id": facts.remote_id[:500]} if facts.remote_id else {"mention_id": facts.id}
    values = {
        "text": shown_text(facts.title, facts.text),
        "at": facts.at,
        "url": facts.url[:500],
        "mention_id": facts.id,
        "is_private": facts.is_private,
    }
    _message, fresh = Message.objects.get_or_create(
        conversation=conversation, direction=Message.Direction.IN, **identity, defaults=values
    )
    return fresh


def _wake(conversation: Conversation, facts: MentionFacts, heard_at: datetime) -> None:
    """Something new was said: the clock runs (from the first unanswered message on)."""
    was_closed = conversation.state == Conversation.State.CLOSED
    if was_closed:
        record(ConversationReopened(conversation.pk))
    waiting = None if was_closed else conversation.waiting_since
    kind, since = _kind(conversation, facts, bool(waiting)), waiting or heard_at
    same = bool(waiting) and kind == conversation.kind
    Conversation.objects.filter(pk=conversation.pk).update(
        state=Conversation.State.OPEN,
        kind=kind,
        is_private=facts.is_private,
        last_at=max(conversation.last_at, facts.at),
        waiting_since=since,
        due_at=(same and conversation.due_at) or response.due(kind, since),
        closed_at=None,
        snoozed_until=None,
    )


def _kind(conversation: Conversation, facts: MentionFacts, is_waiting: bool) -> str:
    """The graver kind of what still waits and what is new: what was answered weighs no more. A person's word stays."""
    if conversation.kind_by_hand:
        return conversation.kind
    return max(conversation.kind, kind_of(facts), key=GRAVITY.index) if is_waiting else kind_of(facts)
