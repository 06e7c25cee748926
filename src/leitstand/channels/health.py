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
from leitstand.connectors.errors import ConnectorError
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


@transaction.atomic
def note_well(channel_id: int, found: Connected, followers: int | None, milliseconds: int | None = None) -> None:
    """Healthy: whatever trouble there was is over; a channel that was cut off speaks again."""
    channel = _locked(channel_id)
    if channel.is_gone:
        return
    Check.objects.create(channel=channel, followers=followers, milliseconds=milliseconds)
    columns = NO_TROUBLE | {
        "checked_at": timezone.now(),
        "may_publish": found.may_publish,
        "may_read_replies": found.may_read_replies,
        "followers": channel.followers if followers is None else followers,
        "expires_at": found.expires_at or channel.expires_at,
        "limits": dict(found.limits) or channel.limits,
    }
    _speaks_again(channel, columns)
    Channel.objects.filter(pk=channel_id).update(**columns)


def _speaks_again(channel: Channel, columns: dict[str, Any]) -> None:
    if channel.state == Channel.State.RECONNECT:
        columns["state"] = Channel.State.READY
        record(ChannelReconnected(channel.pk))
    elif channel.trouble_told:
        record(ChannelRecovered(channel.pk))


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
    tell(title, lazy_say(error.say, error.places), reverse("channels:channel", args=[channel.pk]), "warning")
    return True


@transaction.atomic
def ask_reconnection(channel: Channel, error: ConnectorError) -> None:
    """Access is gone: people are told once, the queue waits, nothing is lost."""
    now = timezone.now()
    changed = Channel.objects.filter(pk=channel.pk, state=Channel.State.READY).update(
        state=Channel.State.RECONNECT, trouble_since=now, checked_at=now, **_words(error), trouble_detail=error.detail
    )
    if changed:
        Check.objects.create(channel_id=channel.pk, **_words(error))
        record(ChannelNeedsReconnection(channel.pk, error.say))
        title = filled(_("Channel must be reconnected: %(channel)s"), {"channel": channel})
        tell(title, lazy_say(error.say, error.places), reverse("channels:reconnect", args=[channel.pk]), "alarm")


def tell(title: Text, body: Text, url: str, level: str) -> None:
    """News for everybody who may connect channels."""
    notify(Person.objects.holding("channel.connect"), title, body, url=url, level=level, key=f"{url}#{level}")


def _words(error: ConnectorError) -> dict[str, Any]:
    return {"trouble": error.say[:300], "trouble_places": dict(error.places)}


def _locked(channel_id: int) -> Channel:
    return Channel.objects.select_for_update().get(pk=channel_id)
