"""Conversations and their messages."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from leitstand.api.shapes.parts import Body, Moment, RowNumber, Text

ConversationState = Literal["open", "snoozed", "closed"]
Kind = Literal["complaint", "question", "praise", "other"]


class ConversationOut(Schema):
    id: int
    state: ConversationState
    kind: Kind
    is_private: bool
    author_name: str
    channel_id: int | None
    assigned_to_id: int | None
    due_at: datetime | None
    last_at: datetime


class MessageOut(Schema):
    id: int
    direction: Literal["in", "out", "note"]
    state: Literal["done", "queued", "sending", "failed", "unsure"]
    text: str
    is_private: bool
    at: datetime
    url: str


class AnswerIn(Body):
    """`seen`: the number of the newest message you have read. `looked`: you have looked at what a rule questions."""

    text: Text
    seen: RowNumber
    looked: bool = False


class AssignmentIn(Body):
    """null: nobody."""

    person_id: int | None


class AgentOut(Schema):
    id: int
    name: str


class SnoozeIn(Body):
    """Out of sight until then; the clock goes on. A time without zone is the company's wall clock."""

    until: Moment


class KindIn(Body):
    """Another kind has another deadline; no later message changes what a person chose."""

    kind: Kind


class ArrivalIn(Body):
    """About an unsure or failed answer: it arrived, or it is to be sent again (`seen` as with an answer)."""

    arrived: bool
    seen: RowNumber = 0
