"""Goals, readings and the diary of events."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import StringConstraints

from leitstand.api.shapes.parts import PLAIN, Body, Moment, Text, Value, Words
from leitstand.strategy.forecast import Status
from leitstand.strategy.queries import standing_of

GoalState = Literal["open", "met", "given_up"]
Measure = Literal["by_hand", "followers", "likes", "shares", "replies", "views"]
Rhythm = Literal["weekly", "fortnightly", "monthly", "quarterly"]


class GoalIn(Body):
    """Names left out keep their value; a new goal is read by hand, begins today, and belongs to the caller."""

    title: Words | None = None
    why: Text | None = None
    measure: Measure | None = None
    channel_id: int | None = None
    unit: Annotated[str, StringConstraints(pattern=PLAIN, max_length=60)] | None = None
    start: Value | None = None
    target: Value | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    owner_id: int | None = None
    rhythm: Rhythm | None = None


class ReviewIn(Body):
    """A decision, with what you saw and why you decide so."""

    decision: Literal["continue", "change", "met", "give_up"]
    note: Text


class GoalOut(Schema):
    """`state`: whether people pursue it still. `standing`: what the readings say; up to its last day they count."""

    id: int
    title: str
    why: str
    measure: Measure
    channel_id: int | None
    unit: str
    start: Decimal
    target: Decimal
    begins_on: date
    ends_on: date
    state: GoalState
    standing: Status
    owner_id: int
    rhythm: Rhythm
    next_review_on: date

    @staticmethod
    def resolve_standing(goal: Any) -> Status:
        return standing_of(goal).status


class ReadingIn(Body):
    """`at` None: now. A time without zone is the company's wall clock."""

    value: Value
    at: Moment | None = None
    note: Words = ""


class ReadingOut(Schema):
    id: int
    value: Decimal
    at: datetime
    source: str


class EventOut(Schema):
    """`position`: the place in the sealed diary, given a few seconds after the event."""

    id: int
    position: int | None
    at: datetime
    name: str
    actor_name: str
    data: dict[str, object]
