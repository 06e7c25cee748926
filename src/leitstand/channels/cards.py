"""What the pages show of channels and networks, ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leitstand.channels.light import Light, light_of, next_check
from leitstand.channels.models import Channel
from leitstand.channels.queries import network_of
from leitstand.channels.words import in_words
from leitstand.connectors import registry
from leitstand.connectors.protocol import Network, can

DAYS = 30


@dataclass(frozen=True, slots=True)
class Card:
    """A channel as the list shows it."""

    channel: Channel
    network: Network
    light: Light
    next_check: datetime | None

    @property
    def name(self) -> str:
        """The network's name; most are brands and stay as they are."""
        return _(self.network.name)


@dataclass(frozen=True, slots=True)
class Offer:
    """A network as the wizard offers it; `closed` says why it cannot be connected."""

    network: Network
    needs: tuple[str, ...]
    abilities: tuple[str, ...]
    steps: tuple[str, ...]
    closed: str = ""

    @property
    def name(self) -> str:
        return _(self.network.name)


def card_of(channel: Channel) -> Card:
    return Card(channel, network_of(channel), light_of(channel), next_check(channel))


def cards_of(channels: Iterable[Channel]) -> list[Card]:
    return [card_of(channel) for channel in channels]


def offers() -> list[Offer]:
    """Networks that can be connected, then those that are closed, with the reason."""
    return [offer_of(network) for network in [*registry.networks(), *registry.RETIRED]]


def offer_of(network: Network) -> Offer:
    closed = in_words(network, network.retired)
    return Offer(
        network,
        tuple(in_words(network, field.label) for field in network.fields if field.required),
        () if closed else tuple(_abilities(network)),
        tuple(in_words(network, step) for step in network.guide),
        closed,
    )


def _abilities(network: Network) -> Iterable[str]:
    kind = registry.connector(network.slug)
    words = {
        "publish": pgettext("ability", "publish"),
        "edit": pgettext("ability", "edit"),
        "delete": pgettext("ability", "delete"),
        "listen": pgettext("ability", "read replies"),
        "reply": pgettext("ability", "answer"),
        "measure": pgettext("ability", "count likes and views"),
    }
    return (word for ability, word in words.items() if can(kind, ability))


def followers_chart(channel: Channel) -> dict[str, Any]:
    """Followers on each of the last 30 days, the last count of the day."""
    counted = _recent(channel).exclude(followers=None)
    newest = counted.annotate(day=TruncDate("at")).order_by("day", "-at").distinct("day")
    days = dict(newest.values_list("day", "followers"))
    return {
        "labels": [day.isoformat() for day in days],
        "series": [{"name": _("Followers"), "values": list(days.values())}],
    }


def checks_chart(channel: Channel) -> dict[str, Any]:
    """Good and bad checks on each of the last 30 days."""
    bad = Count("pk", filter=~Q(trouble=""))
    days = (
        _recent(channel).annotate(day=TruncDate("at")).values("day").order_by("day").annotate(all=Count("pk"), bad=bad)
    )
    rows = [(row["day"].isoformat(), row["all"] - row["bad"], row["bad"]) for row in days]
    return {
        "labels": [row[0] for row in rows],
        "series": [
            {"name": _("healthy"), "values": [row[1] for row in rows], "state": "green"},
            {"name": _("trouble"), "values": [row[2] for row in rows], "state": "amber"},
        ],
    }


def _recent(channel: Channel) -> Any:
    return channel.checks.filter(at__gte=timezone.now() - timedelta(days=DAYS))
