"""Writes a goal down, or changes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.strategy.events import GoalChanged, GoalSet
from leitstand.strategy.models import Goal


@transaction.atomic
def set_goal(draft: Goal, by: Person) -> Goal:
    """Saves a new goal; its first review is due one rhythm after it begins."""
    draft.next_review_on = max(draft.begins_on, timezone.localdate()) + draft.interval
    draft.save()
    record(GoalSet(draft.pk), by)
    return draft


@transaction.atomic
def change(draft: Goal, by: Person) -> Goal:
    draft.save()
    record(GoalChanged(draft.pk), by)
    return draft


def write_down(by: Person, **facts: Any) -> Goal:
    """A goal from plain facts (the names of its fields)."""
    return set_goal(Goal(owner=by, **facts), by)
