"""Looks after all channels every few minutes: health, followers, access that is about to end."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from leitstand.channels import calls, health
from leitstand.channels.expiry import renew_in_time, warn_before_expiry
from leitstand.channels.models import Channel, Check
from leitstand.connectors.bounds import kept
from leitstand.connectors.errors import ConnectorError, NotAllowed, TooFast
from leitstand.connectors.protocol import Connected, can
from leitstand.core import jobs

KEEP_CHECKS = timedelta(days=90)
LOOK_AGAIN = timedelta(hours=1)


@jobs.every("*/5 * * * *")
@jobs.job("channels.check_all", queue_name="house")
def check_all() -> None:
    """Enqueues one check per channel; those cut off are looked at hourly, in case they come back."""
    rested = Channel.objects.filter(state=Channel.State.RECONNECT, checked_at__lt=timezone.now() - LOOK_AGAIN)
    for channel_id in (Channel.objects.ready() | rested).values_list("pk", flat=True):
        jobs.enqueue(check, once=f"check-{channel_id}", channel_id=channel_id)


@jobs.job("channels.check", queue_name="house", tries=1)
def check(channel_id: int) -> None:
    """One look at one channel. Does nothing for one that is paused, disconnected or not there."""
    channel = Channel.objects.filter(pk=channel_id).first()
    if channel is None or channel.state in (Channel.State.GONE, Channel.State.PAUSED):
        return
    began = time.monotonic()
    found = _look(channel)
    _note(channel, found, round((time.monotonic() - began) * 1000))


def _note(channel: Channel, found: tuple[Connected, int | None] | ConnectorError, milliseconds: int) -> None:
    if isinstance(found, TooFast):
        Channel.objects.filter(pk=channel.pk).update(checked_at=timezone.now())  # it answered: alive, only busy
    elif isinstance(found, NotAllowed):
        health.ask_reconnection(channel, found)
        Channel.objects.filter(pk=channel.pk).update(checked_at=timezone.now())
    elif isinstance(found, ConnectorError):
        health.note_trouble(channel.pk, found, milliseconds)
    elif found[0].may_read_replies and (error := health.inbox_error(channel)):
        health.note_trouble(channel.pk, error, milliseconds)
    else:
        health.note_well(channel.pk, *found, milliseconds)
        warn_before_expiry(Channel.objects.get(pk=channel.pk))


def _look(channel: Channel) -> tuple[Connected, int | None] | ConnectorError:
    """Who we are there and how many follow us; followers are None when the network does not tell."""
    try:
        with calls.speaking(channel) as connector:
            renew_in_time(channel, connector)
            speaker: Any = connector
            found: Connected = kept(speaker.check())
            return found, kept(_followers(speaker, found))
    except ConnectorError as error:
        return error


def _followers(connector: Any, found: Connected) -> int | None:
    if found.followers is not None or not can(connector, "measure"):
        return found.followers
    followers: int | None = connector.measure_account().followers
    return followers


@jobs.every("17 3 * * *")
@jobs.job("channels.forget_checks", queue_name="house")
def forget_checks() -> None:
    """Old checks go after 90 days."""
    Check.objects.filter(at__lt=timezone.now() - KEEP_CHECKS).delete()
