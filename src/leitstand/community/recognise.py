"""Knows an answer that was written on the network itself, in its own app: nobody answers again unknowingly.

It belongs to its conversation from then on and stops the clock, as one of ours does. What we were about to send goes
back to whoever wrote it. Looked for once a minute where somebody waits, and before each answer of ours goes out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.community import response
from leitstand.community.events import AnsweredThere
from leitstand.community.give_back import give_back
from leitstand.community.models import Conversation, Message
from leitstand.connectors.errors import ConnectorError, Refused
from leitstand.connectors.protocol import Item, can
from leitstand.core import jobs
from leitstand.core.events import record

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

THERE = gettext_noop("It was answered on {network} itself meanwhile. Read that answer, then decide.")
MARGIN = timedelta(minutes=15)  # the clocks of devices and networks differ
# Somebody may wait for weeks, and each look would read all that was written since; what is older was seen before.
LOOKS_BACK = timedelta(days=3)


@jobs.every("* * * * *")
@jobs.job("community.recognise_all", queue_name="listen")
def recognise_all() -> None:
    """Each minute: one look per channel on which somebody waits, and none else: networks count our calls."""
    waited_on = Conversation.objects.waiting().exclude(channel=None).order_by()
    for channel_id in waited_on.values_list("channel_id", flat=True).distinct():
        if _tells(channels.channel(channel_id)):
            jobs.enqueue(recognise, once=f"recognise-{channel_id}", channel_id=channel_id)


@jobs.job("community.recognise", queue_name="listen", tries=1)
def recognise(channel_id: int) -> int:
    """Takes in what was answered there; returns how many. What cannot be read now is read in a minute."""
    channel = channels.channel(channel_id)
    waited = Conversation.objects.waiting().filter(channel=channel).aggregate(since=Min("waiting_since"))
    found = calls.own_answers(channel, _look_from(waited["since"] or timezone.now()))
    return 0 if isinstance(found, ConnectorError) else sum(take_in(channel, item) for item in found)


def answered_there(message: Message) -> bool | ConnectorError:
    """Whether the conversation of this answer, about to be sent, was answered there: then it is given back.

    Nothing is asked while the answer itself may be there. An error: the network cannot be asked now.
    """
    conversation, channel = message.conversation, channels.channel(message.conversation.channel_id or 0)
    if message.unsure_since or not _tells(channel):
        return False
    found = calls.own_answers(channel, _look_from(conversation.waiting_since or message.at))
    if isinstance(found, ConnectorError):
        return not isinstance(found, Refused) and found
    theirs = set(conversation.messages.filter(direction=Message.Direction.IN).values_list("remote_id", flat=True))
    return any(take_in(channel, item, message) for item in found if item.in_reply_to in theirs)


@transaction.atomic
def take_in(channel: Channel, item: Item, sending: Message | None = None) -> bool:
    """False: it answers nothing we have, is known, or may be one of ours. `sending` is being sent by whoever asks."""
    theirs = Message.objects.filter(direction=Message.Direction.IN, remote_id=item.in_reply_to)
    answered = theirs.filter(conversation__channel=channel).order_by("-pk").first()
    if answered is None:
        return False
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=answered.conversation_id)
    waiting = None if _is_known(conversation, item) else _held(conversation, sending)
    if waiting is None:
        return False
    for message in waiting:
        give_back(message, Refused(THERE, item.url, network=channels.network_of(channel).name))
    _keep(answered, item)
    return True


def _is_known(conversation: Conversation, item: Item) -> bool:
    """It came from here. One of which only a person said that it arrived bears its number from now on."""
    ours = conversation.messages.filter(direction=Message.Direction.OUT)
    if ours.filter(remote_id=item.remote_id).exists():
        return True
    then = Q(lost_at__gte=item.at - MARGIN) | Q(lost_at=None, at__gte=item.at - MARGIN)
    arrived = ours.filter(then, state=Message.State.DONE, remote_id="", at__lte=item.at + MARGIN).first()
    if arrived is not None:
        Message.objects.filter(pk=arrived.pk).update(remote_id=item.remote_id, url=item.url[:500])
    return arrived is not None


def _held(conversation: Conversation, sending: Message | None) -> list[Message] | None:
    """Our answers that wait, kept from being sent until this transaction ends; `sending` is among them.

    None: one may have gone out already and be the very one that is there, or is being decided about at this moment.
    """
    under_way = [Message.State.QUEUED, Message.State.SENDING, Message.State.UNSURE]
    known = [sending] if sending else []
    others = conversation.messages.filter(state__in=under_way).exclude(pk__in=[one.pk for one in known])
    waiting = others.filter(state=Message.State.QUEUED, unsure_since=None)
    held = list(waiting.select_for_update(skip_locked=True))
    return [*held, *known] if len(held) == others.count() else None


def _keep(answered: Message, item: Item) -> None:
    at = max(min(item.at, timezone.now()), answered.at)
    message = Message.objects.create(
        conversation_id=answered.conversation_id,
        direction=Message.Direction.OUT,
        text=item.text,
        is_private=item.is_private,
        at=at,
        remote_id=item.remote_id,
        url=item.url[:500],
    )
    response.stop(message, at, Q(at__gt=at))
    record(AnsweredThere(message.pk, message.conversation_id))


def _tells(channel: Channel) -> bool:
    """Whether its network can be asked now what our account has answered."""
    return channel.is_ready and can(channels.connector_of(channel), "recall")


def _look_from(moment: datetime) -> datetime:
    return max(moment - MARGIN, timezone.now() - LOOKS_BACK)
