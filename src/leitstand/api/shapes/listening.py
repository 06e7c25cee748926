"""Sources, queries and mentions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import StringConstraints

from leitstand.api.shapes.parts import PLAIN, Body, Name, Words

SourceState = Literal["alive", "paused", "gone"]
Tone = Literal["negative", "neutral", "positive", "unsure"]


class SourceIn(Body):
    url: Annotated[str, StringConstraints(pattern=PLAIN, max_length=1000)]
    title: Words = ""


class SourceOut(Schema):
    id: int
    url: str
    title: str
    state: SourceState
    failures: int
    trouble: str
    read_at: datetime | None


class QueryChangeIn(Body):
    """Names left out keep their value."""

    name: Name = ""
    text: Annotated[str, StringConstraints(pattern=PLAIN, max_length=1000)] = ""
    is_active: bool = True


class QueryIn(Body):
    name: Name
    text: Annotated[str, StringConstraints(pattern=PLAIN, max_length=1000)]


class QueryOut(Schema):
    id: int
    name: str
    text: str
    is_active: bool


class ToneIn(Body):
    tone: Tone


class MentionOut(Schema):
    id: int
    at: datetime
    title: str
    text: str
    url: str
    language: str
    tone: Tone
    is_private: bool
    author_name: str
    source_id: int | None
    channel_id: int | None
