"""What is said to us becomes one conversation, once, whoever brings it and however often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.channels.connect import connect
from leitstand.channels.wires import hang_up
from leitstand.community import settle
from leitstand.community.models import Conversation, Message
from leitstand.community.reactions import take_in
from leitstand.community.tests.conftest import Network, fresh, heard, said, take
from leitstand.connectors.protocol import Author, Published
from leitstand.core import jobs
from leitstand.core.models import DiaryEntry
from leitstand.core.vault import unseal
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
    account, then = accounts.spend(unseal(channel.sealed_secrets)["token"]), timezone.now() - timedelta(days=5)
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
        gina.post(f"/listening/mentions/{number}/hand-over/")
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
