"""Asks people to look at their goals until each is met or given up in writing."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import filled, notify
from leitstand.strategy import queries
from leitstand.strategy.events import GoalReviewed
from leitstand.strategy.models import Goal, Review

ESCALATE_AFTER = timedelta(days=7)
END = {Review.Decision.MET: Goal.State.MET, Review.Decision.GIVE_UP: Goal.State.GIVEN_UP}


@transaction.atomic
def review(goal: Goal, decision: str, note: str, by: Person) -> Review:
    """Writes the decision down and sets the next review. Declined without words, or for an ended goal."""
    locked = Goal.objects.select_for_update().get(pk=goal.pk)
    if locked.state != Goal.State.OPEN:
        raise Declined(_("This goal has ended."), status=409)
    if decision not in Review.Decision.values or len(note.strip()) < 10:
        raise Declined(_("Write in a sentence what you saw and why you decide so."))
    made = Review.objects.create(goal=locked, by=by, decision=decision, note=note.strip())
    if state := END.get(Review.Decision(decision)):
        Goal.objects.filter(pk=locked.pk).update(state=state, ended_because=note.strip())
    else:
        Goal.objects.filter(pk=locked.pk).update(next_review_on=locked.review_after(timezone.localdate()))
    record(GoalReviewed(locked.pk, decision), by)
    return made


@jobs.every("0 6 * * 1-5")
@jobs.job("strategy.nag", queue_name="house")
def nag() -> None:
    """Each working morning, until it is done: whoever must look at a goal is told."""
    remind(timezone.localdate())


def remind(today: date) -> None:
    """Owners of goals whose review is due; after a week everybody who may change goals. Twice on a day is once."""
    for goal in queries.reviews_due(today):
        late = today - goal.next_review_on > ESCALATE_AFTER
        people = {goal.owner, *(Person.objects.holding("goal.edit") if late else [])}
        url = reverse("strategy:goal", args=[goal.pk])
        notify(
            people,
            filled(_("Review is due: %(goal)s"), {"goal": goal}),
            url=url,
            level="warning",
            key=f"review-{goal.pk}-{today}",
        )
