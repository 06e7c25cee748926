"""Posts serve goals: strategy knows what is planned, and counts what the posts bring."""

from __future__ import annotations

import itertools
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import people

from leitstand.connectors.protocol import Figures
from leitstand.publishing import approve, compose, hold, outcome, publish, schedule, settle
from leitstand.publishing.measure import store
from leitstand.publishing.models import Post, Publication
from leitstand.publishing.tests.conftest import approved, fresh, written
from leitstand.strategy import duty, queries
from leitstand.strategy.set_goal import write_down

if TYPE_CHECKING:
    from leitstand.channels.models import Channel
    from leitstand.strategy.models import Goal

FACTS = {"unit": "Likes", "start": 0, "target": 100, "measure": "likes"}


@pytest.fixture
def goal(db: None) -> Goal:
    people.company()
    today = timezone.localdate()
    return write_down(people.gina(), title="Mehr Likes", begins_on=today, ends_on=today + timedelta(days=90), **FACTS)


def serving(goal: Goal, channel: Channel) -> Publication:
    """A post of tomorrow that serves the goal."""
    when = timezone.now() + timedelta(days=1)
    return schedule.plan(approved(channel, goal_id=goal.pk), when, people.gina())[0]


def unserved() -> list[str]:
    return [str(goal) for goal in queries.unserved()]


def test_a_planned_post_serves_its_goal_until_it_is_cancelled(channel: Channel, goal: Goal) -> None:
    approved(channel, goal_id=goal.pk)
    assert unserved() == ["Mehr Likes"]
    planned = serving(goal, channel)
    assert unserved() == []
    assert "serves" not in str(duty.row(people.gina()).figure)
    schedule.cancel(planned, people.gina())
    assert unserved() == ["Mehr Likes"]
    assert duty.row(people.gina()).figure == "No planned post serves “Mehr Likes” yet"


def test_a_post_planned_after_the_deadline_serves_no_goal(channel: Channel, goal: Goal) -> None:
    """The company's day counts, and the deadline the goal has now."""
    with timezone.override("Europe/Berlin"):
        ends = timezone.localdate() + timedelta(days=2)
        type(goal).objects.update(ends_on=ends)
        night = timezone.make_aware(datetime.combine(ends + timedelta(days=1), time(0, 30)))
        planned = schedule.plan(approved(channel, goal_id=goal.pk), night, people.gina())[0]
        assert unserved() == ["Mehr Likes"]
        assert duty.row(people.gina()).figure == "No planned post serves “Mehr Likes” yet"
        schedule.move(planned, night - timedelta(hours=1), people.gina())
        assert unserved() == []
        schedule.move(planned, night, people.gina())
        type(goal).objects.update(ends_on=ends + timedelta(days=1))
        assert unserved() == []


def test_nothing_need_be_planned_for_a_goal_whose_time_is_over(goal: Goal) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    type(goal).objects.update(begins_on=yesterday - timedelta(days=9), ends_on=yesterday)
    assert unserved() == []


def test_a_post_that_is_stopped_serves_no_goal(channel: Channel, goal: Goal) -> None:
    outcome.stop(serving(goal, channel), publish.TOO_LATE, "late")
    assert unserved() == ["Mehr Likes"]


@pytest.mark.parametrize(("decision", "is_served"), [("leave", False), ("again", True)])
def test_a_goal_hears_what_a_person_decided(channel: Channel, goal: Goal, decision: str, is_served: bool) -> None:
    planned = serving(goal, channel)
    Publication.objects.update(state="unsure", due_at=None)
    settle.decide(planned, decision, people.gina())
    assert (unserved() == []) is is_served


def test_a_post_that_turns_to_another_goal_leaves_the_first(channel: Channel, goal: Goal) -> None:
    planned = serving(goal, channel)
    post = Post.objects.get(versions__publications=planned)
    other = write_down(people.gina(), **FACTS, title="Anderes", begins_on=goal.begins_on, ends_on=goal.ends_on)
    compose.revise(post, compose.Change({"goal_id": other.pk}), people.gina())
    assert unserved() == ["Mehr Likes"]
    compose.revise(post, compose.Change({"goal_id": None}), people.gina())
    assert sorted(unserved()) == ["Anderes", "Mehr Likes"]


