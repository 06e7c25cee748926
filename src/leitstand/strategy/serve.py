"""Keeps what is planned for a goal; publishing tells it by a call downward."""

from __future__ import annotations

from datetime import datetime

from leitstand.strategy.models import GoalPlan


def note_planned(goal_id: int, planned: int, next_at: datetime | None) -> None:
    """So many planned posts serve the goal, the soonest at `next_at`."""
    GoalPlan.objects.update_or_create(goal_id=goal_id, defaults={"planned": planned, "next_at": next_at})
