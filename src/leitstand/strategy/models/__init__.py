"""Tables of strategy."""

from leitstand.strategy.models.goal import Goal, Review
from leitstand.strategy.models.plan import GoalPlan
from leitstand.strategy.models.reading import Reading

__all__ = ["Goal", "GoalPlan", "Reading", "Review"]
