"""A yes holds for one exact content; what was edited since does not go out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import DROP, Network
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.core.errors import Declined
from leitstand.publishing import approve, compose, gate, publish, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Hold, Post
from leitstand.publishing.tests.conftest import (
    COFFEE,
    EDITS,
    all_channels,
    fresh,
    planned,
    send_due,
    settle_down,
    written,
)
from leitstand.rules.waive import switch, waive

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_after_the_approval_is_not_sent(network: Network, channel: Channel, what: str) -> None:
    publication = planned(channel)
    compose.revise(publication.version.post, EDITS[what], people.gina())
    send_due()
    publication = fresh(publication)
    assert network.texts() == []
    assert publication.state == "stopped"
    assert publication.say == publish.CHANGED
    assert gate.stale(publication)


def test_changed_back_to_what_was_approved_it_is_approved_and_goes_out(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    post = publication.version.post
    words = post.text
    assert compose.revise(post, compose.Change({"text": "Neu."}), people.gina()).state == Post.State.DRAFT
    assert compose.revise(post, compose.Change({"text": words}), people.gina()).state == Post.State.APPROVED
    send_due()
    assert network.texts() == [words]


def test_own_words_of_a_channel_count_as_an_edit(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    compose.revise(
        publication.version.post, compose.Change(versions=[compose.VersionChange(channel.pk, "Kurz.")]), people.gina()
    )
    send_due()
    assert fresh(publication).say == publish.CHANGED
    assert network.texts() == []


def test_after_a_new_yes_the_new_words_go_out(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    post = compose.revise(publication.version.post, compose.Change({"text": "Neu."}), people.gina())
    send_due()
    with pytest.raises(Declined):
        schedule.adopt_content(publication, timezone.now(), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    schedule.adopt_content(publication, timezone.now(), people.gina())
    send_due()
    assert fresh(publication).state == "published"
    assert network.texts() == ["Neu."]


def test_a_time_that_has_passed_does_not_send_the_new_words_at_once(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    post = compose.revise(publication.version.post, compose.Change({"text": "Neu."}), people.gina())
    send_due()
    approve.approve(post, people.dora(), fingerprint(post))
    url = reverse("publishing:move", args=[publication.pk])
    answer = people.signed_in(people.gina()).post(url, {"day": "2020-01-01", "time": "09:00"})
    assert (answer.status_code, "has passed" in answer.content.decode()) == (422, True)
    send_due()
    assert (fresh(publication).state, network.texts()) == ("stopped", [])


def test_what_changes_between_reading_and_claiming_is_not_claimed(network: Network, channel: Channel) -> None:
    read = publish._due(planned(channel).channel_id)[0]
    compose.revise(Post.objects.get(), compose.Change({"text": "Etwas anderes."}), people.gina())
    assert not publish.begin(read)
    assert fresh(read).state == "scheduled"


@pytest.mark.parametrize("how", ["moved", "cancelled", "paused", "held"])
def test_what_people_decide_in_the_last_moment_counts(network: Network, channel: Channel, how: str) -> None:
    read = publish._due(planned(channel).channel_id)[0]
    gina = people.gina()
    if how == "moved":
        schedule.move(read, timezone.now() + timedelta(hours=1), gina)
    elif how == "cancelled":
        schedule.cancel(read, gina)
    elif how == "paused":
        all_channels().update(state="paused")
    else:
        Hold.objects.create(reason="Halt")
    publish.work_on(read, publish._terms())
    assert network.texts() == []
    assert fresh(read).state == ("cancelled" if how == "cancelled" else "scheduled")


def test_a_cancelled_publication_is_not_stopped_by_a_late_obstacle(network: Network, channel: Channel) -> None:
    read = publish._due(planned(channel).channel_id)[0]
    schedule.cancel(read, people.gina())
    publish.outcome.stop(read, publish.CHANGED, "")
    assert fresh(read).state == "cancelled"


def test_a_rule_that_blocks_at_the_moment_of_sending(network: Network, channel: Channel) -> None:
    publication = planned(channel, text="Rufen Sie an: 030 12345678")
    switch("personal-data", "block", "Beschluss vom Montag", people.emil())
    send_due()
    publication = fresh(publication)
    assert publication.state == "stopped"
    assert publication.say == "A rule blocks it now: This looks like personal data."
    assert network.texts() == []
    waive("personal-data", publication.content_hash, "Das ist unsere eigene Nummer.", people.emil())
    schedule.move(publication, timezone.now(), people.gina())
    send_due()
    assert network.texts() == ["Rufen Sie an: 030 12345678"]


def test_a_waiver_holds_for_one_content_only(channel: Channel) -> None:
    post = written(channel, text="Klimaneutraler Kaffee.")
    with pytest.raises(Declined):
        approve.approve(post, people.dora(), fingerprint(post))
    waive("climate-claims", fingerprint(post), "Mit der Kanzlei besprochen.", people.emil())
    approve.approve(post, people.dora(), fingerprint(post))
    post = compose.revise(post, compose.Change({"text": "Klimaneutraler Kaffee!"}), people.gina())
    with pytest.raises(Declined):
        approve.approve(post, people.dora(), fingerprint(post))


def test_the_fingerprint_covers_what_goes_out(channel: Channel) -> None:
    post = written(channel)
    first = fingerprint(post)
    assert first == fingerprint(Post.objects.prefetch_related("versions", "images").get())
    assert compose.revise(post, compose.Change({"text": COFFEE}), people.gina()) and fingerprint(post) == first
    assert fingerprint(compose.revise(post, compose.Change({"text": COFFEE + "!"}), people.gina())) != first


def test_a_change_of_mind_is_heard_at_once(network: Network, channel: Channel) -> None:
    """The newest word on the same content holds, whatever was said before."""
    publication = planned(channel)
    post = publication.version.post
    approve.send_back(post, people.dora(), "Doch nicht.")
    assert not approve.is_approved(post)
    assert fresh(publication).say == approve.SENT_BACK
    with pytest.raises(Declined):
        schedule.move(publication, timezone.now(), people.gina())
    send_due()
    assert network.texts() == []
    approve.approve(post, people.dora(), fingerprint(post))
    schedule.move(publication, timezone.now(), people.gina())
    send_due()
    assert network.texts() == [COFFEE]


def test_what_was_sent_back_while_it_was_unsure_does_not_go_out_again(network: Network, channel: Channel) -> None:
    publication = planned(channel)
    network.moods = [DROP]
    send_due()
    approve.send_back(publication.version.post, people.dora(), "Doch nicht.")
    settle_down()
    send_due()
    assert fresh(publication).say == approve.SENT_BACK
    assert network.texts() == []
