"""Speaking with a network: errors as values, secrets nowhere, budget and fresh tokens kept."""

from __future__ import annotations

import json
import threading
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.utils import timezone
from tests import people

from leitstand.channels import calls, wires
from leitstand.channels.check import check
from leitstand.channels.connect import adopt
from leitstand.channels.light import light_of
from leitstand.channels.models import Channel
from leitstand.channels.tests.conftest import answering, status, well
from leitstand.connectors import guard
from leitstand.connectors.errors import NotAllowed, Refused, TooFast, Unsure
from leitstand.connectors.protocol import Account, Connected, Content, Image, Published
from leitstand.core.models import DiaryEntry
from leitstand.core.secrets.vault import unseal

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


def test_a_network_that_cannot_recall_says_so(channel: Channel) -> None:
    told = calls.own_answers(channel, timezone.now())
    assert isinstance(told, Refused)
    assert (told.say, channel.state) == (calls.SAY_CANNOT, Channel.State.READY)


def test_a_sending_has_a_time_after_which_it_is_over(stored: Channel) -> None:
    """However many calls it makes."""
    heard: list[float | None] = []

    def note(request: httpx.Request) -> httpx.Response:
        heard.append(guard._left(None, httpx.ReadTimeout))
        return httpx.Response(201, json={"id": "1"})

    image = Image(b"-", "image/png", "", "a.png")
    content = Content("Guten Morgen!", images=(image, image), thread=("eins", "zwei", "drei"))
    assert calls.longest(content) == 60 + 5 * 30
    with wires.through(httpx.MockTransport(note)):
        calls.deliver(stored, content, str(uuid4()))
    assert heard and all(left is not None and left <= calls.longest(content) for left in heard)


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


def test_what_a_network_says_can_be_stored(stored: Channel) -> None:
    """Zero characters, lone surrogates, counts no column holds: in an answer, in an error, in a check."""
    odd = {"id": "7", "name": "A\x00B", "url": "http://127.0.0.1:9/m", "followers": 2**40}
    refusal = json.dumps({"error": "bad \x00 \ud800 thing"})
    with answering(lambda request: httpx.Response(400, text=refusal)):
        check(channel_id=stored.pk)
    stored.refresh_from_db()
    assert "bad" in stored.say
    with status(200, odd):
        check(channel_id=stored.pk)
    stored.refresh_from_db()
    assert (stored.trouble, stored.followers) == ("", 2**31 - 1)


def test_a_channel_that_cannot_be_read_has_trouble(stored: Channel) -> None:
    """Until it can be read again, whatever a check says; one that is only busy has none."""
    nothing_new = status(200, {"items": [], "cursor": None, "more": False})
    for answer, tone in ((status(429), "green"), (status(200, {"items": 7}), "amber"), (nothing_new, "green")):
        with answer:
            calls.listen(Channel.objects.get(), None)
        with well():
            check(channel_id=stored.pk)
        assert light_of(Channel.objects.get()).tone == tone
    assert Channel.objects.get().inbox_trouble is None


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


def given_new_access(channel: Channel, answers: dict[str, str], me: dict[str, Any]) -> None:
    """Somebody reconnects the channel on its page; the network knows them by `me`."""
    with status(200, me):
        answer = people.signed_in(people.gina()).post(f"/channels/{channel.pk}/reconnect/", answers)
    assert answer.status_code == 303


def test_a_late_refusal_of_the_old_access_leaves_the_new_one_alone(db: None) -> None:
    people.company()
    account = Account("https://m.example", "morgenrot@m.example", {"token": "token-1"}, "7")
    channel = adopt("mastodon", Connected(account, "Morgenrot", ""), people.gina())
    me = {"id": "7", "acct": "morgenrot", "display_name": "Morgenrot"}

    def late(request: httpx.Request) -> httpx.Response:
        given_new_access(channel, {"server": "https://m.example", "token": "token-2"}, me)
        return httpx.Response(401, json={"error": "The access token was revoked"})

    with answering(late):
        assert isinstance(calls.deliver(channel, HELLO, "k"), NotAllowed)
    now = Channel.objects.get()
    assert (now.state, now.trouble, unseal(now.sealed_secrets)["token"]) == ("ready", "", "token-2")
    assert not DiaryEntry.objects.filter(name="channels.needs_reconnection").exists()


def test_tokens_renewed_from_the_old_access_do_not_replace_the_new_one(db: None) -> None:
    people.company()
    secrets = {"handle": "m.example", "password": "old-password", "access": "old-access", "refresh": "old-refresh"}
    account = Account("https://pds.example", "m.example", secrets, "did:plc:7")
    channel = adopt("bluesky", Connected(account, "Morgenrot", ""), people.gina())
    me = {"did": "did:plc:7", "handle": "m.example", "accessJwt": "new-access", "refreshJwt": "new-refresh"}
    typed = {"server": "https://pds.example", "handle": "m.example", "password": "new-password"}

    def late(request: httpx.Request) -> httpx.Response:
        if "refreshSession" not in request.url.path:
            return httpx.Response(400, json={"error": "ExpiredToken"})
        given_new_access(channel, typed, me)
        return httpx.Response(200, json=me | {"accessJwt": "late-access", "refreshJwt": "late-refresh"})

    with answering(late):
        calls.deliver(channel, HELLO, "k")
    now = Channel.objects.get()
    assert unseal(now.sealed_secrets) == {
        "handle": "m.example",
        "password": "new-password",
        "access": "new-access",
        "refresh": "new-refresh",
    }
    assert now.state == "ready"
