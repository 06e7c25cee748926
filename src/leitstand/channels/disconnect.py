"""Ends, pauses and resumes a channel."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitstand.channels.events import ChannelGone, ChannelPaused, ChannelResumed
from leitstand.channels.models import Channel
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person


@transaction.atomic
def disconnect(channel: Channel, typed: str, by: Person) -> None:
    """Forgets the access for good; what was published stays there and here. `typed` must be the handle."""
    if typed.strip().lstrip("@") != channel.handle.lstrip("@"):
        raise Declined(_("Type the name of the channel exactly to confirm."))
    changed = (
        Channel.objects.filter(pk=channel.pk)
        .exclude(state=Channel.State.GONE)
        .update(state=Channel.State.GONE, sealed_secrets="", trouble="", trouble_detail="")
    )
    if changed:
        record(ChannelGone(channel.pk), by)


@transaction.atomic
def pause(channel: Channel, by: Person) -> None:
    """Nothing is sent or read until it is resumed."""
    if Channel.objects.filter(pk=channel.pk, state=Channel.State.READY).update(state=Channel.State.PAUSED):
        record(ChannelPaused(channel.pk), by)


@transaction.atomic
def resume(channel: Channel, by: Person) -> None:
    if Channel.objects.filter(pk=channel.pk, state=Channel.State.PAUSED).update(state=Channel.State.READY):
        record(ChannelResumed(channel.pk), by)
