"""Tables of strategy."""

from leitstand.strategy.models.goal import Goal, Review
from leitstand.strategy.models.reading import Reading
from leitstand.strategy.models.service import GoalService

__all__ = ["Goal", "GoalService", "Reading", "Review"]
