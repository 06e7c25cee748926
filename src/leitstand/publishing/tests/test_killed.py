"""The worker dies between any two lines: nothing is lost, nothing is doubled. The network counts the copies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from benchmarks.loopback_network import Network
from django.db import connection
from django.db.models import F
from django.utils import timezone

from leitstand.channels import calls
from leitstand.channels.wires import through
from leitstand.connectors import registry
from leitstand.connectors.errors import Refused, TooFast, Unreachable
from leitstand.connectors.guard import within
from leitstand.core import jobs
from leitstand.publishing import doubt, outcome, publish, settle
from leitstand.publishing.content import content_of
from leitstand.publishing.models import Attempt, Publication
from leitstand.publishing.publish import begin, drain
from leitstand.publishing.tests.conftest import COFFEE, fresh, make_due, outcomes, planned, send_due, settle_down

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


class Deadly(httpx.HTTPTransport):
    """The process ends around one call: before it leaves the house, or after the network has answered."""

    def __init__(self, before: bool) -> None:
        super().__init__()
        self.before = before

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self.before:
            super().handle_request(request).read()
        raise SystemExit("killed")


@contextmanager
def killed(before: bool = False) -> Iterator[None]:
    """The worker that works inside does not survive its next call."""
    with through(Deadly(before)), pytest.raises(SystemExit):
        yield


class Breaking(httpx.HTTPTransport):
    """The database breaks off while the network answers."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        answer.read()
        other = connection.copy()
        with connection.cursor() as mine, other.cursor() as cursor:
            mine.execute("SELECT pg_backend_pid()")
            cursor.execute("SELECT pg_terminate_backend(%s)", mine.fetchone())
        other.close()
        return answer


