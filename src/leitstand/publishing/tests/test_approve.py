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
from leitstand.publishing.models import Approval, Hold, Policy, Post, Publication
from leitstand.publishing.tests.conftest import (
    COFFEE,
    all_channels,
    approved,
    fresh,
    make_due,
    planned,
    send_due,
    written,
)
from leitstand.rules import guideline
from leitstand.rules.waive import switch, waive

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

EDITS = {
    "text": compose.Change({"text": "Etwas anderes."}),
    "link": compose.Change({"link": "https://example.org/neu"}),
    "legal": compose.Change({"evidence": "Ordner 7"}),
    "language": compose.Change({"language": "en"}),
}


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


def test_a_yes_to_words_nobody_saw_is_declined(channel: Channel) -> None:
    post = written(channel)
    seen = fingerprint(post)
    compose.revise(post, compose.Change({"text": "Schnell noch etwas anderes."}), people.gina())
    with pytest.raises(Declined) as declined:
        approve.approve(post, people.dora(), seen)
    assert declined.value.status == 409
    assert Approval.objects.count() == 0


def test_a_second_yes_changes_nothing(channel: Channel) -> None:
    post = written(channel)
    for _again in range(2):
        approve.approve(post, people.dora(), fingerprint(post))
    assert Approval.objects.count() == 1


def test_four_eyes(channel: Channel) -> None:
    Policy(four_eyes=True).save()
    Policy.objects.filter(pk=1).update(four_eyes=True)
    post = written(channel)
    with pytest.raises(Declined):
        approve.approve(post, people.gina(), fingerprint(post))
    approve.approve(post, people.dora(), fingerprint(post))
    assert approve.is_approved(post)


def test_a_rule_that_asks_to_look_twice_wants_another_person(channel: Channel) -> None:
    people.dora()
    post = written(channel, text="Rufen Sie an: 030 12345678")
    with pytest.raises(Declined) as declined:
        approve.approve(post, people.gina(), fingerprint(post))
    assert "second pair of eyes" in str(declined.value.say)
    seen = people.signed_in(people.gina()).get(reverse("publishing:post", args=[post.pk])).content.decode()
    assert "second pair of eyes" in seen and "Submit for approval" in seen and "Approve and" not in seen
    approve.approve(post, people.dora(), fingerprint(post))
    assert schedule.plan(post, timezone.now(), people.gina())


def test_who_works_alone_decides_alone(channel: Channel) -> None:
    post = written(channel, text="Rufen Sie an: 030 12345678")
    approve.approve(post, people.gina(), fingerprint(post))
    assert approve.is_approved(post)


def test_a_post_that_comes_back_names_the_reason(channel: Channel) -> None:
    post = written(channel)
    approve.submit(post, people.gina())
    approve.submit(post, people.gina())
    with pytest.raises(Declined):
        approve.send_back(post, people.dora(), " ")
    approve.send_back(post, people.dora(), "Bitte kürzer.")
    post.refresh_from_db()
    assert post.state == "returned"
    assert people.gina().notifications.filter(body="Bitte kürzer.").count() == 1
    assert not approve.is_approved(post)


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


def unsigned(post: Post) -> None:
    """Everybody but Dora must sign."""
    guideline.begin()
    made = guideline.publish(people.gina())
    from leitstand.rules.sign import sign

    sign(people.dora(), made.number or 0, "de")


def test_without_a_signature_nothing_is_published(channel: Channel) -> None:
    post = approved(channel)
    unsigned(post)
    with pytest.raises(Declined) as declined:
        schedule.plan(post, timezone.now(), people.gina())
    assert declined.value.status == 403
    with pytest.raises(Declined):
        approve.submit(written(channel), people.gina())
    assert Publication.objects.count() == 0


def test_an_approver_is_told_that_the_author_has_not_signed(channel: Channel) -> None:
    post = written(channel)
    unsigned(post)
    with pytest.raises(Declined) as declined:
        approve.approve(post, people.dora(), fingerprint(post))
    assert "The author has not signed" in str(declined.value.say)


def test_without_a_signature_nothing_is_moved_but_all_can_be_cancelled(channel: Channel) -> None:
    publication = planned(channel)
    unsigned(publication.version.post)
    with pytest.raises(Declined):
        schedule.move(publication, timezone.now(), people.gina())
    schedule.cancel(publication, people.gina())
    assert fresh(publication).state == "cancelled"


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
    make_due(publication)
    send_due()
    assert fresh(publication).say == approve.SENT_BACK
    assert network.texts() == []


@pytest.mark.parametrize("what", EDITS)
def test_four_eyes_are_not_two_with_a_borrowed_draft(channel: Channel, what: str) -> None:
    """Who rewrites a colleague's draft has written it."""
    Policy.objects.create(pk=1, four_eyes=True)
    post = compose.revise(written(channel), EDITS[what], people.dora())
    for one in (people.dora(), people.gina()):
        with pytest.raises(Declined):
            approve.approve(post, one, fingerprint(post))
    post = compose.revise(post, compose.Change({"text": "Noch anders."}), people.gina())
    approve.approve(post, people.dora(), fingerprint(post))
    assert approve.is_approved(post)


def test_saving_without_a_change_is_no_authorship(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = compose.revise(written(channel), compose.Change({"text": COFFEE}), people.dora())
    approve.approve(post, people.dora(), fingerprint(post))
    assert approve.is_approved(post)
