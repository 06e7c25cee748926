"""Goals, readings and the diary of events."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.pagination import paginate

from leitstand.api.doors.posts import DECLINED
from leitstand.api.entry import caller
from leitstand.api.paging import Pages
from leitstand.api.shapes import EventOut, GoalOut, ReadingIn, ReadingOut, Words
from leitstand.core.clock import local_to_utc
from leitstand.core.models import DiaryEntry
from leitstand.strategy import queries, read

router = Router(tags=["strategy"])


@router.get("/goals", response=list[GoalOut])
@paginate(Pages)
def list_goals(request: HttpRequest, state: Words = "open") -> Any:
    return queries.goals(caller(request, "read", "goal.view"), {"state": state})


@router.get("/goals/{goal_id}/readings", response={200: list[ReadingOut], **DECLINED})
def read_readings(request: HttpRequest, goal_id: int) -> Any:
    goal = queries.goal_for(caller(request, "read", "goal.view"), goal_id)
    return list(goal.readings.filter(taken_back_at=None))


@router.post("/goals/{goal_id}/readings", response={201: ReadingOut, **DECLINED})
def create_reading(request: HttpRequest, goal_id: int, body: ReadingIn) -> Any:
    """One reading; the same moment again corrects the value."""
    person = caller(request, "write", "goal.edit")
    goal = queries.goal_for(person, goal_id)
    at = body.at or timezone.now().replace(second=0, microsecond=0)
    aware = at if at.tzinfo else local_to_utc(at).utc
    return Status(201, read.accept_reading(goal, body.value, aware, "api", person, body.note))


@router.get("/events", response=list[EventOut])
@paginate(Pages)
def list_events(request: HttpRequest, name: Words = "") -> Any:
    """The diary, the newest first."""
    caller(request, "read", "diary.view")
    found = DiaryEntry.objects.all()
    return found.filter(name=name) if name else found
