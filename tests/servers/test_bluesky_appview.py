"""What others do on Bluesky reaches us: on a real server with a real appview."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from leitstand.connectors.bluesky import Bluesky as Connector
from leitstand.connectors.protocol import Content
from tests.servers.bluesky import Bluesky, Member
from tests.servers.samples import WORDS, key

QUESTION = "Gibt es „Polarstern“ auch entkoffeiniert? 👩‍🍳"
numbers = count(1)


@pytest.fixture
def member(network: Bluesky) -> Member:
    return network.join(f"hoerer{next(numbers)}")


@pytest.fixture
def guest(network: Bluesky) -> Member:
    return network.join(f"gast{next(numbers)}")


@pytest.fixture
def speaker(network: Bluesky, wire: httpx.Client, member: Member) -> Iterator[Connector]:
    """Our connector, connected as the member, once the appview knows that account."""
    form = {"handle": member.handle, "password": member.password, "server": network.url}
    made = soon(lambda: Connector.connect(wire, form), lambda made: made.may_read_replies)
    yield Connector(wire, made.account)


def soon(look: Callable[[], Any], good: Callable[[Any], bool]) -> Any:
    """The appview hears of everything a moment later, on a busy machine much later: two minutes."""
    deadline = time.monotonic() + 120
    while not good(found := look()):
        assert time.monotonic() < deadline, f"the appview does not know yet: {found}"
        time.sleep(0.2)
    return found


def test_a_reply_is_heard_once_and_answered_in_its_thread(
    network: Bluesky, speaker: Connector, member: Member, guest: Member
) -> None:
    ours = network.post(speaker.publish(Content(WORDS), key()).remote_id)
    ours = {"uri": ours["uri"], "cid": ours["cid"]}
    asked = network.answer(guest, QUESTION, ours)
    page = soon(lambda: speaker.listen(None), lambda page: page.items)
    (item,) = page.items
    assert (item.kind, item.text, item.remote_id) == ("reply", QUESTION, asked["uri"])
    assert (item.author.handle, item.in_reply_to) == (guest.handle, ours["uri"])
    assert speaker.listen(page.cursor).items == ()

    said = speaker.reply(asked["uri"], Content("Ja, ab Freitag."), key())
    answer = network.post(said.remote_id)["value"]
    assert answer["reply"] == {"root": ours, "parent": asked}
    assert soon(lambda: speaker.measure(ours["uri"]), lambda figures: figures.replies).replies == 1


def test_a_mention_by_a_stranger_is_heard(network: Bluesky, speaker: Connector, member: Member, guest: Member) -> None:
    text = f"@{member.handle} röstet gut"
    end = len(f"@{member.handle}".encode())
    features = [{"$type": "app.bsky.richtext.facet#mention", "did": member.did}]
    network.write(guest, text, facets=[{"index": {"byteStart": 0, "byteEnd": end}, "features": features}])
    (item,) = soon(lambda: speaker.listen(None), lambda page: page.items).items
    assert (item.kind, item.text, item.author.handle) == ("mention", text, guest.handle)


def test_likes_are_counted_and_are_no_conversation(network: Bluesky, speaker: Connector, guest: Member) -> None:
    made = network.post(speaker.publish(Content(WORDS), key()).remote_id)
    network.like(guest, {"uri": made["uri"], "cid": made["cid"]})
    figures = soon(lambda: speaker.measure(made["uri"]), lambda figures: figures.likes)
    assert (figures.likes, figures.shares, figures.replies) == (1, 0, 0)
    assert soon(lambda: speaker.listen(None), lambda page: page.cursor).items == ()
