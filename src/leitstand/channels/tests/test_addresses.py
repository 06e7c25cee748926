"""An address typed to connect a channel leads nowhere inside: it is said plainly, and nothing is saved."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from tests import people

from leitstand.channels.models import Channel

INSIDE = ["127.0.0.1", "localhost:8000", "http://169.254.169.254/latest", "[::1]", "10.0.0.1", "http://inside.example"]
FIELDS = {
    "mastodon": {"token": "geheim-7"},
    "wordpress": {"user": "anna", "password": "geheim-7"},
    "bluesky": {"handle": "anna.example", "password": "geheim-7"},
}
SAYS = {"en": "inside a private network and is not reached", "de": "in einem privaten Netz"}


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """A name of the world that leads inside; all others are what they are."""
    real = socket.getaddrinfo

    def resolve(host: Any, *asked: Any, **more: Any) -> Any:
        return real("10.1.2.3" if host == "inside.example" else host, *asked, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    people.company()


@pytest.mark.parametrize("language", SAYS)
@pytest.mark.parametrize("server", INSIDE)
@pytest.mark.parametrize("slug", FIELDS)
def test_no_channel_leads_inside(slug: str, server: str, language: str) -> None:
    browser = people.signed_in(people.gina())
    browser.cookies["leitstand_language"] = language
    answer = browser.post(f"/channels/connect/{slug}/", {"server": server, **FIELDS[slug]})
    assert answer.status_code == 422
    assert SAYS[language] in answer.content.decode()
    assert "geheim-7" not in answer.content.decode()
    assert not Channel.objects.exists()
