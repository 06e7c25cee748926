"""What is said to us becomes one conversation, once, whoever brings it and however often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.channels.connect import connect
from leitstand.channels.wires import hang_up
from leitstand.community import response, settle
from leitstand.community.models import Conversation, Message
from leitstand.community.reactions import take_in
from leitstand.community.tests.conftest import Network, fresh, heard, said, seen, send, take
from leitstand.connectors.protocol import Author, Published
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry
from leitstand.core.secrets.vault import unseal
from leitstand.listening import add
from leitstand.listening.collect import collect
from leitstand.listening.events import MentionStored
from leitstand.listening.remember import remember
from leitstand.practice import accounts, posts
from leitstand.publishing.remember import remember as remember_post


def test_replies_of_the_practice_network_arrive_once(live_server: Any, settings: Any) -> None:
    settings.PUBLIC_URL = live_server.url
    people.company()
    channel = connect("practice", {"handle": "Morgenrot"}, people.gina())
    account, then = accounts.spend(unseal(channel.sealed_secrets)["token"]), timezone.now() - timedelta(hours=40)
    assert account is not None
    text = "Unser neuer Winterkaffee ist da! Wie trinkt ihr ihn am liebsten?"
    told = posts.remember(account, text, "de", then)
    proof = Published(str(told.pk), "https://net.example/p", then)
    remember_post(people.gina(), channel.pk, text, "de", proof, None)
    for _again in range(2):
        collect(channel_id=channel.pk)
        jobs.run_waiting()
    arrived = Conversation.objects.filter(channel_id=channel.pk)
    answers = type(told).objects.filter(answers=told)
    assert arrived.count() == len(set(answers.values_list("person", flat=True))) > 0
    assert {conversation.thread for conversation in arrived} == {str(told.pk)}
    assert all(conversation.publication_id for conversation in arrived)
    assert all(conversation.due_at for conversation in arrived)
    ids = list(Message.objects.values_list("remote_id", flat=True))
    assert len(ids) == len(set(ids))
    hang_up()


def test_one_thread_and_one_person_make_one_conversation(channel_id: int) -> None:
    one = heard(channel_id)
    assert heard(channel_id, "Und am Sonntag?") == one
    assert heard(channel_id, "Ich auch!", author=Author("u2", "vera", "Vera")) != one
    assert heard(channel_id, "Anderes Thema", thread_root="t2") != one
    assert list(one.messages.values_list("text", flat=True)) == ["Wann öffnet ihr?", "Und am Sonntag?"]


def test_told_twice_received_once(channel_id: int) -> None:
    item = said()
    for _again in range(2):
        take(channel_id, item)
    entry = DiaryEntry.objects.get(name="listening.mention_stored")
    take_in(MentionStored(**entry.data), entry)
    assert Message.objects.count() == 1
    assert DiaryEntry.objects.filter(name="community.conversation_opened").count() == 1


def test_a_mention_from_listening_comes_when_it_asks_or_complains(network: Network) -> None:
    add.new_query("Wir", "morgenrot", people.gina())
    asks = said("Hat Morgenrot am Sonntag offen?", remote_id="a", thread_root="", author=Author("", "", ""))
    tells = said("Morgenrot hat jetzt neue Tassen.", remote_id="b", thread_root="")
    remember("https://blog.example/feed", "Stadtblog", [asks, tells])
    jobs.run_waiting()
    one = Conversation.objects.get()
    assert (one.channel_id, one.source, one.author_name, one.kind) == (None, "Stadtblog", "Stadtblog", "question")


@pytest.mark.parametrize(("age", "opened"), [(timedelta(days=5), 0), (timedelta(hours=5), 1)])
def test_of_sources_only_news_open_a_conversation_and_wait_since_we_heard_them(
    network: Network, age: timedelta, opened: int
) -> None:
    add.new_query("Wir", "morgenrot", people.gina())
    asks = said("Hat Morgenrot am Sonntag offen?", thread_root="", at=timezone.now() - age)
    remember("https://blog.example/feed", "Stadtblog", [asks])
    jobs.run_waiting()
    heard_at = DiaryEntry.objects.get(name="listening.mention_stored").at
    assert list(Conversation.objects.values_list("waiting_since", flat=True)) == [heard_at] * opened


def test_same_numbers_of_two_sources_are_two_conversations(network: Network) -> None:
    add.new_query("Wir", "morgenrot", people.gina())
    for number, blog in enumerate(("Stadtblog", "Landblog")):
        asks = said(
            f"Hat Morgenrot offen? {blog}",
            remote_id="1",
            url=f"https://{blog}.example",
            thread_root="",
            author=Author("", "", ""),
        )
        remember(f"https://blog.example/{number}", blog, [asks])
    jobs.run_waiting()
    assert sorted(Conversation.objects.values_list("source", flat=True)) == ["Landblog", "Stadtblog"]


def test_a_mention_is_handed_over_by_hand_once(network: Network) -> None:
    number = remember("https://blog.example/f", "Blog", [said("Morgenrot hat jetzt neue Tassen.", thread_root="")])[0]
    gina = people.signed_in(people.gina())
    for _again in range(2):
        assert gina.post(f"/listening/mentions/{number}/hand-over/").status_code == 303
        jobs.run_waiting()
    assert Message.objects.get().text == "Morgenrot hat jetzt neue Tassen."


KINDS = [
    ("Mein Paket ist kaputt angekommen, wann kommt endlich Ersatz?", "complaint"),
    ("Habt ihr auch Hafermilch?", "question"),
    ("Der beste Kaffee der Stadt, ich bin begeistert!", "praise"),
    ("Bin gerade vorbeigelaufen.", "other"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_is_read_from_the_words(channel_id: int, text: str, kind: str) -> None:
    assert heard(channel_id, text).kind == kind


def test_new_words_open_what_was_closed_or_snoozed(channel_id: int) -> None:
    one = heard(channel_id)
    settle.close(one, people.cleo())
    assert fresh(one).due_at is None
    heard(channel_id, "Hallo?")
    again = fresh(one)
    assert (again.state, again.closed_at) == ("open", None)
    assert again.due_at is not None
    assert DiaryEntry.objects.filter(name="community.conversation_reopened").count() == 1
    settle.snooze(one, timezone.now() + timedelta(hours=1), people.cleo())
    heard(channel_id, "Noch da?")
    assert fresh(one).state == "open"
    assert Conversation.objects.count() == 1


def test_a_complaint_after_small_talk_shortens_the_deadline(channel_id: int) -> None:
    one = heard(channel_id, "Bin gerade vorbeigelaufen.")
    before = fresh(one).due_at
    heard(channel_id, "Die Tasse ist kaputt, ich bin sehr enttäuscht.")
    after = fresh(one)
    assert after.kind == "complaint"
    assert before is not None
    assert after.due_at is not None
    assert after.due_at < before


@pytest.mark.parametrize("first", ["Der beste Kaffee der Stadt, ich bin begeistert!", "Habt ihr auch Hafermilch?"])
def test_a_complaint_after_praise_or_a_question_shortens_the_deadline(channel_id: int, first: str) -> None:
    one = heard(channel_id, first)
    heard(channel_id, "Die Tasse ist kaputt, ich bin sehr enttäuscht.")
    assert fresh(one).kind == "complaint"
    assert fresh(one).due_at == response.due("complaint", one.waiting_since or one.opened_at)
    heard(channel_id, "Sonst bin ich begeistert!")
    assert fresh(one).kind == "complaint"


@pytest.mark.parametrize("ended", ["answered", "closed"])
def test_thanks_after_a_complaint_was_settled_are_no_complaint(channel_id: int, ended: str) -> None:
    one, cleo = heard(channel_id, "Die Tasse ist kaputt, ich bin sehr enttäuscht."), people.signed_in(people.cleo())
    if ended == "closed":
        settle.close(one, people.cleo())
    else:
        send(cleo, one, "Eine neue ist unterwegs.", seen(cleo, one))
        jobs.run_waiting()
    thanks = heard(channel_id, "Danke, ich bin begeistert!")
    assert (thanks.pk, thanks.kind) == (one.pk, "praise")
    assert thanks.due_at == response.due("praise", thanks.waiting_since or thanks.opened_at)
    again = heard(channel_id, "Auch die neue ist kaputt, ich bin sehr enttäuscht.")
    assert (again.kind, again.waiting_since) == ("complaint", thanks.waiting_since)


def test_a_kind_set_by_hand_stays(channel_id: int) -> None:
    one = heard(channel_id)
    people.signed_in(people.cleo()).post(f"/community/{one.pk}/kind/", {"kind": "other"})
    heard(channel_id, "Die Tasse ist kaputt, ich bin sehr enttäuscht.")
    assert fresh(one).kind == "other"


def test_where_no_root_is_told_an_answer_to_ours_goes_on_with_the_conversation(
    network: Network, channel_id: int
) -> None:
    cleo, one = people.signed_in(people.cleo()), heard(channel_id, thread_root="")
    send(cleo, one, "Um acht Uhr.", seen(cleo, one))
    jobs.run_waiting()
    ours = Message.objects.get(direction="out")
    assert heard(channel_id, "Und am Sonntag?", thread_root="", in_reply_to=ours.remote_id) == one
    theirs = one.messages.get(text="Und am Sonntag?")
    assert heard(channel_id, "Bitte.", thread_root="", in_reply_to=theirs.remote_id) == one
    other = Author("u2", "vera", "Vera")
    vera = heard(channel_id, "Ich auch!", author=other, thread_root="", in_reply_to=ours.remote_id)
    assert (vera != one, vera.thread) == (True, one.thread)


def test_the_headline_stands_above_the_text(network: Network) -> None:
    add.new_query("Wir", "morgenrot", people.gina())
    asks = said("Weiterlesen im Forum.", title="Morgenrot: Maschine kaputt geliefert!", kind="article", thread_root="")
    remember("https://forum.example/feed", "Forum", [asks])
    jobs.run_waiting()
    one, cleo = Conversation.objects.get(), people.signed_in(people.cleo())
    for page in ("/community/", f"/community/{one.pk}/", "/community/?q=maschine"):
        assert "Maschine kaputt geliefert" in cleo.get(page).content.decode()


def test_what_was_said_long_before_the_channel_came_is_kept_and_bothers_nobody(channel_id: int) -> None:
    cleo, long_ago = people.cleo(), timezone.now() - timedelta(days=400)
    old = heard(channel_id, "Mein Paket ist kaputt.", thread_root="old", at=long_ago)
    late = heard(channel_id, thread_root="late", at=timezone.now() - timedelta(days=1))
    assert (fresh(old).state, fresh(old).due_at, fresh(late).state) == ("closed", None, "open")
    settle.wake()
    assert cleo.notifications.count() == 1
    number = old.messages.get().mention_id
    people.signed_in(people.gina()).post(f"/listening/mentions/{number}/hand-over/")
    jobs.run_waiting()
    again = fresh(old)
    assert (again.state, again.due_at is not None and again.due_at > timezone.now()) == ("open", True)


def test_private_words_are_marked(channel_id: int) -> None:
    one = heard(channel_id, "Unter uns: wann öffnet ihr?", is_private=True)
    cleo = people.signed_in(people.cleo())
    assert "Private" in cleo.get("/community/").content.decode()
    page = cleo.get(f"/community/{one.pk}/").content.decode()
    assert "This is a private message: the answer is private too." in page
    assert cleo.get("/listening/").content.decode().count("Private") == 1
    assert ";yes;" in cleo.get("/listening/mentions.csv").content.decode()
    heard(channel_id, "Und jetzt für alle.")
    assert "This is a private message" not in cleo.get(f"/community/{one.pk}/").content.decode()
