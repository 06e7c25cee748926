"""Step three: an answer passes the same gate as a post, and is queued for `send`.

`seen` is the number of the newest message the agent had before their eyes. If a colleague answered or the person
wrote again meanwhile, the answer is not sent but shown again beside what is new.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from leitstand.channels import queries as channels
from leitstand.community.assign import assign
from leitstand.community.give_back import NO_REASON, give_back
from leitstand.community.models import Conversation, Message, Typing
from leitstand.community.send import note_answered, queue
from leitstand.connectors.errors import Refused
from leitstand.connectors.protocol import can
from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.publishing import gate
from leitstand.rules.verdict import Finding, Verdict

TAKEN_BACK = gettext_noop("{who} took it back before it went out.")


def judge(conversation: Conversation, text: str) -> Verdict | None:
    """The gate's verdict; None where there is no channel to answer on."""
    if conversation.channel_id is None:
        return None
    language, whom = conversation.language or "de", conversation.author_handle
    return gate.judge_answer(text, language, conversation.channel_id, whom)


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
    mine = locked.messages.filter(pk__gt=seen, direction=Message.Direction.OUT, person=by, text=text)
    if twin := mine.exclude(state=Message.State.FAILED).first():
        return twin
    _check_channel(locked)
    _check_nothing_new(locked, by, seen)
    _check_gate(locked, text, by, looked)
    message = _queued(locked, text, by)
    if locked.assigned_to_id is None:
        assign(locked, by, by)
    Typing.objects.filter(conversation=locked).delete()
    return message


def _check_channel(conversation: Conversation) -> None:
    if conversation.channel and conversation.channel.is_gone:
        raise Declined(_("This channel is disconnected. Nothing can be sent there any more."), status=409)


def _check_nothing_new(conversation: Conversation, by: Person, seen: int) -> None:
    newer = conversation.messages.filter(pk__gt=seen).exclude(direction=Message.Direction.NOTE)
    if newer.filter(direction=Message.Direction.OUT).exclude(person=by).exists():
        raise Declined(_("A colleague has answered meanwhile. Read it before you send yours."), status=409)
    if newer.exists():
        raise Declined(_("Something new was written meanwhile. Read it before you send your answer."), status=409)


def _check_gate(conversation: Conversation, text: str, by: Person, looked: bool) -> None:
    gate.demand_signature(by)
    verdict = judge(conversation, text)
    if verdict and verdict.blocks:
        raise Declined(_("The rules do not let this through yet."), hints=_said(verdict.blocks))
    if verdict and verdict.needs_approval and not looked:
        raise Declined(_("A rule wants you to look again before this goes out."), hints=_said(verdict.needs_approval))


def _said(findings: list[Finding]) -> list[str]:
    """One line for each thing that is wrong, with all the words it is about."""
    words: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        words.setdefault((str(finding.say), str(finding.remedy)), []).append(finding.words)
    return [" ".join(filter(None, (say, _named(found), remedy))) for (say, remedy), found in words.items()]


def _named(words: list[str]) -> str:
    named = ", ".join(dict.fromkeys(filter(None, words)))
    return f"({named})" if named else ""


def _queued(conversation: Conversation, text: str, by: Person) -> Message:
    """An answer by hand is done at once; one on a channel waits for the worker."""
    channel = conversation.channel
    sends = channel is not None and can(channels.connector_of(channel), "reply")
    state = Message.State.QUEUED if sends else Message.State.DONE
    message = Message.objects.create(
        conversation=conversation, direction=Message.Direction.OUT, state=state, person=by, text=text, at=timezone.now()
    )
    if sends:
        queue(message)
    else:
        note_answered(message)
    return message


@transaction.atomic
def decide(message: Message, arrived: bool, by: Person, seen: int = 0) -> None:
    """A person's word about an unsure or failed answer: it arrived, or send it again.

    Declined: decided already; or, before it is sent again, what declines a first sending after `seen`.
    """
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=message.conversation_id)
    if locked.state not in (Message.State.UNSURE, Message.State.FAILED):
        raise Declined(_("This has been decided already."), status=409)
    if arrived:
        Message.objects.filter(pk=locked.pk).update(state=Message.State.DONE, **NO_REASON)
        note_answered(locked)
        return
    _check_channel(conversation)
    _check_nothing_new(conversation, by, max(seen, locked.pk))
    _check_gate(conversation, locked.text, by, looked=True)
    anew = NO_REASON | {"at": timezone.now(), "tried_since": None, "unsure_since": None, "lost_at": None}
    Message.objects.filter(pk=locked.pk).update(state=Message.State.QUEUED, **anew)
    queue(locked)


@transaction.atomic
def take_back(message: Message, by: Person) -> None:
    """An answer that still waits is not sent; it stays here as such, to be sent again or let be. Declined: too late."""
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if not locked.may_be_taken_back:
        raise Declined(_("This answer can no longer be taken back: it is on its way, or decided already."), status=409)
    give_back(locked, Refused(TAKEN_BACK, f"taken back by {by.pk}", who=str(by)), by)


@transaction.atomic
def note(conversation: Conversation, text: str, by: Person) -> Message:
    """A note among colleagues; nobody outside sees it."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise Declined(_("Write a note first."))
    return Message.objects.create(
        conversation=conversation, direction=Message.Direction.NOTE, person=by, text=text, at=timezone.now()
    )
