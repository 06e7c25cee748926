"""Gives a channel new access; its number, its queue and its history stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitstand.channels import calls
from leitstand.channels.access import as_kept, ask_network, columns_of
from leitstand.channels.connect import refuse_gone, renew
from leitstand.channels.models import Channel
from leitstand.channels.queries import network_of
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.protocol import Connected
from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.core.secrets.vault import keys_kept


def reconnect(channel: Channel, answers: Mapping[str, str], by: Person) -> Channel:
    """Declined: access refused, another account, or the channel was disconnected for good."""
    refuse_gone(channel)
    found = _still_works(channel) or ask_network(channel.network, answers)
    _refuse_strangers(channel, found)
    with keys_kept():
        return renew(channel, columns_of(channel.network, found, dict(answers)), by)


def _still_works(channel: Channel) -> Connected | None:
    """Where the network asks for no secret, nothing new can be typed: the access we hold may simply work."""
    if any(field.secret for field in network_of(channel).fields):
        return None
    try:
        with calls.speaking(channel) as connector:
            speaker: Any = connector
            found: Connected = speaker.check()
            return as_kept(network_of(channel), found)
    except ConnectorError:
        return None


def _refuse_strangers(channel: Channel, found: Connected) -> None:
    """The same account may have moved from http to https, never back."""
    address = found.account.address
    same_place = channel.address in (address, address.replace("https://", "http://", 1))
    if found.account.remote_id != channel.remote_id or not same_place:
        raise Declined(
            _("This is another account (%(other)s), not %(ours)s. Connect it as a new channel.")
            % {"other": found.account.handle, "ours": channel.handle}
        )
