"""A network on loopback, channels on it, and posts ready to go out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks.loopback_network import Network, running
from django.db.models import QuerySet
from django.utils import timezone
from tests import people

from leitstand.channels.connect import connect
from leitstand.channels.queries import publishable
from leitstand.channels.wires import hang_up
from leitstand.core import jobs
from leitstand.publishing import approve, compose, publish, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Attempt, Post, Publication

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

COFFEE = "Unser Winterkaffee ist da, mit einer Note von Orange."
EDITS = {
    "text": compose.Change({"text": "Etwas anderes."}),
    "link": compose.Change({"link": "https://example.org/neu"}),
    "legal": compose.Change({"evidence": "Ordner 7"}),
    "language": compose.Change({"language": "en"}),
}


@pytest.fixture(scope="session")
def loop_network() -> Iterator[Network]:
    """One network for all tests."""
    with running() as network:
        yield network


@pytest.fixture
def network(loop_network: Network, settings: Any, db: None) -> Iterator[Network]:
    """The network, fresh: no accounts, nothing counted, in good mood."""
    address = loop_network.address
    loop_network.__init__()  # type: ignore[misc]  # begins anew, at the same address
    loop_network.address = address
    settings.PRIVATE_HOSTS = frozenset({address.removeprefix("http://"), "127.0.0.1:9"})
    people.company()
    yield loop_network
    hang_up()


@pytest.fixture
def channel(network: Network) -> Channel:
    """A connected channel."""
    return another_channel(network, "token-1")


def another_channel(network: Network, token: str) -> Channel:
    return connect("mastodon", {"server": network.address, "token": token}, people.gina())


def all_channels() -> QuerySet[Channel]:
    """The rows of all channels, to be put in a state a test needs."""
    return publishable().model._default_manager.all()


def written(*channels: Channel, text: str = COFFEE, **facts: Any) -> Post:
    """A post of Gina's for these channels."""
    versions = [compose.VersionChange(channel.pk) for channel in channels]
    return compose.revise(
        compose.start(people.gina()), compose.Change({"text": text, **facts}, versions), people.gina()
    )


def approved(*channels: Channel, **facts: Any) -> Post:
    """The same, approved by Dora."""
    post = written(*channels, **facts)
    approve.approve(post, people.dora(), fingerprint(post))
    return Post.objects.get(pk=post.pk)


def planned(channel: Channel, when: datetime | None = None, **facts: Any) -> Publication:
    """A publication that is due, or planned for `when`."""
    return schedule.plan(approved(channel, **facts), when or timezone.now(), people.gina())[0]


def fresh(publication: Publication) -> Publication:
    """The row as it is now."""
    return Publication.objects.get(pk=publication.pk)


def make_due(publication: Publication) -> None:
    """Its pause is over."""
    Publication.objects.filter(pk=publication.pk).update(due_at=timezone.now() - timedelta(milliseconds=1))


def settle_down() -> None:
    """Time has passed: nothing that was cut off can be on its way any more, and look-ups are due."""
    then = timezone.now() - timedelta(seconds=601)
    Attempt.objects.update(started_at=then, ended_at=then)
    Publication.objects.filter(state="unsure", due_at__isnull=False).update(due_at=timezone.now())


def send_due() -> None:
    """What the worker does each second: sweep, and the jobs that come of it."""
    publish.sweep()
    jobs.run_waiting()


def outcomes(publication: Publication) -> list[str]:
    """How the attempts of a publication ended, in order."""
    return list(publication.attempts.order_by("id").values_list("outcome", flat=True))
