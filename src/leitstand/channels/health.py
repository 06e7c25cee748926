"""Keeps what is known of a channel's health, and tells people and rooms when it changes.

    READY --NotAllowed--> RECONNECT --new access, or the old one works again--> READY
    READY with `trouble`: something that may pass by itself (amber); it lasts: people are told once.

Each change is written under a lock on the row, so that two workers never tell the same news twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.channels.events import (
    ChannelNeedsReconnection,
    ChannelReconnected,
    ChannelRecovered,
    ChannelTroubled,
)
from leitstand.channels.models import Channel, Check
from leitstand.channels.words import lazy_say
from leitstand.connectors.errors import ConnectorError, NotAllowed, TooFast, Unreachable
from leitstand.connectors.protocol import Budget, Connected
from leitstand.core.errors import Text
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import filled, notify

TELL_AFTER = timedelta(minutes=14)
NO_TROUBLE: dict[str, Any] = {
    "trouble": "",
    "trouble_places": {},
    "trouble_detail": "",
    "trouble_since": None,
    "trouble_told": False,
}


def budget_columns(budget: Budget) -> dict[str, Any]:
    """The rate limit as the network last told it."""
    return {"budget_limit": budget.limit, "budget_left": budget.left, "budget_resets_at": budget.resets_at}


def columns_of_names(found: Connected) -> dict[str, Any]:
    """What the account is called and where it is shown: people change that on the network."""
    url = found.profile_url
    return {
        "handle": found.account.handle[:200],
        "name": found.display_name[:200],
        "profile_url": url[:500] if url.startswith(("https://", "http://")) else "",  # what may stand in a link
    }


@transaction.atomic
def note_well(channel_id: int, found: Connected, followers: int | None, milliseconds: int | None = None) -> None:
    """Healthy: whatever trouble there was is over; a channel that was cut off speaks again."""
    channel = _locked(channel_id)
    if channel.is_gone:
        return
    Check.objects.create(channel=channel, followers=followers, milliseconds=milliseconds)
    columns = (
        NO_TROUBLE
        | columns_of_names(found)
        | {
            "checked_at": timezone.now(),
            "may_publish": found.may_publish,
            "may_read_replies": found.may_read_replies,
            "followers": channel.followers if followers is None else followers,
            "expires_at": found.expires_at or channel.expires_at,
            "limits": dict(found.limits) or channel.limits,
        }
    )
    _speaks_again(channel, columns)
    Channel.objects.filter(pk=channel_id).update(**columns)


def _speaks_again(channel: Channel, columns: dict[str, Any]) -> None:
    if channel.state == Channel.State.RECONNECT:
        columns["state"] = Channel.State.READY
        record(ChannelReconnected(channel.pk))
    elif channel.trouble_told:
        record(ChannelRecovered(channel.pk))


def note_inbox(channel: Channel, error: ConnectorError | None) -> None:
    """Remembers whether what is said to us can be read; the next check makes it the channel's trouble, or its end.

    A network that is only busy says nothing about that, and one that lets us in no more is told of elsewhere.
    """
    if isinstance(error, TooFast | NotAllowed):
        return
    now = {"say": error.say, "detail": error.detail, "places": error.places} if error else None
    if now != channel.inbox_trouble:
        channel.inbox_trouble = now
        channel.save(update_fields=["inbox_trouble"])


def inbox_error(channel: Channel) -> ConnectorError | None:
    """Why the inbox of a channel that is read cannot be read."""
    told = channel.inbox_trouble if channel.state == Channel.State.READY else None
    return Unreachable(told["say"], told["detail"], **told["places"]) if told else None


@transaction.atomic
def note_trouble(channel_id: int, error: ConnectorError, milliseconds: int | None = None) -> None:
    """Something is wrong that may pass by itself; when it lasts, people are told, once."""
    channel, now = _locked(channel_id), timezone.now()
    if channel.is_gone:
        return
    since = channel.trouble_since or now
    Check.objects.create(channel=channel, milliseconds=milliseconds, **_words(error))
    told = channel.trouble_told or _tell_of_trouble(channel, error, since, now)
    Channel.objects.filter(pk=channel_id).update(
        **_words(error), trouble_detail=error.detail, trouble_since=since, trouble_told=told, checked_at=now
    )


def _tell_of_trouble(channel: Channel, error: ConnectorError, since: datetime, now: datetime) -> bool:
    if channel.state != Channel.State.READY or now - since < TELL_AFTER:
        return False
    record(ChannelTroubled(channel.pk, error.say))
    title = filled(_("%(channel)s has had trouble for a quarter of an hour"), {"channel": channel})
    tell(title, lazy_say(error.say, error.places), reverse("channels:channel", args=[channel.pk]), "warning", since)
    return True


@transaction.atomic
def ask_reconnection(channel: Channel, error: ConnectorError) -> None:
    """Access is gone: people are told once, the queue waits, nothing is lost.

    A late word on an access that has been replaced since changes nothing.
    """
    now = timezone.now()
    until_now = Channel.objects.ready().spoken_with(channel)
    changed = until_now.update(
        state=Channel.State.RECONNECT, trouble_since=now, checked_at=now, **_words(error), trouble_detail=error.detail
    )
    if changed:
        Check.objects.create(channel_id=channel.pk, **_words(error))
        record(ChannelNeedsReconnection(channel.pk, error.say))
        title = filled(_("Channel must be reconnected: %(channel)s"), {"channel": channel})
        tell(title, lazy_say(error.say, error.places), reverse("channels:reconnect", args=[channel.pk]), "alarm", now)


def tell(title: Text, body: Text, url: str, level: str, since: datetime) -> None:
    """News for everybody who may connect channels, once for what began or ends then."""
    key = f"{url}#{level}-{since.isoformat()}"
    notify(Person.objects.holding("channel.connect"), title, body, url=url, level=level, key=key)


def _words(error: ConnectorError) -> dict[str, Any]:
    return {"trouble": error.say[:300], "trouble_places": dict(error.places)}


def _locked(channel_id: int) -> Channel:
    return Channel.objects.select_for_update().get(pk=channel_id)
