"""Step four: sends what `answer` has queued, once.

A try that may have arrived is repeated, under the same key, only when the network has settled and still knows the
key; later a person decides. While the channel rests or must be reconnected the answer waits; `go_on` sends it when
that is over. What waited too long, or what the conversation has passed by, is put before a person instead (`stale`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.community import response
from leitstand.community.events import AnswerSent
from leitstand.community.give_back import NO_REASON, ask_person, give_back, reason_of
from leitstand.community.models import Message
from leitstand.community.recognise import answered_there
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.protocol import Content, Network, Published
from leitstand.core import jobs
from leitstand.core.events import record
from leitstand.core.persist import surely

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

RESTS = gettext_noop(
    "It goes out when the channel is ready again; if that takes more than {hours} hours, you are asked."
)
LATE = gettext_noop("It waited for more than {hours} hours. Read the conversation again, then decide.")
CLOSED = gettext_noop("The conversation was closed before this went out. Read it again, then decide.")
ANSWERED_MEANWHILE = gettext_noop("A colleague answered before this went out. Read that answer, then decide.")
PATIENCE = timedelta(minutes=90)  # less than the tries of `send` take together
CALL_TAKES = timedelta(minutes=2)
# An answer speaks of the moment ("come by at nine"): when it has waited as long as a question may at most
# (`response.DEFAULT_MINUTES`), somebody looks again. A post was planned ahead and may be late by twelve hours.
STALE_AFTER = timedelta(hours=4)
IN_HOURS = {"hours": str(STALE_AFTER // timedelta(hours=1))}


class TryLater(Exception):
    """Ends a job so that it is tried again."""


def queue(message: Message) -> None:
    jobs.enqueue(send, once=f"answer-{message.pk}", message_id=message.pk)


@jobs.job("community.send", queue_name="publish", tries=12)
def send(message_id: int) -> None:
    """Sends one answer, unless it was answered there meanwhile.

    A try that was cut off is repeated only where the network makes one of a repeated key.
    """
    message = _claim(message_id)
    if message is None:
        return
    there = answered_there(message)
    if there is True:
        return
    result = there or calls.reply(_channel(message), _answered_id(message), _content(message), str(message.key))
    surely(lambda: _finish(message, result))


def _content(message: Message) -> Content:
    return Content(message.text, language=message.conversation.language or "de")


def go_on(channel_id: int) -> None:
    """The channel is ready again, or gone: answers that waited for it are looked at."""
    for message in Message.objects.filter(state=Message.State.QUEUED, conversation__channel_id=channel_id):
        queue(message)


@transaction.atomic
def _claim(message_id: int) -> Message | None:
    """The answer as it was before this try. None: it is done, waits for its channel, or a person must decide.

    Raises TryLater while what was sent last may still arrive: by then the key alone would not keep it from doubling.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.state not in (Message.State.QUEUED, Message.State.SENDING):
        return None
    channel, now = _channel(message), timezone.now()
    if not key_holds(channels.network_of(channel), message.unsure_since, now):
        ask_person(message)
    elif channel.is_gone:
        _put_before_a_person(message, Refused(calls.SAY_GONE, f"channel {channel.pk} is gone"))
    elif not _is_ready(channel):
        _wait(message, {"reason": RESTS, "reason_places": IN_HOURS})
    elif why := stale(message, now):
        _put_before_a_person(message, why)
    elif not has_settled(channels.network_of(channel), message.lost_at, now):
        raise TryLater("what was sent last may still be on its way")
    else:
        begun = {"tried_since": message.tried_since or now, "unsure_since": message.unsure_since or now}
        over = now + timedelta(seconds=calls.A_LOOK + calls.longest(_content(message)))
        Message.objects.filter(pk=message.pk).update(state=Message.State.SENDING, lost_at=over, **begun)
        return message
    return None


def stale(message: Message, now: datetime) -> Refused | None:
    """Why an answer that waited is no longer sent unasked: too late, or its conversation was closed or answered since.

    Its writer may close the conversation behind it ("Send and close"), and write more.
    """
    conversation = message.conversation
    if now - message.at > STALE_AFTER:
        return Refused(LATE, f"queued at {message.at}", **IN_HOURS)
    closed_at = conversation.closed_at
    if closed_at and closed_at > message.at and conversation.closed_by_id != message.person_id:
        return Refused(CLOSED, f"closed at {closed_at}")
    sent = conversation.messages.filter(direction=Message.Direction.OUT, state=Message.State.DONE)
    by_others = sent.filter(pk__gt=message.pk, at__gt=message.at).exclude(person=message.person_id)
    return Refused(ANSWERED_MEANWHILE, f"answer queued at {message.at}") if by_others.exists() else None


