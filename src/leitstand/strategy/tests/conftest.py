"""A goal of Gina's, and ways to fill in its forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.strategy.models import Goal
from leitstand.strategy.read import record_reading
from leitstand.strategy.set_goal import write_down

FACTS = {"title": "Mehr Leute", "unit": "Leute", "start": 100, "target": 200}


@pytest.fixture(autouse=True)
def days_of_the_company() -> Iterator[None]:
    """Today is the same day here and in the pages, also around midnight."""
    with timezone.override("Europe/Berlin"):
        yield


@pytest.fixture
def goal(db: None) -> Goal:
    """From 100 to 200 people in a hundred days, half of them over."""
    people.company()
    return made()


def made(**facts: Any) -> Goal:
    today = timezone.localdate()
    days = {"begins_on": today - timedelta(days=50), "ends_on": today + timedelta(days=50)}
    return write_down(facts.pop("owner", people.gina()), **(FACTS | days | facts))


def fresh(goal: Goal) -> Goal:
    return Goal.objects.get(pk=goal.pk)


def form(**facts: Any) -> dict[str, Any]:
    """What the form of a new goal is sent with."""
    today = timezone.localdate()
    usual = {"title": "Mehr Leute", "why": "", "measure": "by_hand", "channel": "", "unit": "Leute", "start": "100"}
    days = {"begins_on": str(today), "ends_on": str(today + timedelta(days=90))}
    return usual | days | {"target": "200", "owner": people.gina().pk, "rhythm": "monthly"} | facts


def read_on(goal: Goal, days_ago: int, value: int) -> None:
    """A reading at noon, so many days ago."""
    day: date = timezone.localdate() - timedelta(days=days_ago)
    record_reading(goal.pk, value, timezone.make_aware(datetime.combine(day, time(12))))


def values(goal: Goal) -> list[str]:
    """The readings that count, in order."""
    return [str(row.value) for row in goal.readings.filter(taken_back_at=None)]
