"""Publications, and the hold that stops them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

from leitstand.api.shapes.parts import PLAIN, Body, Link

PublicationState = Literal["scheduled", "sending", "published", "unsure", "stopped", "failed", "cancelled", "deleted"]


class PublicationOut(Schema):
    id: int
    post_id: int = Field(alias="version.post_id")
    channel_id: int
    state: PublicationState
    planned_for: datetime
    due_at: datetime | None
    published_at: datetime | None
    url: str
    remote_id: str
    reason: str = Field(alias="say")


class DecisionIn(Body):
    """About an unsure publication: it is there (with its address), it is to be sent again, or it is given up."""

    decision: Literal["published", "again", "leave"]
    url: Link = ""


class HoldIn(Body):
    reason: Annotated[str, StringConstraints(pattern=PLAIN, min_length=1, max_length=300, strip_whitespace=True)]


class HoldOut(Schema):
    """`is_held` false: publishing goes on, and there is no reason and no time."""

    is_held: bool
    reason: str = ""
    started_at: datetime | None = None


class MissedOut(Schema):
    """How many publications missed their time during the hold, and wait for a decision each."""

    missed: int