def lose_the_worker() -> None:
    """Its jobs stay behind as if somebody still did them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")


@pytest.mark.parametrize(
    ("before", "how"), [(True, ["cut_off", "missing", "published"]), (False, ["cut_off", "found"])]
)
def test_killed_while_sending(network: Network, channel: Channel, before: bool, how: list[str]) -> None:
    publication = planned(channel)
    publish.sweep()
    with killed(before):
        jobs.run_waiting()
    assert fresh(publication).state == "sending"
    lose_the_worker()
    assert jobs.rescue() == 1
    jobs.run_waiting()
    assert fresh(publication).state == "unsure"
    settle_down()
    send_due()
    assert fresh(publication).state == "published"
    assert outcomes(publication) == how
    assert network.texts() == [COFFEE]


def test_without_a_rescue_the_next_sweep_sees_to_it(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    publish.sweep()
    with killed():
        jobs.run_waiting()
    lose_the_worker()
    send_due()
    make_due(publication)
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == [COFFEE]


def test_killed_in_the_middle_of_a_queue(network: Network, channel: Channel) -> None:
    texts = [f"Nummer {number}" for number in range(5)]
    for text in texts:
        planned(channel, text=text)
    for turn in range(5):
        with killed(before=bool(turn % 2)):
            drain(channel_id=channel.pk)
        settle_down()
    for _turn in range(3):
        settle_down()
        send_due()
    assert sorted(network.texts()) == texts
    assert set(Publication.objects.values_list("state", flat=True)) == {"published"}


def test_killed_before_the_claim_nothing_has_happened(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    publish.sweep()
    lose_the_worker()
    assert jobs.rescue() == 1
    jobs.run_waiting()
    assert fresh(publication).attempts_made == 1
    assert network.texts() == [COFFEE]


def test_a_proof_that_arrives_late_wins(network: Network, channel: Channel) -> None:
    """A worker that was thought dead finishes after its row was adopted."""
    publication = planned(channel)
    with killed():
        drain(channel_id=channel.pk)
    settle.adopt_cut_off(channel.pk)
    status = network.statuses[0]
    with through(httpx.HTTPTransport()):
        proof = calls.deliver(channel, content_of(publication.version), str(publication.key))
    assert outcome.finish(fresh(publication), proof) is True  # type: ignore[arg-type]  # as the case says
    assert fresh(publication).remote_id == status["id"]
    make_due(publication)
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == [COFFEE]


@pytest.mark.django_db(transaction=True)
def test_a_proof_outlives_the_session_but_the_lock_does_not(network: Network, channel: Channel) -> None:
    """The database restarts during the call: the proof is written on a new connection, and nothing more is sent."""
    sent, next_one = planned(channel, text="eins"), planned(channel, text="zwei")
    with through(Breaking()):
        drain(channel_id=channel.pk)
    assert [fresh(one).state for one in (sent, next_one)] == ["published", "scheduled"]
    assert (outcomes(sent), network.texts()) == (["published"], ["eins"])
    drain(channel_id=channel.pk)
    assert network.texts() == ["eins", "zwei"]


def test_a_failure_that_arrives_late_changes_nothing(network: Network, channel: Channel) -> None:
    """Its row was adopted, and is looked up."""
    publication = planned(channel)
    (read,) = publish._due(channel.pk)
    begin(read)
    settle.adopt_cut_off(channel.pk)
    for error in (Refused("no"), TooFast("slow"), Unreachable("away")):
        outcome.finish(read, error)
        assert fresh(publication).state == "unsure"


def test_what_was_cut_off_may_be_on_its_way_until_its_time_is_over(network: Network, channel: Channel) -> None:
    """A worker that lost only its database goes on sending."""
    publication = planned(channel)
    with killed(before=True):
        drain(channel_id=channel.pk)
    settle.adopt_cut_off(channel.pk)
    content, attempt = content_of(publication.version), publication.attempts.get()
    settles = timedelta(seconds=registry.network(channel.network).settles_in)
    assert doubt.settles_at(publication, content) == attempt.started_at + timedelta(seconds=60) + settles
    for after, known in ((59, "unsure"), (61, "published")):
        began = timezone.now() - settles - timedelta(seconds=after)
        publication.attempts.update(started_at=began, ended_at=began)
        make_due(publication)
        send_due()
        assert fresh(publication).state == known
    assert network.texts() == [COFFEE]


def test_what_takes_too_long_is_unsure_and_not_tried_for_ever(network: Network, channel: Channel) -> None:
    """Even where nothing left the house: else uploads that never end would begin anew without end."""
    publication = planned(channel)
    with within(0):
        send_due()
    assert (fresh(publication).state, network.texts()) == ("unsure", [])
    settle_down()
    send_due()
    assert outcomes(publication) == ["unsure", "missing", "published"]


def test_a_row_is_claimed_once(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    same = fresh(publication)
    assert begin(publication)
    assert not begin(same)
    assert fresh(publication).attempts_made == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_channel_send_once(network: Network, channel: Channel) -> None:
    texts = [f"Nummer {number}" for number in range(12)]
    for text in texts:
        planned(channel, text=text)

    def work() -> None:
        drain(channel_id=channel.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert network.texts() == texts
    assert set(Publication.objects.values_list("attempts_made", flat=True)) == {1}
    assert Attempt.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_who_is_at_work_is_left_alone(network: Network, channel: Channel) -> None:
    """Another session holds the channel: its row in "sending" is not cut off, and nobody is called to help."""
    publication = planned(channel)
    begin(publication)
    held, done = threading.Event(), threading.Event()

    def hold_the_lock() -> None:
        with publish._channel_lock(channel.pk):
            held.set()
            done.wait()
        connection.close()

    holder = threading.Thread(target=hold_the_lock)
    holder.start()
    held.wait()
    drain(channel_id=channel.pk)
    assert publish.sweep() == 0
    assert fresh(publication).state == "sending"
    done.set()
    holder.join()
    assert publish.sweep() == 1


def test_a_clock_set_back_sends_nothing_twice(network: Network, channel: Channel) -> None:
    """The rows of an hour that now lies ahead: published ones stay so, cut off ones are looked up."""
    sent, cut = planned(channel, text="eins"), planned(channel, text="zwei")
    Publication.objects.filter(pk=cut.pk).update(due_at=timezone.now() + timedelta(minutes=1))
    send_due()
    make_due(cut)
    with killed():
        drain(channel_id=channel.pk)
    ahead = timezone.now() + timedelta(hours=1)
    Publication.objects.update(sent_at=ahead, planned_for=ahead)
    Publication.objects.filter(pk=sent.pk).update(published_at=ahead)
    send_due()
    settle_down()
    send_due()
    assert {fresh(one).state for one in (sent, cut)} == {"published"}
    assert sorted(network.texts()) == ["eins", "zwei"]


def test_a_late_failure_of_an_earlier_sending_changes_nothing(network: Network, channel: Channel) -> None:
    """Its row was adopted, and is being sent a second time."""
    publication = planned(channel)
    (read,) = publish._due(channel.pk)
    begin(read)
    Publication.objects.update(sent_at=F("sent_at") + timedelta(seconds=1))
    for error in (Refused("no"), TooFast("slow"), Unreachable("away")):
        outcome.finish(read, error)
        assert fresh(publication).state == "sending"
