"""Writes a goal down, or changes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.strategy.events import GoalChanged, GoalSet
from leitstand.strategy.models import Goal

CHANGEABLE = [
    "title",
    "why",
    "measure",
    "channel",
    "unit",
    "start",
    "target",
    "begins_on",
    "ends_on",
    "owner",
    "rhythm",
    "next_review_on",
]


@transaction.atomic
def set_goal(draft: Goal, by: Person) -> Goal:
    """Saves a new goal; its first review is due one rhythm after it begins, or when its deadline has passed."""
    draft.next_review_on = draft.review_after(max(draft.begins_on, timezone.localdate()))
    draft.save()
    record(GoalSet(draft.pk), by)
    return draft


@transaction.atomic
def change(draft: Goal, by: Person) -> Goal:
    """Saves what people may change, and nothing of the goal's course; a shorter rhythm brings the next review closer.

    Declined for a goal that has ended.
    """
    kept = Goal.objects.select_for_update().get(pk=draft.pk)
    if kept.state != Goal.State.OPEN:
        raise Declined(_("This goal has ended."), status=409)
    draft.next_review_on = min(kept.next_review_on, draft.review_after(max(draft.begins_on, timezone.localdate())))
    draft.save(update_fields=CHANGEABLE)
    record(GoalChanged(draft.pk), by)
    return draft


def write_down(by: Person, **facts: Any) -> Goal:
    """A goal from plain facts (the names of its fields)."""
    return set_goal(Goal(owner=by, **facts), by)
