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
from django.utils import timezone

from leitstand.channels.wires import through
from leitstand.core import jobs
from leitstand.publishing import outcome, publish, settle
from leitstand.publishing.models import Attempt, Publication
from leitstand.publishing.publish import begin, drain
from leitstand.publishing.tests.conftest import COFFEE, fresh, make_due, outcomes, planned, send_due

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
    make_due(publication)
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
        Publication.objects.filter(state="unsure").update(due_at=timezone.now())
    for _turn in range(3):
        Publication.objects.filter(state="unsure").update(due_at=timezone.now())
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
        from leitstand.channels import calls
        from leitstand.publishing.content import content_of

        proof = calls.deliver(channel, content_of(publication.version), str(publication.key))
    assert outcome.finish(fresh(publication), proof) is True  # type: ignore[arg-type]
    assert fresh(publication).remote_id == status["id"]
    make_due(publication)
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == [COFFEE]


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
    make_due(cut)
    send_due()
    assert {fresh(one).state for one in (sent, cut)} == {"published"}
    assert sorted(network.texts()) == ["eins", "zwei"]
