"""A try of which nobody knows whether it arrived: how long its key holds, and when a person is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests import people

from leitstand.channels import disconnect
from leitstand.channels.queries import channel
from leitstand.community.models import Message
from leitstand.community.send import PATIENCE, TryLater, key_holds, send
from leitstand.community.tests.conftest import Mood, Network, heard, seen, status
from leitstand.community.tests.conftest import send as type_in
from leitstand.community.tests.test_waiting import NOW, SETTLED, ours
from leitstand.connectors.protocol import Network as Facts
from leitstand.connectors.protocol import TextRules

FOR_EVER = Facts("net", "Net", TextRules(500), repeats_safely=True)
HALF_AN_HOUR = replace(FOR_EVER, key_lives=1800)
KEYS = [
    (FOR_EVER, timedelta(days=9), True),
    (HALF_AN_HOUR, timedelta(minutes=20), True),
    (HALF_AN_HOUR, timedelta(minutes=29), False),
    (HALF_AN_HOUR, timedelta(minutes=85), False),
    (replace(FOR_EVER, repeats_safely=False), timedelta(), False),
]


@pytest.mark.parametrize(("network", "age", "holds"), KEYS)
def test_a_key_holds_as_long_as_the_network_remembers_it(network: Facts, age: timedelta, holds: bool) -> None:
    assert key_holds(network, NOW - age, NOW) is holds
    assert key_holds(network, None, NOW) is True


def test_the_age_of_a_key_counts_from_the_first_try_that_may_have_arrived(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [status(429, **{"Retry-After": "5"}), network.cut_off, status(429, **{"Retry-After": "5"})]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    since: list[datetime | None] = []
    for _try in range(3):
        with pytest.raises(TryLater):
            send(message_id=ours().pk)
        since.append(ours().unsure_since)
        Message.objects.exclude(unsure_since=None).update(unsure_since=SETTLED, lost_at=SETTLED)
    assert since[0] is None and since[1] is not None and since[2] == SETTLED
    assert ours().state == "queued"
    send(message_id=ours().pk)
    assert (ours().state, network.texts) == ("done", ["Um acht."])


def _break_off(network: Network) -> Mood:
    """The database breaks off while the network answers."""

    def answer(request: httpx.Request) -> httpx.Response:
        other = connection.copy()
        with connection.cursor() as mine, other.cursor() as cursor:
            mine.execute("SELECT pg_backend_pid()")
            cursor.execute("SELECT pg_terminate_backend(%s)", mine.fetchone())
        other.close()
        return network.keep(request)

    return answer


@pytest.mark.django_db(transaction=True)
def test_an_answer_s_proof_outlives_the_session(network: Network, channel_id: int) -> None:
    with transaction.atomic():
        cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [_break_off(network)]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    send(message_id=ours().pk)
    assert (ours().state, network.texts) == ("done", ["Um acht."])


def test_a_try_that_broke_off_may_be_under_way_until_its_time_is_over(network: Network, channel_id: int) -> None:
    """A worker that lost only its database goes on sending: the network settles after that."""
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)

    def die(request: httpx.Request) -> httpx.Response:
        raise SystemExit("killed")

    network.moods = [die]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    with pytest.raises(SystemExit):
        send(message_id=ours().pk)
    lost = ours().lost_at
    assert lost is not None and lost > timezone.now()
    with pytest.raises(TryLater, match="on its way"):
        send(message_id=ours().pk)


def test_the_network_settles_from_the_last_try_that_was_lost(network: Network, channel_id: int) -> None:
    """The first one was lost long ago; the second one may still be on its way."""
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [network.cut_off, network.cut_off, status(429, **{"Retry-After": "5"})]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    for _try in range(2):
        with pytest.raises(TryLater):
            send(message_id=ours().pk)
        Message.objects.filter(pk=ours().pk).update(unsure_since=SETTLED)
        lost = ours().lost_at
        with pytest.raises(TryLater, match="on its way"):
            send(message_id=ours().pk)
        Message.objects.filter(pk=ours().pk).update(lost_at=SETTLED)
    assert lost is not None and lost > SETTLED
    with pytest.raises(TryLater):
        send(message_id=ours().pk)
    assert (ours().state, ours().lost_at) == ("queued", SETTLED)


def _patience_is_over(channel_id: int) -> None:
    Message.objects.filter(direction="out").update(tried_since=timezone.now() - PATIENCE)


def _is_gone(channel_id: int) -> None:
    disconnect.disconnect(channel(channel_id), channel(channel_id).handle, people.gina())


SEQUELS = [(422, lambda _channel_id: None), (429, _patience_is_over), (200, _is_gone)]


@pytest.mark.parametrize(("code", "meanwhile"), SEQUELS)
def test_what_may_have_arrived_is_never_told_as_not_sent(
    network: Network, channel_id: int, code: int, meanwhile: Callable[[int], None]
) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [network.cut_off, status(code)]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    with pytest.raises(TryLater):
        send(message_id=ours().pk)
    Message.objects.filter(pk=ours().pk).update(unsure_since=SETTLED, lost_at=SETTLED)
    meanwhile(channel_id)
    send(message_id=ours().pk)
    assert (ours().state, network.texts) == ("unsure", ["Um acht."])
