"""What happens while an answer is on its way: others answer, too, and people go on asking."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from django.db import connection, transaction
from tests import people
from tests.sessions import until_all_wait

from leitstand.channels import pause
from leitstand.channels.queries import channel
from leitstand.community import response, settle
from leitstand.community.models import Conversation, Message
from leitstand.community.reactions import take_in
from leitstand.community.tests.conftest import Network, fresh, heard, said, seen, send
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry
from leitstand.core.people.roles import Role
from leitstand.listening.events import MentionStored
from leitstand.listening.judge import judge_all
from leitstand.listening.store import matcher, store


@pytest.mark.django_db(transaction=True)
def test_four_who_answer_at_the_same_moment_send_one_answer(network: Network, channel_id: int) -> None:
    with transaction.atomic():
        one = heard(channel_id)
    agents = [people.person(f"Agent {number}", Role.AGENT) for number in range(4)]
    mark = seen(people.signed_in(people.cleo()), one)

    def click(number: int) -> int:
        try:
            return int(send(people.signed_in(agents[number]), one, f"Antwort {number}", mark).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        with transaction.atomic():  # nobody comes first before all are there
            Conversation.objects.select_for_update(of=("self",)).get(pk=one.pk)
            clicks = [pool.submit(click, number) for number in range(4)]
            until_all_wait(clicks)
        assert sorted(each.result() for each in clicks) == [303, 409, 409, 409]
    jobs.run_waiting()
    assert len(network.texts) == Message.objects.filter(direction="out").count() == 1


def take_in_now(channel_id: int, text: str) -> None:
    """It is stored and taken in at once: no job comes before it, as with two workers."""
    store(judge_all([said(text)], matcher(), "Netz"), channel_id=channel_id)
    entry = DiaryEntry.objects.filter(name="listening.mention_stored").latest("pk")
    take_in(MentionStored(**entry.data), entry)


def test_what_comes_in_while_an_answer_is_on_its_way_keeps_its_clock(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)

    def answer(request: httpx.Request) -> httpx.Response:
        take_in_now(channel_id, "Und am Sonntag?")
        return network.keep(request)

    network.moods = [answer]
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    jobs.run_waiting()
    assert (network.texts, one.messages.get(direction="out").state) == (["Um acht Uhr."], "done")
    waiting = fresh(one)
    assert waiting.first_answer_at is not None
    assert waiting.waiting_since == one.messages.get(text="Und am Sonntag?").at
    assert waiting.due_at == response.due(waiting.kind, waiting.waiting_since)
    send(cleo, one, "Sonntags ab zehn.", seen(cleo, one))
    jobs.run_waiting()
    assert fresh(one).due_at is None


def test_an_answer_that_waited_hangs_below_what_it_answers(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, remote_id="q1")
    pause.pause(channel(channel_id), people.gina())
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    heard(channel_id, "Und am Sonntag?", remote_id="q2")
    pause.resume(channel(channel_id), people.gina())
    jobs.run_waiting()
    assert [post["in_reply_to"] for post in network.kept.values()] == ["q1"]


def test_what_came_in_unseen_is_not_closed(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    mark = seen(cleo, one)
    heard(channel_id, "Und die Maschine ist kaputt!")
    answer = cleo.post(f"/community/{one.pk}/close/", {"seen": mark})
    assert (answer.status_code, fresh(one).state) == (409, "open")
    assert "die Maschine ist kaputt" in answer.content.decode()
    assert cleo.post(f"/community/{one.pk}/close/", {"seen": seen(cleo, one)}).status_code == 303
    assert fresh(one).state == "closed"


def test_nor_what_came_in_behind_the_answer(network: Network, channel_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    mark, close = seen(cleo, one), settle.close

    def late(*close_with: Any) -> None:
        heard(channel_id, "Halt, noch eine Frage?")
        close(*close_with)

    monkeypatch.setattr(settle, "close", late)
    assert send(cleo, one, "Um acht.", mark, then="close").status_code == 303
    assert fresh(one).state == "open"
    jobs.run_waiting()
    assert network.texts == ["Um acht."]


def test_the_words_of_an_answer_taken_back_may_be_sent_after_all(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    mark = seen(cleo, one)
    send(cleo, one, "Um acht.", mark)
    cleo.post(f"/community/messages/{Message.objects.get(direction='out').pk}/withdrawal/")
    assert Message.objects.get(direction="out").state == "failed"
    send(cleo, one, "Um acht.", seen(cleo, one))
    jobs.run_waiting()
    assert network.texts == ["Um acht."]
