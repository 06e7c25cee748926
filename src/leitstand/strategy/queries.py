"""Reads of strategy; the only door to goals. Not allowed means not there (404)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from leitstand.core.models import Person
from leitstand.core.text.numbers import by_numbers
from leitstand.strategy.forecast import Point, Standing, standing
from leitstand.strategy.models import Goal


def goals(person: Person, filters: Mapping[str, str] | None = None) -> QuerySet[Goal]:
    """Goals, the soonest deadline first. Filters: state (default open), owner, q."""
    if not person.may("goal.view"):
        return Goal.objects.none()
    wanted = filters or {}
    found = Goal.objects.select_related("owner", "channel", "plan").order_by("ends_on", "pk")
    state = wanted.get("state") or "open"
    found = found if state == "all" else found.filter(state=state)
    if words := wanted.get("q", "").strip():
        found = found.filter(Q(title__icontains=words) | Q(why__icontains=words))
    return found.filter(by_numbers(wanted, {"owner": "owner_id"}))


def goal_for(person: Person, goal_id: int) -> Goal:
    """The goal, or 404."""
    found = Goal.objects.select_related("owner", "channel").filter(pk=goal_id).first()
    if found is None or not person.may("goal.view"):
        raise Http404
    return found


def open_goals() -> QuerySet[Goal]:
    return Goal.objects.filter(state=Goal.State.OPEN)


def choosable(goal_id: int | None) -> QuerySet[Goal]:
    """What a post may serve: open goals, and the one it has already."""
    return Goal.objects.filter(Q(state=Goal.State.OPEN) | Q(pk=goal_id))


def unserved() -> QuerySet[Goal]:
    """Open goals whose time is not over, and that no post serves which is planned up to their last day."""
    too_late = Q(plan__next_at__date__gt=F("ends_on"))
    return open_goals().filter(Q(plan=None) | Q(plan__planned=0) | too_late, ends_on__gte=timezone.localdate())


def reviews_due(today: date) -> QuerySet[Goal]:
    return open_goals().filter(next_review_on__lte=today).select_related("owner")


def points_of(goal: Goal) -> list[Point]:
    """Valid readings in order of time, in the company's zone: days are its days."""
    rows = goal.readings.filter(taken_back_at=None).order_by("at", "id").values_list("at", "value")
    return [Point(timezone.localtime(at), float(value)) for at, value in rows]


def standing_of(goal: Goal) -> Standing:
    """How the goal stands today."""
    start, target, today = float(goal.start), float(goal.target), timezone.localdate()
    return standing(start, target, goal.begins_on, goal.ends_on, points_of(goal), today, goal.interval)