def test_odd_filters_find_nothing_and_break_nothing(channel: Channel, goal: Goal) -> None:
    serving(goal, channel)
    gina = people.signed_in(people.gina())
    for path in ("/publishing/", "/publishing/queue/"):
        for odd in (
            "q=%00",
            "state=%00",
            "channel=" + "9" * 40,
            "channel=%00",
            "author=" + "9" * 40,
            "q=" + "x" * 5000,
        ):
            assert gina.get(f"{path}?{odd}").status_code == 200


def test_the_likes_of_all_serving_posts_are_one_reading(channel: Channel, goal: Goal) -> None:
    first, second = serving(goal, channel), serving(goal, channel)
    store(fresh(first), Figures(likes=3, views=50))
    store(fresh(first), Figures(likes=5, views=70))
    store(fresh(second), Figures(likes=2))
    assert [point.value for point in queries.points_of(goal)][-1] == 7


def test_a_post_begun_from_a_goal_serves_it(goal: Goal) -> None:
    gina, page = people.signed_in(people.gina()), reverse("strategy:goal", args=[goal.pk])
    assert f'name="goal" value="{goal.pk}"' in gina.get(page).content.decode()
    gina.post(reverse("publishing:begin"), {"goal": goal.pk})
    gina.post(reverse("publishing:begin"), {"goal": "9" * 5_000})
    assert [post.goal_id for post in Post.objects.order_by("pk")] == [goal.pk, None]
    listed = gina.get(reverse("publishing:posts"), {"goal": goal.pk}).context["rows"]
    assert [post.goal_id for post in listed] == [goal.pk]


def test_a_goal_that_ended_begins_no_post(goal: Goal) -> None:
    goal.state = "met"
    goal.save()
    gina = people.signed_in(people.gina())
    assert "publishing/new" not in gina.get(reverse("strategy:goal", args=[goal.pk])).content.decode()
    gina.post(reverse("publishing:begin"), {"goal": goal.pk})
    assert Post.objects.get().goal_id is None


@pytest.mark.parametrize("wanted", ["x", "-1", "9" * 5_000, "²"])
def test_a_filter_that_is_no_number_fits_nothing(goal: Goal, channel: Channel, wanted: str) -> None:
    serving(goal, channel)
    gina = people.signed_in(people.gina())
    for name, of in itertools.product(("goal", "author", "channel"), ("posts", "queue")):
        assert list(gina.get(reverse(f"publishing:{of}"), {name: wanted}).context["rows"]) == []
        assert list(gina.get(reverse(f"publishing:{of}"), {name: ""}).context["rows"])


def test_what_no_network_counts_is_no_reading(channel: Channel, goal: Goal) -> None:
    publication = serving(goal, channel)
    store(publication, Figures(likes=None, views=50))
    assert not goal.readings.exists()
    store(publication, Figures(likes=0))
    assert [str(row.value) for row in goal.readings.all()] == ["0.00"]


def test_what_missed_its_time_in_a_hold_serves_no_goal(channel: Channel, goal: Goal) -> None:
    publication = serving(goal, channel)
    Publication.objects.filter(pk=publication.pk).update(planned_for=timezone.now(), due_at=timezone.now())
    hold.hold("Sturm im Netz", people.gina())
    hold.resume(people.gina())
    assert unserved() == ["Mehr Likes"]


def test_choosing_a_goal_withdraws_nothing(channel: Channel, goal: Goal) -> None:
    """What goes out is the same; only what it serves is another."""
    post = written(channel)
    approve.submit(post, people.gina())
    post = compose.revise(post, compose.Change({"goal_id": goal.pk}), people.gina())
    assert (post.goal_id, post.state) == (goal.pk, "submitted")
    assert compose.revise(post, compose.Change({"text": "Neu."}), people.gina()).state == "draft"


def test_saving_keeps_a_goal_that_has_ended(channel: Channel, goal: Goal) -> None:
    post = written(channel, goal_id=goal.pk)
    goal.state = "met"
    goal.save()
    data = {"text": "Neu.", "language": "de", "consideration": "none", "ai": "none", "channel": str(channel.pk)}
    url = reverse("publishing:draft", args=[post.pk])
    assert "Not saved" not in people.signed_in(people.gina()).post(url, data | {"goal": str(goal.pk)}).content.decode()
    post.refresh_from_db()
    assert (post.text, post.goal_id) == ("Neu.", goal.pk)
