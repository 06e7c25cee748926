"""Who may say yes, to which words, and who is asked; without a signature nobody publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.publishing import approve, compose, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Approval, Asset, Policy, Post, Publication
from leitstand.publishing.tests.conftest import (
    COFFEE,
    EDITS,
    approved,
    fresh,
    planned,
    written,
)
from leitstand.rules import guideline

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


def test_a_yes_to_words_nobody_saw_is_declined(channel: Channel) -> None:
    post = written(channel)
    seen = fingerprint(post)
    compose.revise(post, compose.Change({"text": "Schnell noch etwas anderes."}), people.gina())
    with pytest.raises(Declined) as declined:
        approve.approve(post, people.dora(), seen)
    assert declined.value.status == 409
    assert Approval.objects.count() == 0


def test_once_decided_nobody_is_asked_any_more(channel: Channel) -> None:
    dora, post = people.dora(), written(channel)
    approve.submit(post, people.ben())
    assert dora.notifications.filter(read_at=None).count() == 1
    approve.approve(post, people.gina(), fingerprint(post))
    assert not dora.notifications.filter(read_at=None).exists()


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


def test_what_is_approved_is_not_submitted_again(channel: Channel) -> None:
    url = reverse("publishing:submission", args=[approved(channel).pk])
    assert "This post is approved already." in people.signed_in(people.gina()).post(url, follow=True).content.decode()
    assert Post.objects.get().state == "approved"
    assert people.dora().notifications.count() == 0


def test_approved_words_that_are_no_longer_those_can_be_submitted(channel: Channel) -> None:
    post = approved(channel)
    Post.objects.update(evidence="Ordner 8")
    post.refresh_from_db()
    assert approve.submit(post, people.gina())
    assert Post.objects.get().state == "submitted"


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


def test_who_has_left_need_not_sign_for_a_draft_to_be_approved(channel: Channel) -> None:
    post, gina = written(channel), people.gina()
    unsigned(post)
    with pytest.raises(Declined, match="author has not signed"):
        approve.approve(post, people.dora(), fingerprint(post))
    gina.is_active = False
    gina.save()
    approve.approve(post, people.dora(), fingerprint(post))
    assert approve.is_approved(Post.objects.get(pk=post.pk))


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


@pytest.mark.parametrize("what", EDITS)
def test_four_eyes_are_not_two_with_a_borrowed_draft(channel: Channel, what: str) -> None:
    """Who rewrites a colleague's draft has written it."""
    Policy.objects.create(pk=1, four_eyes=True)
    post = compose.revise(written(channel), EDITS[what], people.dora())
    for one in (people.dora(), people.gina()):
        with pytest.raises(Declined):
            approve.approve(post, one, fingerprint(post))
    approve.approve(post, people.ada(), fingerprint(post))
    assert approve.is_approved(post)


def barred(post: Post) -> list[str]:
    """Those with the right who may not say yes to this post."""
    people.ada(), people.dora()
    return [str(one) for one in Person.objects.holding("post.approve") if not approve.may_approve(post, one)]


def changed(post: Post, text: str, by: Person) -> Post:
    return compose.revise(post, compose.Change({"text": text}), by)


def test_a_last_full_stop_of_another_frees_nobody_who_wrote(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = changed(changed(written(channel), "Ganz anders", people.dora()), "Ganz anders.", people.gina())
    assert barred(post) == ["Dora", "Gina"]
    approve.submit(post, people.ben())
    assert [people.ada().notifications.count(), people.dora().notifications.count()] == [1, 0]


def test_a_yes_frees_for_later_changes_who_wrote_before_it(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = changed(written(channel), "Ganz anders", people.dora())
    approve.approve(post, people.ada(), fingerprint(post))
    assert barred(changed(post, "Ganz anders.", people.ben())) == ["Gina"]
    assert barred(changed(post, "Ganz anders!", people.ada())) == ["Ada", "Gina"]


def test_a_yes_that_was_taken_back_frees_nobody(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = changed(written(channel), "Ganz anders", people.dora())
    approve.approve(post, people.ada(), fingerprint(post))
    approve.send_back(post, people.ada(), "Doch nicht.")
    assert barred(post) == ["Dora", "Gina"]
    assert barred(changed(post, "Ganz anders.", people.ben())) == ["Dora", "Gina"]


def test_an_image_or_its_words_are_written_too(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = written(channel)
    asset = Asset.objects.create(name="a.jpg", mime="image/jpeg", width=1, height=1, sha256="0" * 64)
    compose.add_image(post, asset, people.dora())
    compose.respell(asset, people.ada())
    assert barred(post) == ["Ada", "Dora", "Gina"]


def test_the_page_says_who_may_not_approve_and_who_may(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = changed(written(channel), "Ganz anders", people.ada())
    url = reverse("publishing:post", args=[post.pk])
    may_not = "May not approve it, because they began it or changed it since its last approval: Ada, Gina."
    for dora_is_there in (False, True):
        shown = people.signed_in(people.ada()).get(url).content.decode()
        assert "Four eyes: somebody else must approve" in shown
        assert may_not in shown
        assert ("Nobody else may approve it yet" in shown) is not dora_is_there
        assert ("May approve it: Dora." in shown) is dora_is_there
        people.dora()
    approve.submit(post, people.ben())
    assert may_not in people.signed_in(people.ben()).get(url).content.decode()
    assert "May not approve" not in people.signed_in(people.dora()).get(url).content.decode()


def test_who_works_alone_decides_alone_where_only_a_rule_asks(channel: Channel) -> None:
    post = changed(written(channel), "Rufen Sie an: 030 12345678", people.gina())
    approve.approve(post, people.gina(), fingerprint(post))
    post = changed(changed(post, "Anruf: 030 12345678", people.dora()), "Ruf an: 030 12345678", people.gina())
    approve.approve(post, people.dora(), fingerprint(post))


def test_saving_without_a_change_is_no_authorship(channel: Channel) -> None:
    Policy.objects.create(pk=1, four_eyes=True)
    post = compose.revise(written(channel), compose.Change({"text": COFFEE}), people.dora())
    approve.approve(post, people.dora(), fingerprint(post))
    assert approve.is_approved(post)
