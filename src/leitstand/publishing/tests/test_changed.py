"""A post that is changed after it was planned: every page says so before its time has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.publishing import approve, compose, duty, schedule
from leitstand.publishing.content import fingerprint, is_current
from leitstand.publishing.models import Post, Publication
from leitstand.publishing.tests.conftest import COFFEE, planned, send_due
from leitstand.publishing.tests.test_words_first import typed

if TYPE_CHECKING:
    from leitstand.channels.models import Channel

WARNING = "it will be stopped"
PILL = '<span class="state state-amber">Changed since</span>'


@pytest.fixture
def publication(channel: Channel) -> Publication:
    return planned(channel, timezone.now() + timedelta(hours=1))


def edited(publication: Publication, text: str = "Mit Zimt.") -> Post:
    return compose.revise(publication.version.post, compose.Change({"text": text}), people.gina())


def shown(name: str, *args: int) -> str:
    return str(signed_in(people.gina()).get(reverse(name, args=args)).content.decode())


def pages(publication: Publication) -> list[str]:
    """All on which a publication stands with its state."""
    own = shown("publishing:publication", publication.pk), shown("publishing:post", publication.version.post_id)
    return [*own, shown("publishing:queue"), shown("publishing:posts")]


def test_each_page_says_that_the_post_was_changed(publication: Publication) -> None:
    assert not any(PILL in page or WARNING in page for page in pages(publication))
    edited(publication)
    assert all(PILL in page for page in pages(publication))
    assert all(WARNING in page for page in pages(publication)[:2])


def test_while_somebody_types_the_state_of_the_post_follows(channel: Channel, publication: Publication) -> None:
    post, url = publication.version.post, reverse("publishing:draft", args=[publication.version.post_id])
    answer = signed_in(people.gina()).post(url, typed(post, channel), headers={"HX-Request": "true"}).content.decode()
    state = answer.partition('<span id="post-state" hx-swap-oob="true">')[2].partition("</span></span>")[0]
    assert "Draft" in state and WARNING in answer


def test_the_calendar_says_it_too(publication: Publication) -> None:
    edited(publication)
    day = timezone.now()
    period = {"start": f"{day - timedelta(days=2):%Y-%m-%d}T00:00", "end": f"{day + timedelta(days=3):%Y-%m-%d}T00:00"}
    (entry,) = signed_in(people.gina()).get(reverse("publishing:entries"), period).json()
    assert (entry["classNames"], entry["extendedProps"]["state"]) == (["state-changed"], "Changed since")


def test_a_new_yes_alone_is_not_enough_a_new_plan_is(publication: Publication) -> None:
    post = edited(publication)
    approve.approve(post, people.dora(), fingerprint(post))
    assert all(PILL in page for page in pages(publication))
    assert on_today(post)
    schedule.plan(post, timezone.now() + timedelta(hours=2), people.gina())
    assert not any(PILL in page or WARNING in page for page in pages(publication))
    assert not on_today(post)


def test_what_was_changed_back_goes_out(publication: Publication) -> None:
    edited(publication)
    post = edited(publication, COFFEE)
    assert not any(PILL in page or WARNING in page for page in pages(publication))
    assert not on_today(post)


def on_today(post: Post, who: Any = people.gina) -> bool:
    return [todo.text for todo in duty.today(who())].count(f"Changed after planning: {post}") == 1


def test_it_stands_on_today_once_until_it_waits_for_approval(channel: Channel, publication: Publication) -> None:
    post = publication.version.post
    assert not on_today(post)
    post = edited(publication)
    assert on_today(post) and not on_today(post, people.finn)
    approve.submit(post, people.gina())
    assert not on_today(post)


def test_where_a_title_goes_out_another_title_is_a_change(channel: Channel) -> None:
    publication = planned(channel, title="Kaffe ist da")
    send_due()
    compose.revise(publication.version.post, compose.Change({"title": "Kaffee ist da"}), people.gina())
    now = fingerprint(Post.objects.get(pk=publication.version.post_id))
    assert is_current(Publication.objects.get(pk=publication.pk), now)
    type(channel)._default_manager.filter(pk=channel.pk).update(network="wordpress")
    assert not is_current(Publication.objects.get(pk=publication.pk), now)
