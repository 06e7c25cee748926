"""Looks after all channels every few minutes: health, followers, access that is about to expire."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leitstand.channels import calls, health
from leitstand.channels.models import Channel, Check
from leitstand.channels.queries import connector_of
from leitstand.connectors.errors import ConnectorError, NotAllowed
from leitstand.connectors.protocol import Connected, can
from leitstand.core import jobs
from leitstand.core.models import Person
from leitstand.core.notify import notify
from leitstand.core.vault import seal

WARN_DAYS = (14, 7, 1)
KEEP_CHECKS = timedelta(days=90)


@jobs.every("*/5 * * * *")
@jobs.job("channels.check_all", queue_name="house")
def check_all() -> None:
    """Enqueues one check per channel."""
    for channel_id in Channel.objects.ready().values_list("pk", flat=True):
        jobs.enqueue(check, once=f"check-{channel_id}", channel_id=channel_id)


@jobs.job("channels.check", queue_name="house", tries=1)
def check(channel_id: int) -> None:
    """One look at one channel."""
    channel = Channel.objects.get(pk=channel_id)
    if channel.state in (Channel.State.GONE, Channel.State.PAUSED):
        return
    found = _look(channel)
    if isinstance(found, NotAllowed):
        health.ask_reconnection(channel, found)
    elif isinstance(found, ConnectorError):
        health.note_trouble(channel, found)
    else:
        health.note_well(channel, found, found.followers)
        warn_before_expiry(channel)


def _look(channel: Channel) -> Connected | ConnectorError:
    connector = calls.speaking(channel)
    try:
        if channel.expires_before(timezone.now() + timedelta(days=3)) and can(connector, "refresh"):
            account = connector.refresh()  # type: ignore[attr-defined]
            Channel.objects.filter(pk=channel.pk).update(sealed_secrets=seal(account.secrets))
        found: Connected = connector.check()  # type: ignore[attr-defined]
    except ConnectorError as error:
        return error
    return found


def warn_before_expiry(channel: Channel) -> None:
    """Fourteen days, a week and a day before, once each, where nothing renews the access by itself."""
    if channel.expires_at is None or can(connector_of(channel), "refresh"):
        return
    days = max(0, (channel.expires_at - timezone.now()).days)
    step = next((limit for limit in sorted(WARN_DAYS) if days <= limit), None)
    if step is None:
        return
    text = ngettext_lazy("%(channel)s: access ends in %(n)d day", "%(channel)s: access ends in %(n)d days", "n")
    url = reverse("channels:reconnect", args=[channel.pk])
    people = Person.objects.holding("channel.connect")
    notify(
        people,
        text % {"channel": channel, "n": days},
        str(_("Reconnect it before then.")),
        url=url,
        level="warning",
        key=f"expiry-{channel.pk}-{step}",
    )


@jobs.every("17 3 * * *")
@jobs.job("channels.forget_checks", queue_name="house")
def forget_checks() -> None:
    """Old checks go after 90 days."""
    Check.objects.filter(at__lt=timezone.now() - KEEP_CHECKS).delete()
