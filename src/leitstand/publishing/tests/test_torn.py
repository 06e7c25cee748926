"""Half a thread is out: nobody may take it for unsent. It is finished as approved, or a person decides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from benchmarks.loopback_network import Mood, Network, says
from django.utils import timezone
from tests import people

from leitstand.channels.connect import adopt
from leitstand.channels.wires import hang_up, through
from leitstand.connectors import registry
from leitstand.connectors.protocol import Account, Connected
from leitstand.core.errors import Declined
from leitstand.publishing import approve, compose, duty, hold, outcome, publish, queries, schedule, settle
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Publication
from leitstand.publishing.tests.conftest import fresh, make_due, outcomes, send_due, settle_down

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

KEY_LIVES = registry.network("mastodon").key_lives
TEXT = "Unser Kaffee ist da. " * 50


def thread_on(channel: Channel) -> Publication:
    """A thread that is due there."""
    change = compose.Change({"text": TEXT}, [compose.VersionChange(channel.pk, as_thread=True)])
    post = compose.revise(compose.start(people.gina()), change, people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    (publication,) = schedule.plan(post, timezone.now(), people.gina())
    return publication


def torn(network: Network, channel: Channel) -> Publication:
    """A thread of which only the first part has arrived; its look-up is due."""
    publication = thread_on(channel)
    network.moods = [Mood(), says(503)]
    send_due()
    assert (fresh(publication).state, len(network.statuses)) == ("unsure", 1)
    settle_down()
    return fresh(publication)


def nobody_may_take_it_for_unsent(publication: Publication) -> None:
    """Nor act as if it were."""
    post, gina, later = publication.version.post, people.gina(), timezone.now() + timedelta(hours=1)
    for step in (
        lambda: schedule.cancel(publication, gina),
        lambda: schedule.move(publication, later, gina),
        lambda: schedule.adopt_content(publication, later, gina),
        lambda: compose.discard(post, gina),
    ):
        with pytest.raises(Declined):
            step()


def test_a_thread_that_broke_off_goes_on_and_is_not_taken_for_the_whole(network: Network, channel: Channel) -> None:
    publication = torn(network, channel)
    send_due()
    assert fresh(publication).state == "published"
    assert 1 + len(fresh(publication).parts) == len(network.statuses) == 3


def test_a_thread_goes_on_only_when_the_network_has_settled(network: Network, channel: Channel) -> None:
    """The part that was cut off may still arrive; sent again meanwhile it might stand there twice."""
    publication = torn(network, channel)
    publication.attempts.update(ended_at=timezone.now())
    send_due()
    assert (fresh(publication).state, len(network.statuses)) == ("unsure", 1)
    assert len(network.posts_asked()) == 2


def test_a_key_the_network_may_have_forgotten_is_not_sent_again(network: Network, channel: Channel) -> None:
    publication = torn(network, channel)
    publication.attempts.update(started_at=timezone.now() - timedelta(seconds=KEY_LIVES + 1))
    send_due()
    assert (fresh(publication).state, fresh(publication).reason) == ("unsure", outcome.TORN)
    assert len(network.statuses) == 1


@pytest.mark.parametrize("answer", [says(429, Retry_After="3600"), says(408), says(422)])
def test_what_goes_wrong_with_the_rest_does_not_unsay_the_beginning(
    network: Network, channel: Channel, answer: Mood
) -> None:
    publication = torn(network, channel)
    network.moods = [answer]
    send_due()
    assert (fresh(publication).state, len(network.statuses)) == ("unsure", 1)
    nobody_may_take_it_for_unsent(publication)
    outcome.stop(fresh(publication), publish.TOO_LATE, "late")
    assert fresh(publication).state == "unsure"


def test_a_repeat_that_had_to_wait_for_too_long_is_not_sent_again(network: Network, channel: Channel) -> None:
    """Asked to slow down, or cut off from the network, until the key may be forgotten."""
    publication = torn(network, channel)
    network.moods = [says(429, Retry_After="3600")]
    send_due()
    due = fresh(publication).due_at
    assert due is not None and due > timezone.now() + timedelta(minutes=59)
    publication.attempts.update(started_at=timezone.now() - timedelta(seconds=KEY_LIVES + 1))
    make_due(publication)
    send_due()
    assert (fresh(publication).state, fresh(publication).reason) == ("unsure", outcome.TORN)
    assert len(network.statuses) == 1


def late(publication: Publication) -> None:
    Publication.objects.update(planned_for=timezone.now() - timedelta(hours=13))


def sent_back(publication: Publication) -> None:
    approve.send_back(publication.version.post, people.dora(), "So nicht.")


def held(publication: Publication) -> None:
    hold.hold("Sturm im Netz", people.gina())


@pytest.mark.parametrize("what", [late, sent_back, held])
def test_what_keeps_the_rest_from_going_out_puts_it_before_people(
    network: Network, channel: Channel, what: Any
) -> None:
    publication, gina = torn(network, channel), people.gina()
    what(publication)
    send_due()
    seen = fresh(publication)
    assert (seen.state, seen.due_at, seen.reason) == ("unsure", None, outcome.TORN)
    assert len(network.statuses) == 1
    assert f"Did it go out? {seen.version}" in [todo.text for todo in duty.today(gina)]
    page = people.signed_in(gina).get(f"/publishing/publications/{seen.pk}/").content.decode()
    assert network.statuses[0]["url"] in page and 'value="leave"' in page
    nobody_may_take_it_for_unsent(publication)


def test_the_beginning_of_a_thread_is_known_as_ours(network: Network, channel: Channel) -> None:
    """Who answers it answers us; and a person who found nothing there starts anew."""
    publication = torn(network, channel)
    late(publication)
    send_due()
    assert queries.publication_on(channel.pk, network.statuses[0]["id"]) == publication
    settle.decide(publication, "again", people.gina())
    assert (fresh(publication).state, fresh(publication).url) == ("scheduled", "")


class Repository:
    """A server of the AT Protocol: one record for a key; the creations named in `refuses` (1 is the first) get 429."""

    def __init__(self) -> None:
        self.records: dict[str, Any] = {}
        self.refuses: set[int] = set()
        self.asked = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition(".")[2]
        if name == "createRecord":
            return self._create(json.loads(request.content))
        if name == "getRecord":
            return self._read(request.url.params["rkey"])
        return httpx.Response(200, json={"handle": "x.test", "did": "did:plc:x"})

    def _create(self, body: dict[str, Any]) -> httpx.Response:
        self.asked += 1
        if self.asked in self.refuses:
            return httpx.Response(429, json={"error": "RateLimitExceeded"}, headers={"Retry-After": "600"})
        if body["rkey"] in self.records:
            return httpx.Response(500, json={"error": "InternalServerError"})
        self.records[body["rkey"]] = body["record"]
        return self._read(body["rkey"])

    def _read(self, key: str) -> httpx.Response:
        if key not in self.records:
            return httpx.Response(400, json={"error": "RecordNotFound"})
        uri = f"at://did:plc:x/app.bsky.feed.post/{key}"
        return httpx.Response(200, json={"uri": uri, "cid": f"c{key}", "value": self.records[key]})


@pytest.fixture
def repository(network: Network) -> Iterator[Repository]:
    made = Repository()
    with through(httpx.MockTransport(made.answer)):
        yield made
        hang_up()


def test_a_rate_limit_within_a_thread_is_not_before_it(repository: Repository) -> None:
    """Where a key is never forgotten, too: twice asked to slow down, the thread is finished word for word."""
    secrets = {"access": "access-1", "refresh": "refresh-1", "handle": "x", "password": "password"}
    account = Account("https://pds.test", "x.test", secrets, "did:plc:x")
    publication = thread_on(adopt("bluesky", Connected(account, "X", "https://x.test"), people.gina()))
    repository.refuses = {2, 3}
    send_due()
    assert (fresh(publication).state, len(repository.records)) == ("unsure", 1)
    nobody_may_take_it_for_unsent(publication)
    settle_down()
    send_due()
    assert outcomes(publication) == ["unsure", "too_fast"]
    nobody_may_take_it_for_unsent(publication)
    Publication.objects.update(due_at=timezone.now())
    send_due()
    assert fresh(publication).state == "published"
    ends = [record["text"][-5:] for record in repository.records.values()]
    assert ends == ["(1/4)", "(2/4)", "(3/4)", "(4/4)"]


def test_a_thread_that_breaks_off_again_and_again_is_a_matter_for_people(network: Network, channel: Channel) -> None:
    publication = torn(network, channel)
    Publication.objects.update(attempts_made=settle.MOST_SENDINGS)
    send_due()
    assert (fresh(publication).state, fresh(publication).reason) == ("unsure", outcome.TORN)
    assert len(network.posts_asked()) == 2


def test_a_person_s_word_keeps_what_is_known_of_a_thread(network: Network, channel: Channel) -> None:
    publication = torn(network, channel)
    known = {"state": "unsure", "due_at": None, "remote_id": "111", "parts": ["112"]}
    Publication.objects.filter(pk=publication.pk).update(**known)
    settle.decide(fresh(publication), "published", people.gina(), f"{network.address}/@m/111")
    assert queries.publication_on(channel.pk, "111") == publication
    assert (fresh(publication).parts, fresh(publication).url) == (["112"], f"{network.address}/@m/111")
