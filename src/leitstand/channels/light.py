"""Green, amber, red or grey: a channel's health in one word and one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitstand.channels.expiry import days_left, due_step
from leitstand.channels.models import Channel
from leitstand.channels.queries import connector_of
from leitstand.connectors.protocol import can

EVERY = 300


@dataclass(frozen=True, slots=True)
class Light:
    """`tone` is the lamp, `word` stands beside it, `text` says what it means and what happens next."""

    tone: Literal["green", "amber", "red", "grey"]
    word: str
    text: str


def light_of(channel: Channel) -> Light:
    """The worst that is known of the channel."""
    word = str(channel.get_state_display())
    if channel.state == Channel.State.GONE:
        return Light("grey", word, _("The access was deleted. What was published stays on record."))
    if channel.state == Channel.State.PAUSED:
        return Light("grey", word, _("Nothing is sent or read until it is resumed."))
    if channel.state == Channel.State.RECONNECT:
        return Light("red", word, " ".join([channel.say, _("What is planned waits; nothing is lost.")]))
    return _of_ready(channel)


def _of_ready(channel: Channel) -> Light:
    if channel.trouble:
        where = [_("What is said to us cannot be read.")] if channel.inbox_trouble else []
        told = [*where, channel.say, _("It is tried again every five minutes.")]
        return Light("amber", _("Trouble"), " ".join(told))
    if channel.is_unseen:
        return Light("amber", _("Not checked lately"), _("No worker has looked after it. Is the worker running?"))
    if ends_soon(channel):
        text = ngettext("The access ends in %(n)d day.", "The access ends in %(n)d days.", days_left(channel))
        return Light("amber", _("Access ends soon"), text % {"n": days_left(channel)})
    return Light("green", str(channel.get_state_display()), _("Everything works."))


def ends_soon(channel: Channel) -> bool:
    """Within two weeks, on a network that cannot renew the access by itself."""
    return due_step(channel) is not None and not can(connector_of(channel), "refresh")


def next_check(channel: Channel) -> datetime | None:
    """When the timetable looks at it next; None while it rests."""
    if channel.state != Channel.State.READY:
        return None
    now = timezone.now().replace(microsecond=0)
    return now + timedelta(seconds=EVERY - now.timestamp() % EVERY)
