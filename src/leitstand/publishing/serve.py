"""Tells strategy, a room below, how many planned posts serve a goal."""

from __future__ import annotations

from leitstand.publishing.models import Publication
from leitstand.strategy import serve as strategy


def tell_goal(goal_id: int | None) -> None:
    """Counts what is planned for the goal and notes it there; no goal, nothing to tell."""
    if goal_id is None:
        return
    planned = Publication.objects.filter(version__post__goal_id=goal_id, state=Publication.State.SCHEDULED)
    soonest = planned.order_by("planned_for").first()
    strategy.note_planned(goal_id, planned.count(), soonest.planned_for if soonest else None)
