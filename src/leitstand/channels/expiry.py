"""Access that ends: renewed in time where the network can, else people are warned 14, 7 and 1 day before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitstand.channels.events import ChannelExpiryWarned
from leitstand.channels.health import tell
from leitstand.channels.models import Channel
from leitstand.channels.queries import connector_of
from leitstand.connectors.protocol import Connector, can
from leitstand.core.events import record
from leitstand.core.notify import filled

WARN_DAYS = (1, 7, 14)
RENEW_BEFORE = timedelta(days=3)


def renew_in_time(channel: Channel, connector: Connector) -> None:
    """Fresh access three days before the old one ends. What was renewed is stored when the call ends."""
    if channel.expires_before(timezone.now() + RENEW_BEFORE) and can(connector, "refresh"):
        speaker: Any = connector
        speaker.account = speaker.refresh()


@transaction.atomic
def warn_before_expiry(channel: Channel) -> None:
    """Once at each of the three steps, for networks that cannot renew the access by themselves."""
    step = due_step(channel)
    if step is None or can(connector_of(channel), "refresh"):
        return
    unwarned = Channel.objects.filter(pk=channel.pk).exclude(warned_days__lte=step)
    if unwarned.update(warned_days=step):
        days = days_left(channel)
        record(ChannelExpiryWarned(channel.pk, days))
        title = ngettext_lazy("%(channel)s: access ends in %(n)d day", "%(channel)s: access ends in %(n)d days", "n")
        url = reverse("channels:reconnect", args=[channel.pk])
        said = filled(title, {"channel": channel, "n": days})
        tell(said, _("Reconnect it before then; nothing is lost."), url, "warning", timezone.now())


def days_left(channel: Channel) -> int:
    """Whole days until the access ends, never below 0; only for a channel whose access ends."""
    assert channel.expires_at is not None
    return max(0, -(-(channel.expires_at - timezone.now()) // timedelta(days=1)))


def due_step(channel: Channel) -> int | None:
    """The smallest of 1, 7, 14 days that has been reached; None: there is time."""
    if channel.expires_at is None:
        return None
    left = channel.expires_at - timezone.now()
    return next((days for days in WARN_DAYS if left <= timedelta(days=days)), None)
