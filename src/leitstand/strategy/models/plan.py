"""What is planned for a goal, as the rooms above told it."""

from __future__ import annotations

from django.db import models

from leitstand.strategy.models.goal import Goal


class GoalPlan(models.Model):
    """`planned`: posts on the plan that serve the goal; `next_at`: the soonest."""

    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="plan")
    planned = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.planned}"
