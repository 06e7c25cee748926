"""Ends a channel for good."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitstand.channels.events import ChannelGone
from leitstand.channels.health import NO_TROUBLE
from leitstand.channels.models import Channel
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person


@transaction.atomic
def disconnect(channel: Channel, typed: str, by: Person) -> bool:
    """Forgets the access; what was published stays there and here. False: it was disconnected before.

    `typed` must be the handle. Declined otherwise: nothing is lost by a slip.
    """
    if typed.strip().lstrip("@") != channel.handle.lstrip("@"):
        raise Declined(_("Type %(handle)s exactly to confirm.") % {"handle": channel.handle})
    kept = Channel.objects.kept().filter(pk=channel.pk)
    changed = kept.update(state=Channel.State.GONE, sealed_secrets="", answers={}, expires_at=None, **NO_TROUBLE)
    if changed:
        record(ChannelGone(channel.pk), by)
    return bool(changed)
