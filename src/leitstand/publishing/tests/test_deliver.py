"""A due post goes out once, with proof; what the network answers instead of a proof is told in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import Network, says
from django.utils import timezone, translation
from tests import people

from leitstand.channels.reconnect import reconnect
from leitstand.core.models import DiaryEntry
from leitstand.publishing import compose, duty, publish, schedule
from leitstand.publishing.models import Publication
from leitstand.publishing.tests.conftest import (
    COFFEE,
    all_channels,
    another_channel,
    approved,
    fresh,
    make_due,
    outcomes,
    planned,
    send_due,
)

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


def test_a_due_post_goes_out_with_proof(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    send_due()
    publication = fresh(publication)
    assert network.texts() == [COFFEE]
    assert publication.state == "published"
    assert publication.remote_id == network.statuses[0]["id"]
    assert publication.url == network.statuses[0]["url"]
    assert publication.published_text == COFFEE
    assert publication.published_at is not None
    assert network.posts_asked()[0].key == str(publication.key)
    assert outcomes(publication) == ["published"]
    happened = DiaryEntry.objects.get(name="publishing.post_published")
    assert happened.data["remote_id"] == publication.remote_id


def test_one_post_on_several_channels(network: Network, channel: Channel) -> None:
    other = another_channel(network, "token-2")
    made = schedule.plan(approved(channel, other), timezone.now(), people.gina())
    send_due()
    send_due()
    assert [fresh(one).state for one in made] == ["published", "published"]
    assert sorted(status["account"] for status in network.statuses) == ["1", "2"]


def test_what_is_not_due_stays(network: Network, channel: Channel) -> None:
    later = planned(channel, timezone.now() + timedelta(minutes=5))
    send_due()
    assert network.texts() == []
    assert fresh(later).state == "scheduled"


def test_a_channel_keeps_the_order_of_its_posts(network: Network, channel: Channel) -> None:
    now = timezone.now()
    for second, text in ((30, "zweitens"), (20, "drittens"), (40, "erstens")):
        planned(channel, now - timedelta(seconds=second), text=text)
    send_due()
    assert network.texts() == ["erstens", "zweitens", "drittens"]


def test_more_than_one_reading_is_sent_in_one_go(network: Network, channel: Channel) -> None:
    texts = [f"Nummer {number}" for number in range(publish.AT_ONCE + 3)]
    for text in texts:
        planned(channel, text=text)
    send_due()
    assert network.texts() == texts


@pytest.mark.parametrize(("headers", "least", "most"), [({"Retry_After": "33"}, 30, 34), ({}, 55, 61)])
def test_a_rate_limit_moves_the_channel_and_loses_nothing(
    network: Network, channel: Channel, headers: dict[str, str], least: int, most: int
) -> None:
    first, second = planned(channel, text="eins"), planned(channel, text="zwei")
    network.moods = [says(429, "Too many requests", **headers)]
    send_due()
    for publication in map(fresh, (first, second)):
        assert publication.state == "scheduled"
        assert publication.due_at is not None
        assert least <= (publication.due_at - timezone.now()).total_seconds() <= most
    assert fresh(first).say == "The network asks us to slow down."
    assert len(network.posts_asked()) == 1
    make_due(second), make_due(first)
    send_due()
    assert sorted(network.texts()) == ["eins", "zwei"]
    assert outcomes(first) == ["too_fast", "published"]


def test_a_refused_post_says_why_to_its_author(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    network.moods = [says(422, "Text contains a forbidden word")]
    send_due()
    publication = fresh(publication)
    assert publication.state == "failed"
    assert publication.say == "The network refused this: Text contains a forbidden word"
    news = people.gina().notifications.get(key=f"pub-{publication.pk}")
    assert "forbidden word" in news.body
    send_due()
    assert len(network.posts_asked()) == 1


def test_news_of_a_failure_is_told_in_the_language_of_whoever_reads(network: Network, channel: Channel) -> None:
    gina = people.gina()
    gina.language = "de"
    gina.save()
    publication = planned(channel, timezone.now() - timedelta(minutes=1))
    Publication.objects.update(planned_for=timezone.now() - timedelta(days=3))
    send_due()
    news = gina.notifications.get(key=f"pub-{publication.pk}")
    with translation.override("de"):
        assert news.body == fresh(publication).say != publish.TOO_LATE


def test_after_a_refusal_the_post_can_be_planned_again(network: Network, channel: Channel) -> None:
    refused = planned(channel)
    network.moods = [says(422)]
    send_due()
    again = schedule.plan(refused.version.post, timezone.now(), people.gina())[0]
    send_due()
    assert again.pk != refused.pk
    assert fresh(again).state == "published"
    assert fresh(refused).state == "failed"
    assert network.texts() == [COFFEE]


def test_a_refused_post_needs_its_author_until_it_is_planned_again_or_let_be(
    network: Network, channel: Channel
) -> None:
    publication, gina = planned(channel), people.gina()
    network.moods = [says(422)]
    send_due()
    for who, asked in ((gina, 1), (people.finn(), 0)):
        assert len([todo for todo in duty.today(who) if "Refused" in todo.text]) == asked
    row = duty.row(gina)
    assert (row.state, row.url) == ("red", "/publishing/queue/?state=failed")
    assert f"/publishing/publications/{publication.pk}/" in people.signed_in(gina).get(row.url).content.decode()
    again = schedule.plan(publication.version.post, timezone.now() + timedelta(hours=1), gina)[0]
    assert duty.row(gina).state == "green"
    schedule.cancel(again, gina)
    assert duty.row(gina).state == "red"
    people.signed_in(gina).post(f"/publishing/publications/{publication.pk}/cancel/")
    assert (fresh(publication).state, duty.row(gina).state) == ("cancelled", "amber")
    assert [str(duty.row(who).next_step) for who in (gina, people.finn())] == ["Write a post", ""]
    compose.discard(publication.version.post, gina)


def test_when_access_is_lost_the_queue_waits_for_reconnection(network: Network, channel: Channel) -> None:
    first, second = planned(channel, text="eins"), planned(channel, text="zwei")
    network.refused_tokens = {"token-1"}
    send_due()
    channel.refresh_from_db()
    assert channel.state == "reconnect"
    assert [fresh(one).state for one in (first, second)] == ["scheduled", "scheduled"]
    asked = len(network.requests)
    send_due()
    assert len(network.requests) == asked
    network.refused_tokens = set()
    reconnect(channel, {"server": network.address, "token": "token-1"}, people.gina())
    send_due()
    assert sorted(network.texts()) == ["eins", "zwei"]
    assert {fresh(one).state for one in (first, second)} == {"published"}
    assert fresh(first).attempts_made == 2


def test_a_network_out_of_reach_is_tried_again_later(network: Network, channel: Channel) -> None:
    all_channels().update(address="http://127.0.0.1:9")
    publication = planned(channel)
    send_due()
    after = fresh(publication)
    assert after.state == "scheduled"
    assert after.due_at is not None
    assert after.due_at > timezone.now()
    assert after.say == "The network cannot be reached right now."
    all_channels().update(address=network.address)
    make_due(publication)
    send_due()
    assert outcomes(publication) == ["unreachable", "published"]
    assert network.texts() == [COFFEE]


def test_a_late_post_waits_for_a_person(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    Publication.objects.update(planned_for=timezone.now() - timedelta(hours=13))
    send_due()
    assert fresh(publication).state == "stopped"
    assert fresh(publication).reason == publish.TOO_LATE
    assert network.texts() == []
    schedule.move(fresh(publication), timezone.now(), people.gina())
    send_due()
    assert network.texts() == [COFFEE]
