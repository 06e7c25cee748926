"""Answers: through the gate, once on the network, and never past a colleague."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from django.utils import timezone
from tests import people

from leitstand.channels.connect import adopt
from leitstand.community import answer as answering
from leitstand.community import send as sending
from leitstand.community.models import Conversation, Message
from leitstand.community.tests.conftest import Network, fresh, heard, seen, send, status
from leitstand.connectors.protocol import Account, Author, Connected
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.rules import guideline


def ours() -> Message:
    return Message.objects.get(direction="out")


def settle() -> None:
    """What was sent can be on its way no more."""
    ago = timezone.now() - timedelta(minutes=2)
    Message.objects.filter(direction="out").update(unsure_since=ago, lost_at=ago)


def test_an_answer_goes_out_below_the_newest_question(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, remote_id="q1")
    assert send(cleo, one, "Um acht Uhr.", seen(cleo, one)).status_code == 303
    assert ours().state == "queued"
    jobs.run_waiting()
    assert network.texts == ["Um acht Uhr."]
    assert next(iter(network.kept.values()))["in_reply_to"] == "q1"
    assert (ours().state, ours().remote_id, ours().url) == ("done", "1", "http://127.0.0.1:9/1")
    assert fresh(one).assigned_to == people.cleo()
    assert DiaryEntry.objects.get(name="community.answer_sent").actor == people.cleo()
    assert "Um acht Uhr." in cleo.get(f"/community/{one.pk}/").content.decode()


def test_on_the_open_page_the_clock_stops_with_the_answer(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo(), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="messages"), heard(channel_id)
    address, clock = f"/community/{one.pk}/", '<p id="clock" hx-swap-oob="true">'
    assert cleo.get(address).content.decode().split(clock)[1].strip().startswith('<span class="clock">')
    send(cleo, one, "Um acht Uhr.", seen(people.signed_in(people.cleo()), one))
    jobs.run_waiting()
    assert cleo.get(address).content.decode().split(clock)[1].strip().startswith('<span class="state state-green">')


def test_a_double_click_answers_once(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    mark = seen(cleo, one)
    for _again in range(3):
        assert send(cleo, one, "Um acht Uhr.", mark).status_code == 303
        jobs.run_waiting()
    assert network.texts == ["Um acht Uhr."]
    assert Message.objects.filter(direction="out").count() == 1


def test_the_same_words_later_are_a_new_answer(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    for _turn in range(2):
        send(cleo, one, "Danke!", seen(cleo, one))
        jobs.run_waiting()
        heard(channel_id, "Bitte.")
    assert network.texts == ["Danke!", "Danke!"]


def test_the_second_agent_is_told_and_keeps_what_was_typed(network: Network, channel_id: int) -> None:
    cleo, gina, one = people.signed_in(people.cleo()), people.signed_in(people.gina()), heard(channel_id)
    first, second = seen(cleo, one), seen(gina, one)
    send(cleo, one, "Um acht Uhr.", first)
    answer = send(gina, one, "Ab neun.", second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A colleague has answered meanwhile." in page
    assert "Um acht Uhr." in page
    assert ">Ab neun.</textarea>" in page
    jobs.run_waiting()
    assert network.texts == ["Um acht Uhr."]
    assert send(gina, one, "Ab neun.", str(answer.context["seen"])).status_code == 303


def test_new_words_of_the_person_are_read_first(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    mark = seen(cleo, one)
    heard(channel_id, "Hat sich erledigt.")
    answer = send(cleo, one, "Um acht Uhr.", mark)
    assert answer.status_code == 409
    assert "Hat sich erledigt." in answer.content.decode()
    assert not network.kept


def test_a_message_with_an_older_clock_does_not_lock_the_form(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    heard(channel_id, "Von gestern.", at=timezone.now() - timedelta(days=1))
    assert send(cleo, one, "Um acht Uhr.", seen(cleo, one)).status_code == 303


def test_who_types_is_seen_by_others_only(channel_id: int) -> None:
    cleo, gina, one = people.signed_in(people.cleo()), people.signed_in(people.gina()), heard(channel_id)
    check = f"/community/{one.pk}/check/"
    assert "is writing" not in cleo.post(check, {"text": "Um"}).content.decode()
    assert "Cleo is writing an answer right now." in gina.post(check, {"text": "Ab"}).content.decode()
    assert "Cleo is writing an answer right now." in gina.get(f"/community/{one.pk}/").content.decode()
    assert "is writing" not in cleo.get(f"/community/{one.pk}/").content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_what_the_gate_blocks_is_not_sent(network: Network, channel_id: int, text: str) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    answer = send(cleo, one, text, seen(cleo, one))
    assert answer.status_code == 422
    assert not Message.objects.filter(direction="out").exists()
    assert text.strip() in answer.content.decode()


def test_a_name_that_is_put_in_front_counts(network: Network) -> None:
    """Of @name@server the name counts, once."""
    account = Account("https://m.example", "morgenrot@m.example", {"token": "token-1"}, "7")
    mastodon = adopt("mastodon", Connected(account, "Morgenrot", ""), people.gina())
    someone = Author("u9", "someone_long@other.example", "Someone")
    cleo, one = people.signed_in(people.cleo()), heard(mastodon.pk, author=someone)
    typed = cleo.post(f"/community/{one.pk}/check/", {"text": "x" * 495}).content.decode()
    assert "509 / 500" in typed
    assert send(cleo, one, "x" * 487, seen(cleo, one)).status_code == 422
    assert send(cleo, one, "@someone_long@other.example " + "x" * 486, seen(cleo, one)).status_code == 303
    assert send(cleo, one, "x" * 486, seen(cleo, one)).status_code == 303


def test_what_a_rule_questions_goes_out_only_when_somebody_has_looked_again(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    text = "Schreiben Sie an laden@example.org oder rufen Sie 0171 2345678 an, laden@example.org."
    refused = send(cleo, one, text, seen(cleo, one))
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "A rule wants you to look again" in shown
    assert shown.count("<li>This looks like personal data. (laden@example.org, 0171 2345678) Take it out") == 1
    assert 'name="looked"' in shown
    assert text in shown
    assert not Message.objects.filter(direction="out").exists()
    assert send(cleo, one, text, seen(cleo, one), looked="1").status_code == 303
    jobs.run_waiting()
    assert network.texts == [text]


def test_looking_again_opens_nothing_that_is_blocked(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    assert send(cleo, one, "x" * 501, seen(cleo, one), looked="1").status_code == 422
    assert not Message.objects.filter(direction="out").exists()


def test_nobody_answers_without_signing_the_guideline(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    guideline.begin()
    guideline.publish(people.ada())
    answer = send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    assert answer.status_code == 403
    assert "sign the current guideline" in answer.content.decode()


def test_a_refused_answer_comes_back_to_its_writer(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [lambda request: httpx.Response(422, json={"error": "the account sleeps"})]
    send(cleo, one, "Um acht Uhr.", seen(cleo, one), then="close")
    assert fresh(one).state == "closed"
    jobs.run_waiting()
    assert ours().state == "failed"
    assert (fresh(one).state, fresh(one).due_at is None) == ("open", False)
    told = people.cleo().notifications.get()
    assert (told.title, told.body) == ("Not sent: Uwe", "The network refused this: the account sleeps")
    assert told.body in cleo.get(f"/community/{one.pk}/").content.decode()
    cleo.post(f"/community/messages/{ours().pk}/decision/", {"arrived": "no"})
    jobs.run_waiting()
    assert network.texts == ["Um acht Uhr."]


def test_a_cut_off_answer_is_settled_by_its_key(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [network.cut_off]
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    with pytest.raises(sending.TryLater):
        jobs.run_waiting()
    assert ours().state == "sending"
    with pytest.raises(sending.TryLater, match="on its way"):
        jobs.run_waiting()
    settle()
    jobs.run_waiting()
    assert ours().state == "done"
    assert network.texts == ["Um acht Uhr."]


def test_a_worker_that_died_while_sending_doubles_nothing(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    jobs.run_waiting()
    Message.objects.filter(direction="out").update(state="sending")
    settle()
    sending.send(message_id=ours().pk)
    sending.send(message_id=ours().pk)
    assert ours().state == "done"
    assert network.texts == ["Um acht Uhr."]


@pytest.mark.parametrize(
    ("mood", "at_last"), [(status(503), "unsure"), (status(429, **{"Retry-After": "5"}), "failed"), (None, "failed")]
)
def test_a_busy_network_is_tried_again_and_given_up_at_last(
    network: Network, channel_id: int, mood: object, at_last: str
) -> None:
    def dead(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("down", request=request)

    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    network.moods = [mood or dead, mood or dead]  # type: ignore[list-item]  # None stands for no mood
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    with pytest.raises(sending.TryLater):
        jobs.run_waiting()
    assert ours().state == ("sending" if at_last == "unsure" else "queued")
    long_ago = timezone.now() - timedelta(hours=2)
    Message.objects.filter(direction="out").update(tried_since=long_ago)
    Message.objects.exclude(unsure_since=None).update(unsure_since=long_ago, lost_at=long_ago)
    jobs.run_waiting()
    assert ours().state == at_last
    assert people.cleo().notifications.count() == 1


def test_a_network_that_never_says_is_given_to_a_person(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    Message.objects.filter(direction="out").update(tried_since=timezone.now() - timedelta(hours=2))
    network.moods = [network.cut_off]
    jobs.run_waiting()
    assert ours().state == "unsure"
    assert "Please look there" in cleo.get(f"/community/{one.pk}/").content.decode()
    decision = f"/community/messages/{ours().pk}/decision/"
    assert cleo.post(decision, {"arrived": "yes"}).status_code == 303
    assert cleo.post(decision, {"arrived": "no"}).status_code == 409
    jobs.run_waiting()
    assert (ours().state, fresh(one).due_at) == ("done", None)
    assert network.texts == ["Um acht Uhr."]


def test_where_there_is_no_channel_the_answer_is_kept(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    Conversation.objects.update(channel=None)
    page = cleo.get(f"/community/{one.pk}/").content.decode()
    assert "Answer there by hand" in page
    assert "Answered there, and close" in page and "Send and close" not in page
    send(cleo, one, "Dort beantwortet.", seen(cleo, one))
    assert (ours().state, fresh(one).due_at) == ("done", None)
    assert not network.kept


def test_answers_on_their_way_in_a_backup_wait_for_a_person(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    assert [sending.doubt_all_on_their_way() for _again in range(2)] == [1, 0]
    jobs.run_waiting()
    assert (ours().state, network.texts) == ("unsure", [])
    assert people.cleo().notifications.filter(key=f"answer-{ours().pk}").count() == 1
    answering.decide(ours(), False, people.cleo())
    jobs.run_waiting()
    assert network.texts == ["Um acht Uhr."]


def test_who_has_not_signed_sends_nothing_again(network: Network, channel_id: int) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id)
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    sending.doubt_all_on_their_way()
    guideline.save(guideline.begin().mark, "Wir sind höflich.", "", "")
    guideline.publish(people.emil())
    with pytest.raises(Declined, match="sign"):
        answering.decide(ours(), False, people.cleo())
    jobs.run_waiting()
    assert (ours().state, network.texts) == ("unsure", [])
