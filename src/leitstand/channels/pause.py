"""Lets a channel rest, and wakes it: nothing is sent or read meanwhile, nothing is lost."""

from __future__ import annotations

from django.db import transaction

from leitstand.channels.events import ChannelPaused, ChannelResumed
from leitstand.channels.models import Channel
from leitstand.core.events import record
from leitstand.core.models import Person


@transaction.atomic
def pause(channel: Channel, by: Person) -> bool:
    """False: it was not ready, so there is nothing to pause."""
    changed = Channel.objects.filter(pk=channel.pk, state=Channel.State.READY).update(state=Channel.State.PAUSED)
    if changed:
        record(ChannelPaused(channel.pk), by)
    return bool(changed)


@transaction.atomic
def resume(channel: Channel, by: Person) -> bool:
    """False: it was not paused."""
    changed = Channel.objects.filter(pk=channel.pk, state=Channel.State.PAUSED).update(state=Channel.State.READY)
    if changed:
        record(ChannelResumed(channel.pk), by)
    return bool(changed)
