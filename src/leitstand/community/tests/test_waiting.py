"""Answers that wait for their channel, and what becomes of them when time or colleagues pass them by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.channels import pause
from leitstand.channels.queries import channel
from leitstand.community import settle
from leitstand.community.models import Conversation, Message
from leitstand.community.send import STALE_AFTER, TryLater, send
from leitstand.community.tests.conftest import Network, fresh, heard, seen, status
from leitstand.community.tests.conftest import send as type_in
from leitstand.core import jobs


def ours() -> Message:
    return Message.objects.filter(direction="out").latest("pk")


NOW = timezone.now()
SETTLED = NOW - timedelta(minutes=2)


def test_an_answer_waits_while_its_channel_is_paused(network: Network, channel_id: int) -> None:
    cleo, gina, one = people.signed_in(people.cleo()), people.signed_in(people.gina()), heard(channel_id)
    assert gina.post(f"/channels/{channel_id}/pause/").status_code == 303
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert (ours().state, network.texts, fresh(one).due_at is None) == ("queued", [], False)
    assert (
        "It goes out when the channel is ready again; if that takes more than 4 hours"
        in cleo.get(f"/community/{one.pk}/").content.decode()
    )
    assert gina.post(f"/channels/{channel_id}/pause/end/").status_code == 303
    jobs.run_waiting()
    assert (ours().state, ours().reason, network.texts) == ("done", "", ["Um acht."])


@pytest.mark.parametrize("code", [401, 403])
def test_an_answer_without_access_goes_out_after_the_reconnection(network: Network, channel_id: int, code: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [status(code)]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert (ours().state, channel(channel_id).state) == ("queued", "reconnect")
    assert "Please reconnect the channel." in cleo.get(f"/community/{one.pk}/").content.decode()
    Message.objects.update(at=timezone.now() - timedelta(hours=3))
    people.signed_in(people.gina()).post(f"/channels/{channel_id}/reconnect/", {"handle": "Morgenrot"})
    network.moods = [status(429, **{"Retry-After": "5"})]
    with pytest.raises(TryLater):
        jobs.run_waiting()
    jobs.run_waiting()
    assert (ours().state, network.texts) == ("done", ["Um acht."])


def waiting(network: Network, channel_id: int) -> tuple[Client, Conversation]:
    """Cleo's answer waits for a channel that Gina has paused."""
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    pause.pause(channel(channel_id), people.gina())
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert ours().state == "queued"
    return cleo, one


def resumed(channel_id: int) -> None:
    pause.resume(channel(channel_id), people.gina())
    jobs.run_waiting()


def late(one: Conversation) -> None:
    Message.objects.filter(pk=ours().pk).update(at=timezone.now() - STALE_AFTER)


def closed_by_gina(one: Conversation) -> None:
    settle.close(one, people.gina())


PASSED_BY = [
    (late, "It waited for more than 4 hours."),
    (closed_by_gina, "The conversation was closed before this went out."),
]


@pytest.mark.parametrize(("happens", "reason"), PASSED_BY)
def test_what_time_or_colleagues_have_passed_by_is_not_sent_unasked(
    network: Network, channel_id: int, happens: Callable[[Conversation], None], reason: str
) -> None:
    cleo, one = waiting(network, channel_id)
    happens(one)
    resumed(channel_id)
    assert (ours().state, network.texts) == ("failed", [])
    assert reason in cleo.get(f"/community/{one.pk}/").content.decode()
    assert (fresh(one).state, fresh(one).due_at is None) == ("open", False)
    assert reason in people.cleo().notifications.get(title="Not sent: Uwe").body
    cleo.post(f"/community/messages/{ours().pk}/decision/", {"arrived": "no", "seen": seen(cleo, one)})
    jobs.run_waiting()
    assert network.texts == ["Um acht."]


