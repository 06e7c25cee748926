"""A real practice network on loopback, and networks that answer as a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest
from tests import people

from leitstand.channels.connect import connect
from leitstand.channels.models import Channel
from leitstand.channels.wires import hang_up, through

Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def house(live_server: Any, settings: Any) -> Iterator[Any]:
    """The whole site on a port of its own; the practice network in it is reached by HTTP."""
    settings.PUBLIC_URL = live_server.url
    people.company()
    yield live_server
    hang_up()


@pytest.fixture
def channel(house: Any) -> Channel:
    """A connected channel of the practice network."""
    return connect("practice", {"handle": "Morgenrot"}, people.gina())


@pytest.fixture
def stored(db: None) -> Channel:
    """A channel as a row only, on an address where nobody lives."""
    from leitstand.core.secrets.vault import seal

    people.company()
    return Channel.objects.create(
        network="practice",
        handle="morgenrot",
        name="Morgenrot",
        address="http://127.0.0.1:9/practice",
        remote_id="7",
        sealed_secrets=seal({"token": "sehr-geheim-4711"}),
    )


def answering(answer: Answer) -> AbstractContextManager[None]:
    """Inside, every network answers by this function."""
    return through(httpx.MockTransport(answer))


def status(code: int, body: dict[str, Any] | None = None, **headers: str) -> AbstractContextManager[None]:
    """Inside, every network answers with this status."""
    return answering(lambda request: httpx.Response(code, json=body or {"error": "no"}, headers=headers))


def well(followers: int = 321) -> AbstractContextManager[None]:
    """Inside, the practice network says that all is well."""
    me = {"id": "7", "handle": "morgenrot", "name": "Morgenrot", "url": "http://127.0.0.1:9/m", "followers": followers}
    return status(200, me)
