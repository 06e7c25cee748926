"""Keeps what is known of a channel's health."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.channels.events import ChannelNeedsReconnection
from leitstand.channels.models import Channel, Check
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.protocol import Budget, Connected
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify


def note_budget(channel_id: int, budget: Budget) -> None:
    """The rate limit as the network last told it."""
    Channel.objects.filter(pk=channel_id).update(
        budget_limit=budget.limit, budget_left=budget.left, budget_resets_at=budget.resets_at
    )


@transaction.atomic
def note_well(channel: Channel, found: Connected, followers: int | None) -> None:
    """Healthy: whatever trouble there was is over."""
    Check.objects.create(channel=channel, followers=followers)
    Channel.objects.filter(pk=channel.pk).update(
        trouble="",
        trouble_detail="",
        trouble_since=None,
        checked_at=timezone.now(),
        may_publish=found.may_publish,
        may_read_replies=found.may_read_replies,
        followers=followers if followers is not None else channel.followers,
        expires_at=found.expires_at or channel.expires_at,
    )


@transaction.atomic
def note_trouble(channel: Channel, error: ConnectorError) -> None:
    """Something is wrong that may pass by itself."""
    now = timezone.now()
    Check.objects.create(channel=channel, trouble=error.say[:300])
    Channel.objects.filter(pk=channel.pk).update(
        trouble=error.say[:300], trouble_detail=error.detail, trouble_since=channel.trouble_since or now, checked_at=now
    )


@transaction.atomic
def ask_reconnection(channel: Channel, error: ConnectorError) -> None:
    """Access is gone: people are told once, the queue waits, nothing is lost."""
    changed = Channel.objects.filter(pk=channel.pk, state=Channel.State.READY).update(
        state=Channel.State.RECONNECT,
        trouble=error.say[:300],
        trouble_detail=error.detail,
        trouble_since=timezone.now(),
    )
    if changed:
        record(ChannelNeedsReconnection(channel.pk, error.say))
        url = reverse("channels:reconnect", args=[channel.pk])
        people = Person.objects.holding("channel.connect")
        title = _("Channel must be reconnected: %(channel)s") % {"channel": channel}
        notify(people, title, str(_(error.say)), url=url, level="alarm", key=f"channel-{channel.pk}")
