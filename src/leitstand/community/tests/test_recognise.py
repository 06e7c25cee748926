"""Answers that a colleague wrote in the network's own app are known here, and nobody answers again unknowingly."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests import people

from leitstand.channels import pause
from leitstand.channels.connect import adopt
from leitstand.channels.wires import hang_up, through
from leitstand.community import answer as answering
from leitstand.community import response, settle
from leitstand.community.models import Conversation, Message
from leitstand.community.recognise import recognise_all, take_in
from leitstand.community.send import TryLater
from leitstand.community.send import send as send_now
from leitstand.community.tests.conftest import Mood, fresh, heard, said, seen, send, status
from leitstand.community.tests.mastodon import Mastodon
from leitstand.connectors.protocol import Account, Author, Connected, Item
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


@pytest.fixture
def mastodon(db: None) -> Iterator[Mastodon]:
    people.company(service_hours={})
    made = Mastodon()
    with through(httpx.MockTransport(made.answer)):
        yield made
    hang_up()


@pytest.fixture
def channel(mastodon: Mastodon) -> Channel:
    account = Account("https://m.example", "morgenrot@m.example", {"token": "token-1"}, "7")
    return adopt("mastodon", Connected(account, "Morgenrot", ""), people.gina())


@pytest.fixture
def one(channel: Channel) -> Conversation:
    """Uwe has waited for half an hour."""
    with transaction.atomic():
        return heard(channel.pk, remote_id="q1", at=timezone.now() - timedelta(minutes=30))


def ours(one: Conversation) -> list[tuple[str, str, object]]:
    found = one.messages.filter(direction="out").order_by("pk")
    return list(found.values_list("text", "state", "person__name"))


def look() -> None:
    """A minute goes by."""
    recognise_all()
    jobs.run_waiting()


def test_an_answer_in_the_app_stops_the_clock_when_it_was_written(mastodon: Mastodon, one: Conversation) -> None:
    mastodon.write("Um acht Uhr.", "q1", ago=timedelta(minutes=10))
    for _minute in range(2):
        look()
    answer = one.messages.get(direction="out")
    assert (answer.text, answer.state, answer.person, answer.url) == (
        "Um acht Uhr.",
        "done",
        None,
        "https://m.example/900",
    )
    found = fresh(one)
    assert (found.due_at, found.waiting_since, found.first_answer_minutes) == (None, None, 20)
    assert found.first_answer_at == answer.at == datetime.fromisoformat(mastodon.statuses[0]["created_at"])
    assert DiaryEntry.objects.get(name="community.answered_there").actor is None


@pytest.mark.parametrize(("language", "words"), [("en", "Written on Mastodon itself"), ("de", "Direkt auf Mastodon")])
def test_the_page_says_where_it_was_written(mastodon: Mastodon, one: Conversation, language: str, words: str) -> None:
    mastodon.write("Um acht Uhr.", "q1")
    look()
    cleo = people.signed_in(people.cleo())
    cleo.cookies["leitstand_language"] = language
    page = cleo.get(f"/community/{one.pk}/").content.decode()
    assert words in page and "Um acht Uhr." in page and "https://m.example/900" in page


def test_only_where_somebody_waits_the_network_is_asked(mastodon: Mastodon, channel: Channel) -> None:
    look()
    one = heard(channel.pk)
    pause.pause(channel, people.gina())
    look()
    assert mastodon.looks == 0
    pause.resume(channel, people.gina())
    look()
    assert mastodon.looks == 1
    settle.close(one, people.cleo())
    look()
    assert mastodon.looks == 1


def test_what_came_after_the_answer_waits_anew(mastodon: Mastodon, channel: Channel, one: Conversation) -> None:
    mastodon.write("Um acht Uhr.", "q1", ago=timedelta(minutes=10))
    heard(channel.pk, "Und am Sonntag?", at=timezone.now() - timedelta(minutes=5))
    look()
    found, asked = fresh(one), one.messages.get(text="Und am Sonntag?")
    assert (found.waiting_since, found.due_at) == (asked.at, response.due(found.kind, asked.at))
    assert found.first_answer_minutes == 20


@pytest.mark.parametrize("ago", [timedelta(minutes=40), timedelta(minutes=-40)])
def test_the_clock_of_a_device_may_be_wrong(mastodon: Mastodon, one: Conversation, ago: timedelta) -> None:
    """No answer stands before its question, or in a time to come."""
    mastodon.write("Um acht Uhr.", "q1", ago=ago)
    look()
    asked, answer = one.messages.order_by("pk")
    assert asked.at <= answer.at <= timezone.now()
    assert fresh(one).due_at is None


def test_what_answers_nobody_here_is_left_alone(mastodon: Mastodon, one: Conversation) -> None:
    mastodon.write("Schönen Tag!", "elsewhere")
    mastodon.write("Heute neu.", "")
    look()
    assert ours(one) == [] and fresh(one).due_at is not None


def test_who_is_just_typing_is_told(mastodon: Mastodon, one: Conversation) -> None:
    cleo = people.signed_in(people.cleo())
    mark = seen(cleo, one)
    mastodon.write("Um acht Uhr.", "q1")
    look()
    refused = send(cleo, one, "Ab neun.", mark)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "A colleague has answered meanwhile." in page and ">Ab neun.</textarea>" in page
    assert send(cleo, one, "Ab neun.", str(refused.context["seen"])).status_code == 303
    jobs.run_waiting()
    assert mastodon.posted == ["Ab neun."]


@pytest.mark.parametrize("then", ["", "close"])
def test_right_before_sending_the_network_is_asked(mastodon: Mastodon, one: Conversation, then: str) -> None:
    cleo = people.signed_in(people.cleo())
    mastodon.write("Um acht Uhr.", "q1")
    send(cleo, one, "Ab neun.", seen(cleo, one), then=then)
    jobs.run_waiting()
    assert (mastodon.posted, ours(one)) == ([], [("Ab neun.", "failed", "Cleo"), ("Um acht Uhr.", "done", None)])
    assert (fresh(one).state, fresh(one).due_at) == ("open", None)
    reason = "It was answered on Mastodon itself meanwhile."
    assert reason in people.cleo().notifications.get(title="Not sent: Uwe").body
    assert reason in cleo.get(f"/community/{one.pk}/").content.decode()
    failed = one.messages.get(state="failed")
    cleo.post(f"/community/messages/{failed.pk}/decision/", {"arrived": "no", "seen": seen(cleo, one)})
    jobs.run_waiting()
    assert mastodon.posted == ["Ab neun."]


def test_an_answer_that_waits_to_be_tried_again_is_given_back(mastodon: Mastodon, one: Conversation) -> None:
    cleo = people.signed_in(people.cleo())
    mastodon.posting = [status(429, **{"Retry-After": "5"})]
    send(cleo, one, "Ab neun.", seen(cleo, one))
    waiting = one.messages.get(direction="out")
    with pytest.raises(TryLater):
        send_now(message_id=waiting.pk)
    mastodon.write("Um acht Uhr.", "q1")
    recognise_all()
    jobs.run_waiting()
    assert (mastodon.posted, ours(one)) == ([], [("Ab neun.", "failed", "Cleo"), ("Um acht Uhr.", "done", None)])


def down(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("down", request=request)


@pytest.mark.parametrize("mood", [down, status(503), status(429, **{"Retry-After": "5"})])
def test_a_look_that_fails_is_tried_again(mastodon: Mastodon, one: Conversation, mood: Mood) -> None:
    """As the sending itself would be."""
    cleo = people.signed_in(people.cleo())
    send(cleo, one, "Ab neun.", seen(cleo, one))
    mastodon.moods = [mood, mood, mood]
    waiting = one.messages.get(direction="out")
    with pytest.raises(TryLater):
        send_now(message_id=waiting.pk)
    assert (ours(one), mastodon.posted) == ([("Ab neun.", "queued", "Cleo")], [])
    waiting.refresh_from_db()
    assert waiting.unsure_since is None and waiting.tried_since is not None
    mastodon.moods = []
    send_now(message_id=waiting.pk)
    assert mastodon.posted == ["Ab neun."]


def test_a_network_that_does_not_tell_keeps_nothing_from_being_sent(mastodon: Mastodon, one: Conversation) -> None:
    cleo = people.signed_in(people.cleo())
    mastodon.moods = [status(422)]
    send(cleo, one, "Ab neun.", seen(cleo, one))
    jobs.run_waiting()
    assert mastodon.posted == ["Ab neun."]


def test_what_was_sent_from_here_is_known(mastodon: Mastodon, channel: Channel, one: Conversation) -> None:
    cleo = people.signed_in(people.cleo())
    send(cleo, one, "Ab neun.", seen(cleo, one))
    jobs.run_waiting()
    heard(channel.pk, "Und am Sonntag?")
    look()
    assert ours(one) == [("Ab neun.", "done", "Cleo")]


def cut_off(mastodon: Mastodon, one: Conversation) -> Message:
    """An answer from here that has arrived, and nobody knows."""
    cleo = people.signed_in(people.cleo())
    mastodon.posting = [mastodon.cut_off]
    send(cleo, one, "Ab neun.", seen(cleo, one))
    sent = one.messages.get(direction="out")
    with pytest.raises(TryLater):
        send_now(message_id=sent.pk)
    return sent


@pytest.mark.parametrize("state", ["sending", "unsure", "queued"])
def test_what_may_be_our_own_answer_is_not_taken_for_a_colleague_s(
    mastodon: Mastodon, one: Conversation, state: str
) -> None:
    sent = cut_off(mastodon, one)
    Message.objects.filter(pk=sent.pk).update(state=state)
    assert not take_in(fresh(one).channel, there(mastodon))
    assert ours(one) == [("Ab neun.", state, "Cleo")]


def there(mastodon: Mastodon) -> Item:
    """What the look-up tells of the newest status."""
    newest = mastodon.statuses[0]
    us = Author("7", "morgenrot", "morgenrot")
    facts = {"remote_id": newest["id"], "in_reply_to": newest["in_reply_to_id"], "url": newest["uri"]}
    return said("Ab neun.", us, at=datetime.fromisoformat(newest["created_at"]), **facts)


def test_an_answer_of_which_a_person_said_that_it_arrived_is_that_one(
    mastodon: Mastodon, channel: Channel, one: Conversation
) -> None:
    sent = cut_off(mastodon, one)
    Message.objects.filter(pk=sent.pk).update(state="unsure")
    answering.decide(sent, True, people.cleo())
    heard(channel.pk, "Und am Sonntag?", remote_id="q2")
    look()
    sent.refresh_from_db()
    assert (ours(one), sent.remote_id) == ([("Ab neun.", "done", "Cleo")], mastodon.statuses[0]["id"])
    mastodon.write("Ab zehn.", "q2")
    look()
    assert [text for text, *_rest in ours(one)] == ["Ab neun.", "Ab zehn."]


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_it_in_once(mastodon: Mastodon, one: Conversation) -> None:
    mastodon.write("Um acht Uhr.", "q1")
    item = there(mastodon)

    def worker(_number: int) -> bool:
        try:
            return take_in(fresh(one).channel, item)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(worker, range(4))) == [False, False, False, True]
    assert len(ours(one)) == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_worker_is_about_to_send_is_left_to_it(mastodon: Mastodon, one: Conversation) -> None:
    """It holds the answer's row, and asks the network itself before it sends."""
    send(people.signed_in(people.cleo()), one, "Ab neun.", str(one.messages.get().pk))
    mastodon.write("Um acht Uhr.", "q1")
    item = there(mastodon)

    def look_now() -> bool:
        try:
            return take_in(fresh(one).channel, item)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Message.objects.select_for_update().get(direction="out")
        assert not pool.submit(look_now).result()
    assert ours(one) == [("Ab neun.", "queued", "Cleo")]
