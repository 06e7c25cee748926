"""After publication: what stands on the network can be edited or deleted there, and is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from benchmarks.loopback_network import Network
from django.urls import reverse
from django.utils import timezone
from tests import people
from tests.people import signed_in

from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.publishing import amend, approve, compose, measure, schedule
from leitstand.publishing.content import fingerprint
from leitstand.publishing.models import Figure, Post, Publication
from leitstand.publishing.tests.conftest import COFFEE, all_channels, fresh, planned, send_due, written
from leitstand.rules import guideline
from leitstand.rules.waive import switch

if TYPE_CHECKING:
    from leitstand.channels.models import Channel


@pytest.fixture
def published(network: Network, channel: Channel) -> Publication:
    publication = planned(channel)
    send_due()
    return fresh(publication)


def edited(publication: Publication, text: str) -> Post:
    return compose.revise(publication.version.post, compose.Change({"text": text}), people.gina())


def test_an_edit_needs_a_yes_and_then_stands_on_the_network(network: Network, published: Publication) -> None:
    post = edited(published, "Mit Zimt.")
    with pytest.raises(Declined):
        amend.edit(fresh(published), people.gina())
    assert network.texts() == [COFFEE]
    approve.approve(post, people.dora(), fingerprint(post))
    amend.edit(fresh(published), people.gina())
    assert network.texts() == ["Mit Zimt."]
    assert fresh(published).published_text == "Mit Zimt."
    assert fresh(published).content_hash == fingerprint(post)
    assert len(network.accepted) == 1


def as_thread(channel: Channel, word: str) -> Post:
    """A post of two parts, with that word in both."""
    text = f"Unser {word} ist da. " * 30
    return compose.revise(written(channel, text=text), compose.Change(versions=[thread(channel)]), people.gina())


def thread(channel: Channel) -> compose.VersionChange:
    return compose.VersionChange(channel.pk, as_thread=True)


def test_a_thread_is_edited_part_by_part(network: Network, channel: Channel) -> None:
    post = as_thread(channel, "Kaffee")
    approve.approve(post, people.dora(), fingerprint(post))
    (publication,) = schedule.plan(post, timezone.now(), people.gina())
    send_due()
    assert len(fresh(publication).parts) == 1
    post = edited(publication, post.text.replace("Kaffee", "Espresso"))
    approve.approve(post, people.dora(), fingerprint(post))
    amend.edit(fresh(publication), people.gina())
    assert len(network.texts()) == 2
    assert all("Espresso" in text and "Kaffee" not in text for text in network.texts())
    assert [status["in_reply_to_id"] for status in network.statuses] == [None, network.statuses[0]["id"]]


def test_a_thread_neither_grows_nor_shrinks_on_the_network(network: Network, channel: Channel) -> None:
    post = as_thread(channel, "Kaffee")
    approve.approve(post, people.dora(), fingerprint(post))
    (publication,) = schedule.plan(post, timezone.now(), people.gina())
    send_due()
    before = network.texts()
    post = edited(publication, "Kurz.")
    approve.approve(post, people.dora(), fingerprint(post))
    with pytest.raises(Declined) as declined:
        amend.edit(fresh(publication), people.gina())
    assert "number of parts" in str(declined.value.say)
    assert network.texts() == before


def test_a_network_that_refuses_an_edit_changes_nothing_here(network: Network, published: Publication) -> None:
    post = edited(published, "Mit Zimt.")
    approve.approve(post, people.dora(), fingerprint(post))
    network.statuses.clear()
    with pytest.raises(Declined) as declined:
        amend.edit(fresh(published), people.gina())
    assert "Record not found" in str(declined.value.say)
    assert fresh(published).published_text == COFFEE


def test_deleting_twice_is_once(network: Network, published: Publication) -> None:
    browser, url = signed_in(people.gina()), reverse("publishing:delete", args=[published.pk])
    for _again in range(2):
        assert browser.post(url).status_code == 303
    assert network.texts() == []
    assert fresh(published).state == "deleted"
    assert fresh(published).measure_at is None


def test_what_is_gone_already_counts_as_deleted(network: Network, published: Publication) -> None:
    network.statuses.clear()
    amend.delete(published, people.gina())
    assert fresh(published).state == "deleted"


def test_what_is_not_out_can_be_neither_edited_nor_deleted(network: Network, channel: Channel) -> None:
    publication = planned(channel, timezone.now() + timedelta(hours=1))
    for step in (amend.edit, amend.delete):
        with pytest.raises(Declined):
            step(publication, people.gina())
    assert len(network.posts_asked()) == 0


def test_figures_are_read_when_their_time_has_come(network: Network, published: Publication) -> None:
    measure.measure_due()
    jobs.run_waiting()
    assert Figure.objects.count() == 0
    Publication.objects.update(measure_at=timezone.now())
    measure.measure_due()
    measure.measure_due()
    jobs.run_waiting()
    figure = Figure.objects.get()
    assert (figure.likes, figure.shares, figure.replies, figure.views) == (7, 3, 2, None)
    due = fresh(published).measure_at
    assert due is not None
    assert due > timezone.now()
    Figure.objects.update(views=0)
    page = signed_in(people.gina()).get(reverse("publishing:publication", args=[published.pk]))
    for shown in ("<strong>7</strong> Likes", "<strong>0</strong> Views"):
        assert shown in page.content.decode()
    apart = [str(one["name"]) for one in page.context["chart"]["series"] if one["apart"]]
    assert apart == ["Views"]


@pytest.mark.parametrize("state", ["paused", "reconnect", "gone"])
def test_of_a_channel_that_rests_no_figures_are_read(network: Network, published: Publication, state: str) -> None:
    """Neither by the timetable nor by hand; what is due waits until the channel is ready."""
    page, url = (reverse(f"publishing:{name}", args=[published.pk]) for name in ("publication", "figures"))
    Publication.objects.update(measure_at=timezone.now())
    measure.measure_due()
    all_channels().update(state=state)
    asked = len(network.requests)
    jobs.run_waiting()
    measure.measure_due()
    browser = signed_in(people.gina())
    assert jobs.run_waiting() == 0 and browser.post(url).status_code == 422
    assert url not in browser.get(page).content.decode()
    assert len(network.requests) == asked
    all_channels().update(state="ready")
    measure.measure_due()
    jobs.run_waiting()
    assert Figure.objects.count() == 1


def test_figures_that_cannot_be_read_are_not_called_read(network: Network, published: Publication) -> None:
    browser, url = signed_in(people.gina()), reverse("publishing:figures", args=[published.pk])
    all_channels().update(address="http://127.0.0.1:9")
    answer = browser.post(url)
    assert answer.status_code == 422
    assert "cannot be reached" in answer.content.decode() and "Figures read." not in answer.content.decode()
    all_channels().update(address=network.address)
    assert "Figures read." in browser.post(url, follow=True).content.decode()
    Publication.objects.update(state="deleted")
    assert browser.post(url).status_code == 422


@pytest.mark.parametrize(("age", "after"), [(0, 5 / 60), (0.5, 1), (2, 24), (25, 72), (80, 168), (200, None)])
def test_figures_are_read_five_times_in_a_week(age: float, after: float | None) -> None:
    publication = Publication(published_at=timezone.now() - timedelta(hours=age))
    # It is published, so the moment is known.
    expected = None if after is None else publication.published_at + timedelta(hours=after)  # type: ignore[operator]
    assert measure.next_reading(publication) == expected


def a_rule_blocks_it() -> None:
    switch("personal-data", "block", "Beschluss vom Montag", people.emil())


def nobody_has_signed() -> None:
    guideline.begin()
    guideline.publish(people.emil())


@pytest.mark.parametrize(("since", "status"), [(a_rule_blocks_it, 422), (nobody_has_signed, 403)])
def test_an_edit_passes_the_gate(
    network: Network, published: Publication, since: Callable[[], None], status: int
) -> None:
    """Approved it is; but what changed since counts at the moment in which it goes out."""
    post = edited(published, "Rufen Sie an: 030 12345678")
    approve.approve(post, people.dora(), fingerprint(post))
    since()
    with pytest.raises(Declined) as declined:
        amend.edit(fresh(published), people.gina())
    assert (declined.value.status, network.texts()) == (status, [COFFEE])