def _put_before_a_person(message: Message, why: ConnectorError) -> None:
    """As not sent; where an earlier try may have arrived, with the question whether it did."""
    if message.unsure_since:
        ask_person(message)
    else:
        give_back(message, why)


def key_holds(network: Network, since: datetime | None, now: datetime) -> bool:
    """Whether it may be sent: nothing of it can have arrived (`since` None), or the network makes one of both. Pure."""
    if since is None:
        return True
    lives = timedelta(seconds=network.key_lives)
    return network.repeats_safely and (not lives or now - since < lives - CALL_TAKES)


def has_settled(network: Network, lost_at: datetime | None, now: datetime) -> bool:
    """Whether a try of which nothing was said after `lost_at` cannot be on its way any more. Pure."""
    return lost_at is None or now - lost_at >= timedelta(seconds=network.settles_in)


def _is_ready(channel: Channel) -> bool:
    return channel.state == channel.State.READY


def _channel(message: Message) -> Channel:
    return channels.channel(message.conversation.channel_id or 0)


def _answered_id(message: Message) -> str:
    """What our answer hangs below: the newest message from them, else the thread."""
    theirs = message.conversation.messages.filter(direction=Message.Direction.IN, at__lte=message.at).last()
    return theirs.remote_id if theirs and theirs.remote_id else message.conversation.thread


def _finish(message: Message, result: Published | ConnectorError) -> None:
    if isinstance(result, Published):
        _sent(message, result)
    elif isinstance(result, NotAllowed):
        _wait(message, reason_of(result))
        if _is_ready(_channel(message)):  # it came back in this very moment
            raise TryLater(result.detail)
    elif _may_wait(message, result):
        _note_try(message, result)
        raise TryLater(result.detail)
    elif isinstance(result, Unsure):
        ask_person(message)
    else:
        _put_before_a_person(message, result)


def _may_wait(message: Message, error: ConnectorError) -> bool:
    """Whether it is tried again by itself: nothing happened, or the network knows the key; and not for ever."""
    now, network = timezone.now(), channels.network_of(_channel(message))
    harmless = isinstance(error, (TooFast, Unreachable))
    known = isinstance(error, Unsure) and key_holds(network, message.unsure_since or now, now)
    return (harmless or known) and now - (message.tried_since or now) < PATIENCE


def _note_try(message: Message, error: ConnectorError) -> None:
    """Where nothing happened, only earlier tries may have arrived."""
    lost = {"state": Message.State.SENDING, "lost_at": timezone.now()}
    columns = lost if isinstance(error, Unsure) else _as_before(message)
    Message.objects.filter(pk=message.pk).update(**reason_of(error) | columns)


def _as_before(message: Message) -> dict[str, Any]:
    """The columns after a try that surely did nothing."""
    return {"state": Message.State.QUEUED, "unsure_since": message.unsure_since, "lost_at": message.lost_at}


def _wait(message: Message, why: dict[str, Any]) -> None:
    """Until the channel is ready again; its patience begins anew then."""
    columns = NO_REASON | why | _as_before(message) | {"tried_since": None}
    Message.objects.filter(pk=message.pk).update(**columns)


@transaction.atomic
def _sent(message: Message, proof: Published) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.DONE, remote_id=proof.remote_id, url=proof.url, at=timezone.now(), **NO_REASON
    )
    note_answered(message)


def note_answered(message: Message) -> None:
    """Stops the clock. What came in after it was written waits anew."""
    response.stop(message, timezone.now(), Q(pk__gt=message.pk))
    record(AnswerSent(message.pk, message.conversation_id), message.person)


@transaction.atomic
def doubt_all_on_their_way() -> int:
    """A backup has come back: its unsent answers may have arrived since. Asks about each; returns how many."""
    unsent = Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.SENDING])
    on_their_way = list(unsent.select_related("conversation", "person"))
    for message in on_their_way:
        ask_person(message)
    return len(on_their_way)
