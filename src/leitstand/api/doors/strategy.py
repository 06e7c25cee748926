"""Goals, readings and the diary of events."""

from datetime import timedelta
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.entry import caller
from leitstand.api.filled import filled
from leitstand.api.paging import Pages
from leitstand.api.problems import DECLINED
from leitstand.api.shapes.parts import Moment, Words
from leitstand.api.shapes.strategy import EventOut, GoalIn, GoalOut, GoalState, ReadingIn, ReadingOut, ReviewIn
from leitstand.core.models import DiaryEntry
from leitstand.publishing.times import exact
from leitstand.strategy import queries, read
from leitstand.strategy.forms import GoalForm
from leitstand.strategy.review import review
from leitstand.strategy.set_goal import change, set_goal

router = Router(tags=["strategy"])


@router.get("/goals", response={200: list[GoalOut], **DECLINED})
@paginate(Pages)
def list_goals(request: HttpRequest, state: Literal[GoalState, "all"] = "open") -> Any:
    """Goals, the soonest deadline first."""
    return queries.goals(caller(request, "read", "goal.view"), {"state": state})


@router.post("/goals", response={201: GoalOut, **DECLINED})
def create_goal(request: HttpRequest, body: GoalIn) -> Any:
    person = caller(request, "write", "goal.edit")
    today = timezone.localdate()
    first = {"owner": person.pk, "begins_on": today, "ends_on": today + timedelta(days=90), "start": 0}
    made = set_goal(filled(GoalForm, first | _given(body), GoalForm.Meta.model()), person)
    return Status(201, queries.goal_for(person, made.pk))


@router.get("/goals/{goal_id}", response={200: GoalOut, **DECLINED})
def read_goal(request: HttpRequest, goal_id: int) -> Any:
    return queries.goal_for(caller(request, "read", "goal.view"), goal_id)


@router.patch("/goals/{goal_id}", response={200: GoalOut, **DECLINED})
def change_goal(request: HttpRequest, goal_id: int, body: GoalIn) -> Any:
    person = caller(request, "write", "goal.edit")
    change(filled(GoalForm, _given(body), queries.goal_for(person, goal_id)), person)
    return queries.goal_for(person, goal_id)


def _given(body: GoalIn) -> dict[str, Any]:
    """By the names of the form."""
    given = body.model_dump(exclude_unset=True)
    return {name.removesuffix("_id"): value for name, value in given.items()}


@router.post("/goals/{goal_id}/reviews", response={201: GoalOut, **DECLINED})
def review_goal(request: HttpRequest, goal_id: int, body: ReviewIn) -> Any:
    """Writes a decision down and sets the next review; "met" and "give_up" end the goal."""
    person = caller(request, "write", "goal.edit")
    review(queries.goal_for(person, goal_id), body.decision, body.note, person)
    return Status(201, queries.goal_for(person, goal_id))


@router.get("/goals/{goal_id}/readings", response={200: list[ReadingOut], **DECLINED})
def read_readings(request: HttpRequest, goal_id: int) -> Any:
    goal = queries.goal_for(caller(request, "read", "goal.view"), goal_id)
    return list(goal.readings.filter(taken_back_at=None))


@router.post("/goals/{goal_id}/readings", response={201: ReadingOut, **DECLINED})
def create_reading(request: HttpRequest, goal_id: int, body: ReadingIn) -> Any:
    """One reading; the same moment again corrects the value."""
    person = caller(request, "write", "goal.edit")
    goal = queries.goal_for(person, goal_id)
    at = exact(body.at) if body.at else timezone.now().replace(second=0, microsecond=0)
    return Status(201, read.accept_reading(goal, body.value, at, "api", person, body.note))


@router.get("/events", response={200: list[EventOut], **DECLINED})
@paginate(Pages)
def list_events(request: HttpRequest, name: Words = "", since: Moment | None = None, after: int | None = None) -> Any:
    """The diary, the newest first.

    With `after`, the `position` of the last event you know: what came later, the oldest first, none left out.
    """
    caller(request, "read", "diary.view")
    found = DiaryEntry.objects.filter(**{"name": name} if name else {})
    found = found.filter(at__gte=exact(since)) if since else found
    return found if after is None else found.filter(position__gt=after).order_by("position")
