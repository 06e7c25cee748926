"""What the rooms above may know of a mention: frozen, no table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


def shown_text(title: str, text: str) -> str:
    """What people, queries and the tone look at: the title, a new line, the text."""
    return f"{title}\n{text}" if title and title != text else text


@dataclass(frozen=True, slots=True)
class MentionFacts:
    """`channel_id` None: it came from a source. Hostility and urgency from 0 to 1."""

    id: int
    channel_id: int | None
    source: str
    kind: str
    remote_id: str
    url: str
    at: datetime
    title: str
    text: str
    language: str
    author_remote_id: str
    author_handle: str
    author_name: str
    author_url: str
    followers: int | None
    in_reply_to: str
    thread_root: str
    tone: str
    hostility: float
    urgency: float
    is_question: bool
    is_complaint: bool
    is_private: bool
