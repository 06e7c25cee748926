"""Speaking with a network: errors as values, secrets nowhere, budget and fresh tokens kept."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests import people

from leitstand.channels import calls, wires
from leitstand.channels.models import Channel
from leitstand.channels.tests.conftest import answering, status
from leitstand.connectors.errors import NotAllowed, Refused, TooFast, Unsure
from leitstand.connectors.protocol import Content, Published
from leitstand.core.models import DiaryEntry

SECRET = "sehr-geheim-4711"
HELLO = Content("Guten Morgen mit frischem Kaffee!", language="de")


def test_the_same_key_publishes_once(channel: Channel) -> None:
    key = str(uuid4())
    first, second = calls.deliver(channel, HELLO, key), calls.deliver(channel, HELLO, key)
    assert isinstance(first, Published)
    assert isinstance(second, Published)
    assert first.remote_id == second.remote_id
    found = calls.find(channel, HELLO, key, first.at)
    assert isinstance(found, Published)
    assert found.url == first.url
    assert calls.find(channel, HELLO, str(uuid4()), first.at) is None


def test_the_budget_is_kept(channel: Channel) -> None:
    calls.deliver(channel, HELLO, str(uuid4()))
    channel.refresh_from_db()
    assert channel.budget_limit == 300
    assert channel.budget_left is not None
    assert 0 < channel.budget_left < 300
    assert channel.budget_is_fresh
    for language, words in (("en", "of 300 calls left"), ("de", "von 300 Anfragen")):
        gina = people.signed_in(people.gina())
        gina.cookies["leitstand_language"] = language
        assert words in gina.get("/channels/").content.decode()
        assert words in gina.get(f"/channels/{channel.pk}/").content.decode()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"code": 429, "Retry-After": "33"}, TooFast),
        ({"code": 422}, Refused),
        ({"code": 500}, Unsure),
        ({"code": 401}, NotAllowed),
    ],
)
def test_errors_are_values(stored: Channel, answer: dict[str, Any], kind: type) -> None:
    with status(**answer):
        assert isinstance(calls.deliver(stored, HELLO, "k"), kind)
    stored.refresh_from_db()
    assert stored.state == ("reconnect" if kind is NotAllowed else "ready")


def test_losing_access_is_told_once(stored: Channel) -> None:
    with status(401):
        for _again in range(3):
            calls.deliver(stored, HELLO, "k")
    assert DiaryEntry.objects.filter(name="channels.needs_reconnection").count() == 1


def test_a_secret_the_network_repeats_is_blotted_out(stored: Channel) -> None:
    with status(422, {"error": f"bad token {SECRET}"}):
        error = calls.deliver(stored, HELLO, "k")
    assert isinstance(error, Refused)
    for told in (error.detail, str(error), repr(error), repr(error.places), error.say):
        assert SECRET not in told
    assert SECRET not in repr(stored)
    assert SECRET not in str(stored.__dict__)


def test_what_a_network_cannot_do_is_refused(stored: Channel) -> None:
    stored.network = "bluesky"
    stored.save()
    outcome = calls.edit(stored, "1", HELLO)
    assert isinstance(outcome, Refused)
    assert "bluesky cannot edit" in outcome.detail


def test_a_disconnected_channel_stays_silent(stored: Channel) -> None:
    Channel.objects.update(state="gone", sealed_secrets="")
    stored.refresh_from_db()

    def never(request: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing may be sent")

    with answering(never):
        assert isinstance(calls.deliver(stored, HELLO, "k"), NotAllowed)


def test_wires_are_kept_in_a_thread_and_never_shared(stored: Channel) -> None:
    mine = wires.kept_wire(stored.pk)
    assert wires.kept_wire(stored.pk) is mine
    assert wires.kept_wire(stored.pk + 1) is not mine
    others: list[httpx.Client] = []
    thread = threading.Thread(target=lambda: others.append(wires.kept_wire(stored.pk)))
    thread.start()
    thread.join()
    assert others[0] is not mine


def test_no_more_wires_than_allowed_are_kept(stored: Channel) -> None:
    first = wires.kept_wire(100_000)
    for number in range(wires.MOST_WIRES + 1):
        wires.kept_wire(200_000 + number)
    assert first.is_closed


def test_access_sealed_with_a_lost_key_asks_to_reconnect(channel: Channel) -> None:
    """Who restores without `vault.keys` loses no queue: it waits for the channel."""
    Channel.objects.update(sealed_secrets=b"sealed with another key")
    answer = calls.deliver(Channel.objects.get(), HELLO, str(uuid4()))
    assert isinstance(answer, NotAllowed)
    assert Channel.objects.get().state == "reconnect"
