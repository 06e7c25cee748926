"""Reads of channels; the only door to them. Not allowed means not there (404)."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404

from leitstand.channels.models import Channel
from leitstand.connectors import registry
from leitstand.connectors.limits import limited
from leitstand.connectors.protocol import Connector, Network, can
from leitstand.core.errors import Text
from leitstand.core.models import Person

DEPENDANTS: list[Callable[[int], Text]] = []


def channels(person: Person) -> QuerySet[Channel]:
    """All channels but the disconnected ones."""
    return Channel.objects.kept() if person.may("channel.view") else Channel.objects.none()


def channel_for(person: Person, channel_id: int) -> Channel:
    """The channel, or 404."""
    found = Channel.objects.filter(pk=channel_id).first()
    if found is None or not person.may("channel.view"):
        raise Http404
    return found


def channel(channel_id: int) -> Channel:
    return Channel.objects.get(pk=channel_id)


def publishable() -> QuerySet[Channel]:
    """Channels a post may be written for; those to be reconnected too: their queue waits."""
    return Channel.objects.filter(may_publish=True, state__in=[Channel.State.READY, Channel.State.RECONNECT])


def ready_ids() -> set[int]:
    """Channels that may be spoken to right now."""
    return set(Channel.objects.ready().values_list("pk", flat=True))


def publishable_ids() -> set[int]:
    """Channels that may be sent to right now."""
    return set(Channel.objects.ready().filter(may_publish=True).values_list("pk", flat=True))


def listenable() -> list[Channel]:
    """Ready channels whose replies and mentions can be read."""
    ready = Channel.objects.ready().filter(may_read_replies=True)
    return [one for one in ready if can(connector_of(one), "listen")]


def network_of(channel: Channel) -> Network:
    """The facts of the channel's network, with the limits of its own server."""
    return limited(connector_of(channel).network, channel.limits)


def connector_of(channel: Channel) -> type[Connector]:
    """The connector class that speaks for the channel."""
    return registry.connector(channel.network)


def register_dependants(count: Callable[[int], Text]) -> None:
    """A room above tells what hangs on a channel, as a sentence; empty when nothing does."""
    DEPENDANTS.append(count)


def dependants(channel: Channel) -> list[Text]:
    return [text for count in DEPENDANTS if (text := count(channel.pk))]
