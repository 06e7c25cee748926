"""Step three: an answer passes the same gate as a post and is sent once.

`seen` is the number of the newest message the agent had before their eyes. If a colleague answered or the person
wrote again meanwhile, the answer is not sent but shown again beside what is new.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, gettext_noop
from django.utils.translation import gettext_lazy as _

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.channels.words import lazy_why
from leitstand.community import response
from leitstand.community.assign import assign
from leitstand.community.events import AnswerFailed, AnswerSent
from leitstand.community.models import Conversation, Message, Typing
from leitstand.connectors.errors import ConnectorError, TooFast, Unreachable, Unsure
from leitstand.connectors.protocol import Content, Published, can
from leitstand.core import jobs
from leitstand.core.errors import Declined, Text
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify
from leitstand.publishing import gate
from leitstand.rules.verdict import Finding, Verdict

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

ASK = gettext_noop("The network gave no clear answer. Please look there whether your answer arrived.")
NO_REASON: dict[str, Any] = {"reason": "", "reason_places": {}, "detail": ""}
ANSWERED = ["first_answer_at", "first_answer_minutes", "waiting_since", "due_at", "last_at"]
PATIENCE = timedelta(minutes=90)  # less than the tries of `send` take together


class TryLater(Exception):
    """Ends a job so that it is tried again."""


def judge(conversation: Conversation, text: str) -> Verdict | None:
    """The gate's verdict; None where there is no channel to answer on."""
    if conversation.channel_id is None:
        return None
    return gate.judge_answer(text, conversation.language or "de", conversation.channel_id)


@transaction.atomic
def answer(conversation: Conversation, text: str, by: Person, seen: int, looked: bool = False) -> Message:
    """Queues the answer; the same one again (a double click) changes nothing.

    `looked`: the person has looked again at what a rule questions. Declined: nothing written, something new came in,
    the gate blocks, nobody has looked, not signed.
    """
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    text = text.replace("\x00", "").strip()
    if not text:
        raise Declined(_("Write an answer first."))
    if twin := locked.messages.filter(pk__gt=seen, direction=Message.Direction.OUT, person=by, text=text).first():
        return twin
    _check_nothing_new(locked, by, seen)
    _check_gate(locked, text, by, looked)
    message = _queued(locked, text, by)
    if locked.assigned_to_id is None:
        assign(locked, by, by)
    Typing.objects.filter(conversation=locked).delete()
    return message


def _check_nothing_new(conversation: Conversation, by: Person, seen: int) -> None:
    newer = conversation.messages.filter(pk__gt=seen).exclude(direction=Message.Direction.NOTE)
    if newer.filter(direction=Message.Direction.OUT).exclude(person=by).exists():
        raise Declined(_("A colleague has answered meanwhile. Read it before you send yours."), status=409)
    if newer.exists():
        raise Declined(_("Something new was written meanwhile. Read it before you send your answer."), status=409)


def _check_gate(conversation: Conversation, text: str, by: Person, looked: bool) -> None:
    if not gate.may_publish(by):
        raise Declined(_("Please sign the current guideline first. Without it you cannot publish."), status=403)
    verdict = judge(conversation, text)
    if verdict and verdict.blocks:
        raise Declined(_("The rules do not let this through yet."), hints=_said(verdict.blocks))
    if verdict and verdict.needs_approval and not looked:
        raise Declined(_("A rule wants you to look again before this goes out."), hints=_said(verdict.needs_approval))


def _said(findings: list[Finding]) -> list[str]:
    return [f"{finding.say} {finding.remedy}" for finding in findings]


def _queued(conversation: Conversation, text: str, by: Person) -> Message:
    """An answer by hand is done at once; one on a channel waits for the worker."""
    channel = conversation.channel
    sends = channel is not None and can(channels.connector_of(channel), "reply")
    state = Message.State.QUEUED if sends else Message.State.DONE
    message = Message.objects.create(
        conversation=conversation, direction=Message.Direction.OUT, state=state, person=by, text=text, at=timezone.now()
    )
    if sends:
        jobs.enqueue(send, message_id=message.pk)
    else:
        _note_answered(message)
    return message


@jobs.job("community.send", queue_name="publish", tries=12)
def send(message_id: int) -> None:
    """Sends one answer. A try that was cut off is repeated only where the network makes one of a repeated key."""
    message = _claim(message_id)
    if message is None:
        return
    content = Content(message.text, language=message.conversation.language or "de")
    result = calls.reply(_channel(message), _answered_id(message), content, str(message.key))
    _finish(message, result)


@transaction.atomic
def _claim(message_id: int) -> Message | None:
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.state == Message.State.SENDING:
        if not channels.network_of(_channel(message)).repeats_safely:
            _ask_person(message)
            return None
    elif message.state != Message.State.QUEUED:
        return None
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENDING)
    return message


