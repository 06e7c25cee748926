"""The system asks again and again until a goal is met or given up in writing; and what the board says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import people

from leitstand.core.models import Notification, Person
from leitstand.strategy import duty
from leitstand.strategy.models import Goal, Review
from leitstand.strategy.review import nag, remind
from leitstand.strategy.serve import note_planned
from leitstand.strategy.tests.conftest import fresh, made, read_on

WHY = "Wir haben die Zahlen gesehen und machen weiter."


def due(goal: Goal, days_ago: int = 0) -> Goal:
    Goal.objects.filter(pk=goal.pk).update(next_review_on=timezone.localdate() - timedelta(days=days_ago))
    return fresh(goal)


def decide(client: Client, goal: Goal, decision: str, note: str = WHY) -> Any:
    return client.post(f"/strategy/{goal.pk}/reviews/", {"decision": decision, "note": note})


def nagged() -> list[str]:
    return sorted(news.person.name for news in Notification.objects.select_related("person"))


def test_the_owner_is_reminded_once_each_working_morning(goal: Goal) -> None:
    nag()
    assert nagged() == []
    due(goal)
    for _run in range(3):
        nag()
    assert nagged() == ["Gina"]
    news = Notification.objects.get()
    assert (news.title, news.url, news.level) == ("Review is due: Mehr Leute", f"/strategy/{goal.pk}/", "warning")
    for morning in range(1, 4):
        for _run in range(2):
            remind(timezone.localdate() + timedelta(days=morning))
    assert nagged() == ["Gina"] * 4
    decide(people.signed_in(people.gina()), goal, "continue")
    remind(timezone.localdate() + timedelta(days=4))
    assert nagged() == ["Gina"] * 4


def test_after_a_week_everybody_who_may_change_goals_is_told(goal: Goal) -> None:
    people.hugo(), people.finn(), people.ada()
    due(goal, days_ago=7)
    nag()
    assert nagged() == ["Gina"]
    remind(timezone.localdate() + timedelta(days=1))
    assert nagged() == ["Ada", "Gina", "Gina", "Hugo"]


def test_the_reminder_speaks_each_one_s_language(goal: Goal) -> None:
    Person.objects.filter(pk=people.gina().pk).update(language="de")
    due(goal)
    nag()
    assert Notification.objects.get().title == "Überprüfung fällig: Mehr Leute"


def test_nobody_is_reminded_of_a_goal_that_has_ended(goal: Goal) -> None:
    due(goal, days_ago=30)
    decide(people.signed_in(people.gina()), goal, "met", "Geschafft, sogar etwas früher.")
    nag()
    assert nagged() == []
    assert list(duty.today(people.gina())) == []


# The goal ends in 50 days: its quarterly review comes when the deadline has passed.
@pytest.mark.parametrize(("rhythm", "days"), [("weekly", 7), ("fortnightly", 14), ("monthly", 30), ("quarterly", 51)])
def test_going_on_sets_the_next_review_one_rhythm_ahead(goal: Goal, rhythm: str, days: int) -> None:
    Goal.objects.update(rhythm=rhythm)
    due(goal, days_ago=3)
    assert decide(people.signed_in(people.gina()), goal, "continue").status_code == 303
    assert fresh(goal).next_review_on == timezone.localdate() + timedelta(days=days)
    assert fresh(goal).state == "open"


def test_who_missed_the_deadline_is_asked_the_day_after_and_then_each_week(db: None) -> None:
    people.company()
    today = timezone.localdate()
    goal = made(rhythm="quarterly", begins_on=today - timedelta(days=1), ends_on=today + timedelta(days=10))
    assert goal.next_review_on == goal.ends_on + timedelta(days=1)
    Goal.objects.update(begins_on=today - timedelta(days=12), ends_on=today - timedelta(days=1), next_review_on=today)
    nag()
    assert nagged() == ["Gina"]
    assert [str(todo.text) for todo in duty.today(people.gina())] == ["Review: Mehr Leute"]
    decide(people.signed_in(people.gina()), goal, "continue")
    assert fresh(goal).next_review_on == today + timedelta(days=7)


@pytest.mark.parametrize(("decision", "state"), [("met", "met"), ("give_up", "given_up")])
def test_a_goal_ends_in_writing(goal: Goal, decision: str, state: str) -> None:
    gina = people.signed_in(people.gina())
    assert decide(gina, goal, decision).status_code == 303
    assert (fresh(goal).state, fresh(goal).ended_because) == (state, WHY)
    page = gina.get(f"/strategy/{goal.pk}/").content.decode()
    assert page.count(WHY) == 2
    assert 'name="decision"' not in page
    assert decide(gina, goal, "continue").status_code == 409
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("decision", "note"), [("give_up", ""), ("give_up", "egal"), ("met", " " * 40), ("", WHY), ("later", WHY)]
)
def test_no_decision_without_a_reason(goal: Goal, decision: str, note: str) -> None:
    answer = decide(people.signed_in(people.gina()), goal, decision, note)
    assert answer.status_code == 422
    assert "Write in a sentence" in answer.content.decode()
    assert (fresh(goal).state, Review.objects.count()) == ("open", 0)


def test_today_asks_the_owner_and_those_who_may_decide(goal: Goal) -> None:
    due(goal)
    for person, expected in ((people.gina(), 1), (people.hugo(), 1), (people.finn(), 0), (people.ben(), 0)):
        assert len(list(duty.today(person))) == expected
    page = people.signed_in(people.gina()).get("/today/").content.decode()
    assert "Review: Mehr Leute" in page
    assert f"/strategy/{goal.pk}/" in page
    decide(people.signed_in(people.gina()), goal, "continue")
    assert "Review: Mehr Leute" not in people.signed_in(people.gina()).get("/today/").content.decode()


def row(person: Person | None = None) -> tuple[str, str]:
    found = duty.row(person or people.gina())
    return found.state, str(found.figure)


def test_the_board_speaks_of_the_worst_first(db: None) -> None:
    people.company()
    assert row() == ("amber", "No goal is set")
    goal = made()
    assert row() == ("amber", "No planned post serves “Mehr Leute” yet")
    note_planned(goal.pk, 1, timezone.now())
    read_on(goal, 1, 101)
    assert row() == ("amber", "1 goal is behind")
    read_on(goal, 0, 160)
    assert row() == ("green", "1 goal, on track")
    note_planned(goal.pk, 0, None)
    assert row() == ("amber", "No planned post serves “Mehr Leute” yet")
    late = made(title="Zu spät", begins_on=timezone.localdate() - timedelta(9))
    Goal.objects.filter(pk=late.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert row() == ("red", "1 goal missed its deadline")


def test_after_the_deadline_board_and_pages_keep_to_the_last_reading_up_to_it(db: None) -> None:
    people.company()
    goal, today = made(), timezone.localdate()
    Goal.objects.update(ends_on=today - timedelta(days=5))
    gina = people.signed_in(people.gina())
    assert "Nobody had counted by the deadline." in gina.get(f"/strategy/{goal.pk}/").content.decode()
    read_on(goal, 5, 190)
    read_on(goal, 2, 199)
    assert row() == ("red", "1 goal missed its deadline")
    read_on(goal, 1, 200)
    read_on(goal, 0, 150)
    assert row() == ("amber", "1 goal was reached late")
    for path in ("", f"{goal.pk}/"):
        assert "Reached late" in gina.get(f"/strategy/{path}").content.decode()
    page = gina.get(f"/strategy/{goal.pk}/").content.decode()
    assert "The last reading up to the deadline decides: 190." in page
    assert "If it goes on like this" not in page
    decide(gina, goal, "met")
    assert row() == ("amber", "No goal is set")


def test_what_was_met_by_the_deadline_stays_met(goal: Goal) -> None:
    Goal.objects.update(ends_on=timezone.localdate() - timedelta(days=5))
    read_on(goal, 5, 201)
    read_on(goal, 1, 150)
    assert row()[0] != "red"
    page = people.signed_in(people.gina()).get(f"/strategy/{goal.pk}/").content.decode()
    assert "The last reading up to the deadline decides: 201." in page
    assert "Deadline missed" not in page


def test_what_nobody_counts_is_not_on_track(db: None) -> None:
    people.company()
    goal = made(rhythm="monthly")
    note_planned(goal.pk, 1, timezone.now())
    assert row() == ("amber", "1 goal has no recent reading")
    read_on(goal, 31, 190)
    assert row() == ("amber", "1 goal has no recent reading")
    assert "No recent reading" in people.signed_in(people.gina()).get("/strategy/").content.decode()
    read_on(goal, 30, 190)
    assert row() == ("green", "1 goal, on track")
    later = made(begins_on=timezone.localdate() + timedelta(days=1))
    note_planned(later.pk, 1, timezone.now())
    assert row() == ("green", "2 goals, on track")


def test_the_board_is_amber_while_a_review_is_due(goal: Goal) -> None:
    note_planned(goal.pk, 1, timezone.now())
    read_on(goal, 0, 160)
    due(goal)
    assert row() == ("amber", "1 review is due")
    decide(people.signed_in(people.gina()), goal, "continue")
    assert row() == ("green", "1 goal, on track")


def test_the_board_stands_on_the_home_page_in_both_languages(goal: Goal) -> None:
    gina = people.gina()
    assert "No planned post serves “Mehr Leute” yet" in people.signed_in(gina).get("/").content.decode()
    gina.language = "de"
    gina.save()
    assert "Noch kein geplanter Beitrag dient „Mehr Leute“" in people.signed_in(gina).get("/").content.decode()


def test_the_next_step_is_one_that_this_person_may_take(goal: Goal) -> None:
    everybody = [people.gina(), people.ben(), people.finn()]
    assert [str(duty.row(who).next_step) for who in everybody] == ["Plan one", "Plan one", "Look at it"]
    note_planned(goal.pk, 1, timezone.now())
    read_on(goal, 0, 160)
    due(goal)
    assert [str(duty.row(who).next_step) for who in everybody] == ["Review it", "Look at it", "Look at it"]


def test_the_next_step_leads_everybody_somewhere(db: None) -> None:
    people.company()
    for goals in range(2):
        for person in (people.gina(), people.finn()):
            found = duty.row(person)
            assert bool(found.url) == bool(found.next_step) == (goals == 1 or person.may("goal.edit"))
            assert not found.url or people.signed_in(person).get(found.url).status_code == 200
        made()
