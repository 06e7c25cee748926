"""Setting and changing goals through the pages: what is asked, what is declined, who may."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.core.models import DiaryEntry, Person
from leitstand.strategy import duty
from leitstand.strategy.models import Goal
from leitstand.strategy.review import review
from leitstand.strategy.set_goal import change
from leitstand.strategy.tests.conftest import form, fresh, made, read_on

CHANGES = ["edit/", "readings/", "readings/import/", "reviews/"]
TODAY = timezone.localdate


def test_a_goal_is_set_with_measure_start_target_deadline_and_owner(db: None) -> None:
    people.company()
    gina, hugo = people.signed_in(people.gina()), people.hugo()
    answer = gina.post("/strategy/new/", form(why="Damit man uns kennt.", owner=hugo.pk, rhythm="weekly"))
    goal = Goal.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/strategy/{goal.pk}/"
    assert (goal.start, goal.target, goal.unit, goal.owner) == (100, 200, "Leute", hugo)
    assert goal.next_review_on == TODAY() + timedelta(days=7)
    entry = DiaryEntry.objects.get(name="strategy.goal_set")
    assert (entry.actor_name, entry.data) == ("Gina", {"goal_id": goal.pk})
    page = gina.get(f"/strategy/{goal.pk}/").content.decode()
    assert "Damit man uns kennt." in page
    assert "No planned post serves this goal yet" in page
    assert "Not enough readings for a forecast" in page


BAD = [
    {"title": ""},
    {"title": "x" * 201},
    {"unit": ""},
    {"start": "viel"},
    {"target": "NaN"},
    {"target": "Infinity"},
    {"target": "1e15"},
    {"target": "9" * 400},
    {"target": "100"},
    {"start": "0.001"},
    {"ends_on": "gestern"},
    {"ends_on": "2026-02-30"},
    {"ends_on": "9999-12-31"},
    {"begins_on": "0001-01-01"},
    {"begins_on": "9999-12-30", "ends_on": "9999-12-31"},
    {"measure": "gefühl"},
    {"measure": "followers", "channel": ""},
    {"rhythm": "nie"},
    {"owner": ""},
    {"owner": "999999"},
    {"owner": "9" * 30},
    {"channel": "999999"},
]


@pytest.mark.parametrize("bad", BAD)
def test_what_cannot_be_a_goal_is_said_in_the_form(db: None, bad: dict[str, str]) -> None:
    people.company()
    answer = people.signed_in(people.gina()).post("/strategy/new/", form(**bad))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) & set(bad)
    assert not Goal.objects.exists()


def test_the_deadline_comes_after_the_first_day(db: None) -> None:
    people.company()
    gina = people.signed_in(people.gina())
    for ends in (TODAY(), TODAY() - timedelta(days=1)):
        answer = gina.post("/strategy/new/", form(ends_on=str(ends)))
        assert answer.status_code == 422
        assert answer.context["form"].errors["ends_on"] == ["This must be after the first day."]


def test_only_who_can_pursue_a_goal_may_own_it(db: None) -> None:
    people.company()
    gone = people.person("Gone", "manager", is_active=False)
    gina = people.signed_in(people.gina())
    for person in (people.finn(), people.ben(), gone):
        assert "owner" in gina.post("/strategy/new/", form(owner=person.pk)).context["form"].errors
    assert gina.post("/strategy/new/", form(owner=people.hugo().pk)).status_code == 303


def test_a_goal_can_be_changed(goal: Goal) -> None:
    gina = people.signed_in(people.gina())
    assert 'value="100' in gina.get(f"/strategy/{goal.pk}/edit/").content.decode()
    assert gina.post(f"/strategy/{goal.pk}/edit/", form(target="300")).status_code == 303
    assert (fresh(goal).target, fresh(goal).state) == (300, "open")
    assert gina.post(f"/strategy/{goal.pk}/edit/", form(target="x")).status_code == 422
    assert DiaryEntry.objects.filter(name="strategy.goal_changed").count() == 1


def test_a_shorter_rhythm_brings_the_next_review_closer(goal: Goal) -> None:
    gina = people.signed_in(people.gina())
    gina.post(f"/strategy/{goal.pk}/edit/", form(rhythm="weekly"))
    assert fresh(goal).next_review_on == TODAY() + timedelta(days=7)
    gina.post(f"/strategy/{goal.pk}/edit/", form(rhythm="quarterly"))
    assert fresh(goal).next_review_on == TODAY() + timedelta(days=7)


def test_a_goal_that_has_ended_is_not_changed_any_more(goal: Goal) -> None:
    open_form = Goal.objects.get(pk=goal.pk)
    review(goal, "give_up", "Der Markt ist weg, wir lassen es.", people.gina())
    gina = people.signed_in(people.gina())
    assert gina.post(f"/strategy/{goal.pk}/edit/", form(target="101")).status_code == 409
    open_form.title = "Zu spät"
    with pytest.raises(Exception, match="This goal has ended"):
        change(open_form, people.gina())
    assert (fresh(goal).title, fresh(goal).target, fresh(goal).state) == ("Mehr Leute", 200, "given_up")


def titles(client: Any, query: str = "") -> list[str]:
    return [goal.title for goal, _standing in client.get(f"/strategy/?{query}").context["lines"]]


def test_filters_stand_in_the_address(goal: Goal) -> None:
    hugo = people.hugo()
    made(title="Schneller antworten", why="Wegen der Kunden", owner=hugo)
    review(made(title="Altes Ziel"), "met", "Wir haben es geschafft.", people.gina())
    gina = people.signed_in(people.gina())
    assert titles(gina) == ["Mehr Leute", "Schneller antworten"]
    assert titles(gina, "state=met") == ["Altes Ziel"]
    assert len(titles(gina, "state=all")) == 3
    assert titles(gina, "q=kunden") == ["Schneller antworten"]
    assert titles(gina, f"owner={hugo.pk}") == ["Schneller antworten"]
    for odd in ("owner=x", "owner=-1", "owner=" + "9" * 40, "state=x", "q=%25"):
        assert titles(gina, odd) == []
    assert titles(gina, "q=le%00ute") == ["Mehr Leute"]


def test_readers_look_and_change_nothing(goal: Goal) -> None:
    for person in (people.finn(), people.ben(), people.cleo(), people.dora()):
        client = people.signed_in(person)
        page = client.get(f"/strategy/{goal.pk}/").content.decode()
        assert "Mehr Leute" in page
        assert "/edit/" not in page
        assert 'name="decision"' not in page
        assert client.get(f"/strategy/{goal.pk}/readings.csv").status_code == 200
        assert client.get("/strategy/new/").status_code == 404
        for path in CHANGES:
            assert client.post(f"/strategy/{goal.pk}/{path}", form()).status_code == 404
    assert not goal.readings.exists()


def test_people_without_the_right_see_nothing(goal: Goal) -> None:
    nobody = people.signed_in(people.person("Nobody"))
    for path in ("", f"{goal.pk}/", f"{goal.pk}/readings.csv"):
        assert nobody.get(f"/strategy/{path}").status_code == 404
        assert people.visitor().get(f"/strategy/{path}").status_code == 302
    assert list(duty.find(Person(roles=[]), "Leute")) == []
    assert [hit.title for hit in duty.find(people.finn(), "Leute")] == ["Mehr Leute"]


def test_guessed_numbers_do_not_exist(db: None) -> None:
    people.company()
    gina = people.signed_in(people.gina())
    for number in (999_999, 10**30):
        for path in ("", "readings.csv", "edit/"):
            assert gina.get(f"/strategy/{number}/{path}").status_code == 404
        for path in CHANGES:
            assert gina.post(f"/strategy/{number}/{path}", form()).status_code == 404
        assert gina.post(f"/strategy/readings/{number}/take-back/").status_code == 404


def test_changes_come_by_post_only(goal: Goal) -> None:
    gina = people.signed_in(people.gina())
    for path in ("readings/", "readings/import/", "reviews/"):
        assert gina.get(f"/strategy/{goal.pk}/{path}").status_code == 405


def test_what_people_write_stays_text(db: None) -> None:
    people.company()
    goal = made(title="<script>alert(1)</script>", why="<img src=x>", unit="</script><b>")
    read_on(goal, 1, 120)
    gina = people.signed_in(people.gina())
    for path in ("", f"{goal.pk}/", f"{goal.pk}/edit/"):
        page = gina.get(f"/strategy/{path}").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "</script><b>" not in page


WORDS = {"de": ["Ziele", "Im Rückstand", "Überprüfung", "Messwert"], "en": ["Goals", "Behind", "Review", "Reading"]}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_speak_both_languages(goal: Goal, language: str) -> None:
    read_on(goal, 1, 101)
    gina = people.gina()
    Person.objects.filter(pk=gina.pk).update(language=language)
    client = people.signed_in(Person.objects.get(pk=gina.pk))
    pages = [client.get(f"/strategy/{path}") for path in ("", f"{goal.pk}/", "new/", f"{goal.pk}/edit/")]
    assert {page.status_code for page in pages} == {200}
    shown = "".join(page.content.decode() for page in pages)
    assert [word for word in WORDS[language] if word not in shown] == []
    assert f'lang="{language}"' in shown


def test_the_form_shows_figures_without_idle_decimals(goal: Goal) -> None:
    Goal.objects.filter(pk=goal.pk).update(start="0.50", target="500.00")
    page = people.signed_in(people.gina()).get(f"/strategy/{goal.pk}/edit/").content.decode()
    assert re.findall(r'name="(?:start|target)" value="([^"]*)"', page) == ["0.5", "500"]