def _channel(message: Message) -> Channel:
    return channels.channel(message.conversation.channel_id or 0)


def _answered_id(message: Message) -> str:
    """What our answer hangs below: the newest message from them, else the thread."""
    theirs = message.conversation.messages.filter(direction=Message.Direction.IN, at__lte=message.at).last()
    return theirs.remote_id if theirs and theirs.remote_id else message.conversation.thread


def _finish(message: Message, result: Published | ConnectorError) -> None:
    if isinstance(result, Published):
        _sent(message, result)
    elif _may_wait(message, result):
        state = Message.State.SENDING if isinstance(result, Unsure) else Message.State.QUEUED
        Message.objects.filter(pk=message.pk).update(state=state, **_reason(result))
        raise TryLater(result.detail)
    elif isinstance(result, Unsure):
        _ask_person(message)
    else:
        _failed(message, result)


def _may_wait(message: Message, error: ConnectorError) -> bool:
    """Whether it is tried again by itself: nothing happened, or the network knows the key; and not for ever."""
    harmless = isinstance(error, (TooFast, Unreachable))
    known = isinstance(error, Unsure) and channels.network_of(_channel(message)).repeats_safely
    return (harmless or known) and timezone.now() - message.at < PATIENCE


@transaction.atomic
def _sent(message: Message, proof: Published) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.DONE, remote_id=proof.remote_id, url=proof.url, at=timezone.now(), **NO_REASON
    )
    _note_answered(message)


def _note_answered(message: Message) -> None:
    """Stops the clock, and keeps how long the first answer took. What came in after it was written waits anew."""
    conversation, now = Conversation.objects.select_for_update().get(pk=message.conversation_id), timezone.now()
    if conversation.first_answer_at is None:
        conversation.first_answer_at = now
        conversation.first_answer_minutes = response.taken(conversation, now)
    later = conversation.messages.filter(pk__gt=message.pk, direction=Message.Direction.IN).order_by("pk").first()
    since = max(later.at, message.at) if later else None
    conversation.waiting_since, conversation.last_at = since, now
    conversation.due_at = response.due(conversation.kind, since) if since else None
    conversation.save(update_fields=ANSWERED)
    record(AnswerSent(message.pk, conversation.pk), message.person)


@transaction.atomic
def _failed(message: Message, error: ConnectorError) -> None:
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED, **_reason(error))
    record(AnswerFailed(message.pk, error.say), message.person)
    _call_back(message, Message.State.FAILED, lazy_why(error.say, error.places))


@transaction.atomic
def _ask_person(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(state=Message.State.UNSURE, **NO_REASON | {"reason": ASK})
    _call_back(message, Message.State.UNSURE, gettext_lazy(ASK))


@transaction.atomic
def doubt_all_on_their_way() -> int:
    """A backup has come back: its unsent answers may have arrived since. Asks about each; returns how many."""
    unsent = Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.SENDING])
    on_their_way = list(unsent.select_related("conversation", "person"))
    for message in on_their_way:
        _ask_person(message)
    return len(on_their_way)


def _reason(error: ConnectorError) -> dict[str, Any]:
    """The columns that say why it is not sent."""
    return {"reason": error.say[:300], "reason_places": error.places, "detail": error.detail}


def _call_back(message: Message, state: Message.State, why: Text) -> None:
    """Whoever wrote it is told; a conversation closed meanwhile waits again."""
    closed = Conversation.objects.filter(pk=message.conversation_id, state=Conversation.State.CLOSED)
    closed.update(state=Conversation.State.OPEN, closed_at=None, due_at=timezone.now(), waiting_since=message.at)
    if message.person:
        url = reverse("community:conversation", args=[message.conversation_id])
        title = format_lazy("{}: {}", state.label, str(message.conversation))
        notify([message.person], title, why, url=url, level="warning", key=f"answer-{message.pk}")


@transaction.atomic
def decide(message: Message, arrived: bool, by: Person) -> None:
    """A person's word about an unsure or failed answer: it arrived, or send it again."""
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if locked.state not in (Message.State.UNSURE, Message.State.FAILED):
        raise Declined(_("This has been decided already."), status=409)
    if arrived:
        Message.objects.filter(pk=locked.pk).update(state=Message.State.DONE, **NO_REASON)
        _note_answered(locked)
    else:
        Message.objects.filter(pk=locked.pk).update(state=Message.State.QUEUED, at=timezone.now(), **NO_REASON)
        jobs.enqueue(send, message_id=locked.pk)


@transaction.atomic
def note(conversation: Conversation, text: str, by: Person) -> Message:
    """A note among colleagues; nobody outside sees it."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise Declined(_("Write a note first."))
    return Message.objects.create(
        conversation=conversation, direction=Message.Direction.NOTE, person=by, text=text, at=timezone.now()
    )
