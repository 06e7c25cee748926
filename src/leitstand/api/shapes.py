"""What goes in and out: one shape per thing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema


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
    own_text: str = ""
    own_title: str = ""
    with_images: bool = True
    as_thread: bool = False


class PostIn(Schema):
    """Fields left out keep their value."""

    title: str | None = None
    text: str | None = None
    link: str | None = None
    language: str | None = None
    goal_id: int | None = None
    consideration: str | None = None
    ai: str | None = None
    prize_terms_url: str | None = None
    evidence: str | None = None
    lowest_price: Decimal | None = None
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

    at: datetime | None = None


class ApprovalIn(Schema):
    seen: str
    note: str = ""


class PublicationOut(Schema):
    id: int
    post_id: int
    channel_id: int
    state: str
    planned_for: datetime
    due_at: datetime | None
    published_at: datetime | None
    url: str
    remote_id: str
    reason: str


class SourceIn(Schema):
    url: str
    title: str = ""


class SourceOut(Schema):
    id: int
    url: str
    title: str
    state: str
    failures: int
    trouble: str
    read_at: datetime | None


class QueryIn(Schema):
    name: str
    text: str


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
    """`seen`: the number of the newest message you have read."""

    text: str
    seen: int


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
    value: Decimal
    at: datetime | None = None
    note: str = ""


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
