"""One Bluesky server and one WordPress for all tests here, started when the first test asks for them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from leitstand.connectors.http import open_wire
from tests.journeys.conftest import browser, house
from tests.servers.bluesky import Bluesky, bluesky, bluesky_with_appview
from tests.servers.wordpress import WordPress, wordpress

__all__ = ["browser", "house"]


@pytest.fixture
def wire() -> Iterator[httpx.Client]:
    """The one door to the networks, which may reach this machine here."""
    with open_wire(frozenset({"127.0.0.1"})) as client:
        yield client


@pytest.fixture(scope="session")
def pds() -> Iterator[Bluesky]:
    """The bare Bluesky server."""
    with tempfile.TemporaryDirectory(prefix="leitstand-bluesky-") as folder, bluesky(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def network() -> Iterator[Bluesky]:
    """Another Bluesky server, with an appview."""
    with (
        tempfile.TemporaryDirectory(prefix="leitstand-appview-") as folder,
        bluesky_with_appview(Path(folder)) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def blog() -> Iterator[WordPress]:
    """The blog, with addresses like /2026/11/title/."""
    with tempfile.TemporaryDirectory(prefix="leitstand-wordpress-") as folder, wordpress(Path(folder)) as server:
        server.pretty("/%year%/%monthnum%/%postname%/")
        yield server
