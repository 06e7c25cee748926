"""Nobody knows whether a post arrived: it is looked up, never sent blindly. The network counts the copies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import ACCEPT_AND_DROP, DROP, Network, says
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.channels.disconnect import disconnect
from leitstand.connectors import registry
from leitstand.connectors.errors import Unsure
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.models import DiaryEntry
from leitstand.publishing import amend, approve, compose, outcome, publish, queries, settle
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.models import Publication
from leitstand.publishing.tests.conftest import (
    COFFEE,
    all_channels,
    fresh,
    make_due,
    outcomes,
    planned,
    send_due,
    settle_down,
)
from leitstand.rules import guideline

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

SAFE, UNSAFE = "mastodon", "wordpress"


def unsure(network: Network, channel: Channel, mood: object = ACCEPT_AND_DROP, text: str = COFFEE) -> Publication:
    """A publication whose sending got no clear answer; its look-up is due."""
    publication = planned(channel, text=text)
    network.moods = [mood]  # type: ignore[list-item]  # the case names a method
    send_due()
    assert fresh(publication).state == "unsure"
    settle_down()
    return fresh(publication)


def test_what_was_accepted_is_found_and_not_sent_again(network: Network, channel: Channel) -> None:
    publication = unsure(network, channel)
    send_due()
    publication = fresh(publication)
    assert publication.state == "published"
    assert publication.url == network.statuses[0]["url"]
    assert outcomes(publication) == ["unsure", "found"]
    assert len(network.posts_asked()) == 1
    assert network.texts() == [COFFEE]
    assert network.resent == []
    assert DiaryEntry.objects.filter(name="publishing.publication_unsure").count() == 1


def test_a_blind_second_sending_is_seen_by_the_network(network: Network, channel: Channel) -> None:
    """It makes one status of one key; what the benchmark believes must notice all the same."""
    publication = unsure(network, channel)
    Publication.objects.update(state="scheduled")
    send_due()
    assert fresh(publication).state == "published"
    assert (network.texts(), [text for _account, text, _at in network.resent]) == ([COFFEE], [COFFEE])


def test_a_look_up_goes_back_to_the_first_sending(network: Network, channel: Channel) -> None:
    """The first copy may show late, when it has been sent a second time already."""
    publication, before = unsure(network, channel), timedelta(minutes=8)
    publication.attempts.update(started_at=timezone.now() - before)
    network.statuses[0]["created_at"] = (timezone.now() - before).isoformat()
    send_due()
    assert fresh(publication).state == "published"
    assert len(network.posts_asked()) == 1


def test_a_look_up_that_fails_is_noted_at_its_own_time(network: Network, channel: Channel) -> None:
    publication, an_hour_ago = unsure(network, channel), timezone.now() - timedelta(hours=1)
    Publication.objects.update(sent_at=an_hour_ago)
    publication.attempts.update(started_at=an_hour_ago)
    all_channels().update(address="http://127.0.0.1:9")
    send_due()
    assert outcomes(publication) == ["unsure", "unreachable"]
    looked = publication.attempts.get(outcome="unreachable")
    assert looked.started_at > an_hour_ago + timedelta(minutes=59)


@pytest.mark.parametrize("mood", [DROP, says(500, "oops"), says(504, "timeout")])
def test_what_is_not_there_is_sent_again_under_the_same_key(network: Network, channel: Channel, mood: object) -> None:
    publication = unsure(network, channel, mood)
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == [COFFEE]
    assert {request.key for request in network.posts_asked()} == {str(publication.key)}
    assert outcomes(publication) == ["unsure", "missing", "published"]


@pytest.mark.parametrize(("early", "believed"), [(59, False), (1, False), (-1, True)])
@pytest.mark.parametrize("slug", [SAFE, UNSAFE])
def test_absence_is_believed_only_when_the_network_has_settled(
    network: Network, channel: Channel, slug: str, early: int, believed: bool
) -> None:
    """What is not there yet may still appear; a network knows a key only when it has done with the first sending."""
    publication = unsure(network, channel, DROP)
    all_channels().update(network=slug)
    Publication.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    age = registry.network(slug).settles_in - early
    publication.attempts.update(ended_at=timezone.now() - timedelta(seconds=age))
    settle._missing(fresh(publication), content_of(publication.version))
    after = fresh(publication)
    assert after.state == ("scheduled" if believed else "unsure")
    assert after.due_at is not None
    assert (after.due_at <= timezone.now()) is believed


def test_the_same_with_a_clock_set_back(network: Network, channel: Channel) -> None:
    publication = unsure(network, channel, DROP)
    all_channels().update(network=UNSAFE)
    Publication.objects.update(sent_at=timezone.now() + timedelta(hours=1))
    publication.attempts.update(ended_at=timezone.now() + timedelta(hours=1))
    settle._missing(fresh(publication), content_of(publication.version))
    assert fresh(publication).state == "unsure"


def test_the_proof_of_another_post_with_the_same_words_proves_nothing(network: Network, channel: Channel) -> None:
    planned(channel)
    send_due()
    publication = unsure(network, channel, DROP)
    send_due()
    send_due()
    ours = list(Publication.objects.values_list("remote_id", flat=True))
    assert fresh(publication).state == "published"
    assert sorted(ours) == sorted(status["id"] for status in network.statuses)
    assert len(set(ours)) == 2


def test_an_edit_while_it_is_unsure_sends_nothing_anew(network: Network, channel: Channel) -> None:
    """Looked up by its new words it would not be found, and go out a second time."""
    publication = unsure(network, channel)
    post = compose.revise(publication.version.post, compose.Change({"text": "Neue Worte."}), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    for _again in range(3):
        send_due()
    assert fresh(publication).state == "unsure"
    assert fresh(publication).reason == outcome.ASK
    assert network.texts() == [COFFEE]


def test_a_look_up_that_fails_is_repeated_and_at_last_a_person_decides(network: Network, channel: Channel) -> None:
    publication = unsure(network, channel)
    all_channels().update(address="http://127.0.0.1:9")
    for _again in range(settle.MOST_LOOKUPS):
        make_due(publication)
        send_due()
    publication = fresh(publication)
    assert publication.state == "unsure"
    assert publication.due_at is None
    assert publication.reason == outcome.ASK
    assert people.gina().notifications.filter(key=f"pub-{publication.pk}").count() == 1


def test_what_breaks_off_again_and_again_is_a_matter_for_people(network: Network, channel: Channel) -> None:
    publication = unsure(network, channel, DROP)
    network.moods = [DROP] * 50
    for _again in range(2 * settle.MOST_SENDINGS):
        settle_down()
        send_due()
    assert len(network.posts_asked()) == settle.MOST_SENDINGS
    assert fresh(publication).reason == outcome.ASK


def asked(network: Network, channel: Channel) -> Publication:
    """An unsure publication that waits for a person."""
    publication = unsure(network, channel, DROP)
    Publication.objects.update(due_at=None, reason=outcome.ASK)
    return publication


def test_a_person_says_it_is_there(network: Network, channel: Channel) -> None:
    publication = asked(network, channel)
    with pytest.raises(Declined):
        settle.decide(publication, "published", people.gina(), "somewhere")
    settle.decide(publication, "published", people.gina(), "https://loop.test/@account1/9")
    assert fresh(publication).state == "published"
    assert fresh(publication).url == "https://loop.test/@account1/9"
    with pytest.raises(Declined):
        settle.decide(publication, "again", people.gina())


def test_a_person_says_it_is_not_there(network: Network, channel: Channel) -> None:
    publication = asked(network, channel)
    Publication.objects.update(planned_for=timezone.now() - timedelta(days=2))
    publication.attempts.update(started_at=timezone.now() - timedelta(days=2))
    settle.decide(publication, "again", people.gina())
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == [COFFEE]


def test_a_person_gives_it_up(network: Network, channel: Channel) -> None:
    publication = asked(network, channel)
    with pytest.raises(Declined):
        settle.decide(publication, "", people.gina())
    settle.decide(publication, "leave", people.gina())
    send_due()
    assert fresh(publication).state == "cancelled"
    assert network.texts() == []


def test_an_unsure_post_waits_for_access_without_using_up_its_look_ups(network: Network, channel: Channel) -> None:
    publication = unsure(network, channel)
    network.refused_tokens = {"token-1"}
    send_due()
    assert fresh(publication).state == "unsure"
    assert fresh(publication).lookups == 0
    network.refused_tokens = set()
    all_channels().update(state="ready")
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == [COFFEE]


def test_what_surely_did_not_arrive_may_wait_for_as_long_as_it_takes(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    for mood in (says(429, Retry_After="3600"), DROP):
        network.moods = [mood]
        make_due(publication)
        send_due()
        publication.attempts.update(started_at=timezone.now() - timedelta(hours=3))
    settle_down()
    send_due()
    assert outcomes(publication) == ["too_fast", "unsure", "missing", "published"]
    assert network.texts() == [COFFEE]


def test_where_a_person_found_it_we_neither_edit_nor_delete(network: Network, channel: Channel) -> None:
    """We have only the address of the page, and a network that does not know it would be taken for "deleted"."""
    publication = asked(network, channel)
    settle.decide(publication, "published", people.gina(), "https://loop.test/@account1/9")
    for step in (amend.edit, amend.delete):
        with pytest.raises(Declined):
            step(fresh(publication), people.gina())
    assert fresh(publication).state == "published"


@pytest.mark.parametrize("how", ["unsure", "killed"])
def test_of_what_is_unsure_on_a_disconnected_channel_a_person_decides(
    network: Network, channel: Channel, how: str
) -> None:
    """Nobody can look it up any more: be the channel gone before the answer, or after."""
    publication, gina = planned(channel), people.gina()
    (read,) = publish._due(channel.pk)
    publish.begin(read)
    if how == "unsure":
        outcome.finish(read, Unsure("lost"))
    disconnect(channel, channel.handle, gina)
    jobs.run_waiting()
    send_due()
    assert [one.pk for one in queries.undecided(gina)] == [publication.pk]
    assert 'value="leave"' in signed_in(gina).get(f"/publishing/publications/{publication.pk}/").content.decode()
    with pytest.raises(Declined, match="disconnected"):
        settle.decide(publication, "again", gina)
    settle.decide(publication, "leave", gina)
    assert fresh(publication).state == "cancelled"


def test_who_has_not_signed_sends_nothing_again(network: Network, channel: Channel) -> None:
    publication = asked(network, channel)
    guideline.begin()
    guideline.publish(people.emil())
    with pytest.raises(Declined, match="sign") as declined:
        settle.decide(publication, "again", people.gina())
    assert (declined.value.status, fresh(publication).state) == (403, "unsure")


def test_of_several_lost_tries_the_last_may_still_arrive(network: Network, channel: Channel) -> None:
    publication, now = unsure(network, channel, DROP), timezone.now()
    for began in (now - timedelta(hours=1), now):
        publication.attempts.create(number=1, started_at=began, ended_at=began, outcome="cut_off")
    send_due()
    assert (fresh(publication).state, len(network.posts_asked())) == ("unsure", 1)
