"""What happens in strategy, for the diary and the rooms above."""

from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event
from leitstand.strategy.models import Review


@event("strategy.goal_set", _("Goal set"))
class GoalSet:
    goal_id: int


@event("strategy.goal_changed", _("Goal changed"))
class GoalChanged:
    goal_id: int


@event("strategy.goal_reviewed", _("Goal reviewed"), {"decision": dict(Review.Decision.choices)})
class GoalReviewed:
    goal_id: int
    decision: str


@event("strategy.reading_taken_back", _("Reading taken back"))
class ReadingTakenBack:
    reading_id: int


@event("strategy.reading_written", _("Reading written down"))
class ReadingWritten:
    reading_id: int


@event("strategy.readings_imported", _("Readings imported"))
class ReadingsImported:
    goal_id: int
    count: int


@event("strategy.reading_put_back", _("Reading put back"))
class ReadingPutBack:
    reading_id: int
