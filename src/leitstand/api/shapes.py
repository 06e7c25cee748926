"""What goes in and out: one shape per thing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints


def _near(at: datetime) -> datetime:
    if not 2000 <= at.year < 2100:
        raise ValueError("a year between 2000 and 2099")
    return at if at.tzinfo is None else at.astimezone(UTC)


PLAIN = "^[^\x00]*$"
Words = Annotated[str, StringConstraints(pattern=PLAIN, max_length=200)]
Name = Annotated[str, StringConstraints(pattern=PLAIN, max_length=120)]
Text = Annotated[str, StringConstraints(pattern=PLAIN, max_length=100_000)]
Link = Annotated[str, StringConstraints(pattern=r"^(https?://[^\s\x00]+)?$", max_length=200)]
Moment = Annotated[datetime, AfterValidator(_near)]
Money = Annotated[Decimal, Field(max_digits=10, decimal_places=2, ge=0)]
Value = Annotated[Decimal, Field(max_digits=14, decimal_places=2)]


class Problem(Schema):
    """Why a call was declined, in the language of Accept-Language."""

    error: str
    hints: list[str] = []


class ChannelOut(Schema):
    id: int
    network: str
    handle: str
    name: str
    state: str
    may_publish: bool
    may_read_replies: bool
    followers: int | None


class VersionIn(Schema):
    channel_id: int
    own_text: Text = ""
    own_title: Words = ""
    with_images: bool = True
    as_thread: bool = False


class PostIn(Schema):
    """Fields left out keep their value."""

    title: Words | None = None
    text: Text | None = None
    link: Link | None = None
    language: Literal["de", "en"] | None = None
    goal_id: int | None = None
    consideration: Literal["none", "paid", "gift", "affiliate", "discount"] | None = None
    ai: Literal["none", "assisted", "generated"] | None = None
    prize_terms_url: Link | None = None
    evidence: Words | None = None
    lowest_price: Money | None = None
    versions: list[VersionIn] | None = None
    revision: int | None = None


class PostOut(Schema):
    id: int
    title: str
    text: str
    link: str
    language: str
    state: str
    revision: int
    goal_id: int | None
    revised_at: datetime


class FindingOut(Schema):
    channel_id: int
    rule: str
    severity: str
    say: str
    remedy: str
    reference: str
    words: str


class PlanIn(Schema):
    """`at` None: now. A time without zone is the company's wall clock."""

    at: Moment | None = None


class ApprovalIn(Schema):
    seen: Words
    note: Text = ""


class PublicationOut(Schema):
    id: int
    post_id: int = Field(alias="version.post_id")
    channel_id: int
    state: str
    planned_for: datetime
    due_at: datetime | None
    published_at: datetime | None
    url: str
    remote_id: str
    reason: str = Field(alias="say")


class SourceIn(Schema):
    url: Annotated[str, StringConstraints(pattern=PLAIN, max_length=1000)]
    title: Words = ""


class SourceOut(Schema):
    id: int
    url: str
    title: str
    state: str
    failures: int
    trouble: str
    read_at: datetime | None


class QueryIn(Schema):
    name: Name
    text: Annotated[str, StringConstraints(pattern=PLAIN, max_length=1000)]


class QueryOut(Schema):
    id: int
    name: str
    text: str
    is_active: bool


class MentionOut(Schema):
    id: int
    at: datetime
    title: str
    text: str
    url: str
    language: str
    tone: str
    author_name: str
    source_id: int | None
    channel_id: int | None


class ConversationOut(Schema):
    id: int
    state: str
    kind: str
    author_name: str
    channel_id: int | None
    assigned_to_id: int | None
    due_at: datetime | None
    last_at: datetime


class MessageOut(Schema):
    id: int
    direction: str
    state: str
    text: str
    at: datetime
    url: str


class AnswerIn(Schema):
    """`seen`: the number of the newest message you have read. `looked`: you have looked at what a rule questions."""

    text: Text
    seen: int
    looked: bool = False


class GoalOut(Schema):
    id: int
    title: str
    unit: str
    start: Decimal
    target: Decimal
    begins_on: date
    ends_on: date
    state: str
    owner_id: int


class ReadingIn(Schema):
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
    id: int
    at: datetime
    name: str
    actor_name: str
    data: dict[str, object]