def test_what_a_colleague_has_answered_meanwhile_is_not_answered_again(network: Network, channel_id: int) -> None:
    cleo, gina, one = people.signed_in(people.cleo()), people.signed_in(people.gina()), heard(channel_id)
    network.moods = [status(429, **{"Retry-After": "5"})]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    with pytest.raises(TryLater):
        send(message_id=ours().pk)
    first = ours()
    type_in(gina, one, "Ab neun.", seen(gina, one))
    send(message_id=ours().pk)
    send(message_id=first.pk)
    first.refresh_from_db()
    assert (first.state, network.texts) == ("failed", ["Ab neun."])
    assert first.say.startswith("A colleague answered before this went out.")


def test_who_closes_behind_an_answer_still_wants_it_sent(network: Network, channel_id: int) -> None:
    _cleo, one = waiting(network, channel_id)
    settle.close(one, people.cleo())
    resumed(channel_id)
    assert (network.texts, fresh(one).state) == (["Um acht."], "closed")


def test_an_answer_to_what_was_closed_before_goes_out(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    settle.close(one, people.gina())
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert network.texts == ["Um acht."]


def test_what_may_have_arrived_is_asked_about_however_late(network: Network, channel_id: int) -> None:
    cleo, one = waiting(network, channel_id)
    Message.objects.filter(pk=ours().pk).update(at=NOW - STALE_AFTER, unsure_since=SETTLED, lost_at=SETTLED)
    assert "Take it back" not in cleo.get(f"/community/{one.pk}/").content.decode()
    assert cleo.post(f"/community/messages/{ours().pk}/withdrawal/").status_code == 409
    resumed(channel_id)
    assert (ours().state, network.texts) == ("unsure", [])


@pytest.mark.parametrize(("who", "told"), [("cleo", 0), ("gina", 1)])
def test_an_answer_that_waits_can_be_taken_back(network: Network, channel_id: int, who: str, told: int) -> None:
    cleo, one = waiting(network, channel_id)
    settle.close(one, people.cleo())
    person = getattr(people, who)()
    assert "Take it back" in cleo.get(f"/community/{one.pk}/").content.decode()
    back = f"/community/messages/{ours().pk}/withdrawal/"
    assert [people.signed_in(person).post(back).status_code for _twice in range(2)] == [303, 409]
    assert (ours().state, ours().say) == ("failed", f"{person} took it back before it went out.")
    assert (fresh(one).state, people.cleo().notifications.count()) == ("open", told)
    resumed(channel_id)
    page = cleo.get(f"/community/{one.pk}/").content.decode()
    assert network.texts == []
    assert "Um acht." in page and "Take it back" not in page


def test_an_answer_to_a_channel_that_is_gone_comes_back(network: Network, channel_id: int) -> None:
    cleo, gina, one = people.signed_in(people.cleo()), people.signed_in(people.gina()), heard(channel_id)
    gina.post(f"/channels/{channel_id}/pause/")
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert gina.post(f"/channels/{channel_id}/disconnect/", {"typed": "morgenrot"}).status_code == 303
    jobs.run_waiting()
    assert (ours().state, ours().say) == ("failed", "This channel is disconnected.")
    declined = type_in(cleo, one, "Um neun.", seen(cleo, one))
    assert declined.status_code == 409
    assert "Nothing can be sent there any more." in declined.content.decode()
    assert cleo.post(f"/community/messages/{ours().pk}/decision/", {"arrived": "no"}).status_code == 409
    assert network.texts == []


def test_a_failed_answer_is_not_sent_again_past_a_colleague(network: Network, channel_id: int) -> None:
    cleo, gina, one = people.signed_in(people.cleo()), people.signed_in(people.gina()), heard(channel_id)
    network.moods = [lambda request: httpx.Response(422, json={"error": "no"})]
    type_in(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    failed, again = ours(), f"/community/messages/{ours().pk}/decision/"
    type_in(gina, one, "Ab neun.", seen(gina, one))
    jobs.run_waiting()
    refused = cleo.post(again, {"arrived": "no", "seen": failed.pk})
    assert refused.status_code == 409
    assert "A colleague has answered meanwhile." in refused.content.decode()
    assert cleo.post(again, {"arrived": "no", "seen": seen(cleo, one)}).status_code == 303
    jobs.run_waiting()
    assert network.texts == ["Ab neun.", "Um acht."]
