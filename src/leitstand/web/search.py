"""The search over all rooms: each room finds its own, here they stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from leitstand.core.duties import SEARCHES, Hit
from leitstand.core.errors import Text
from leitstand.core.models import Person

SHORTEST = 2
AROUND = 90
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the places of the words in its title and in the part of its excerpt that is shown."""

    title: str
    title_spans: list[Span]
    excerpt: str
    excerpt_spans: list[Span]
    url: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    title: Text
    hits: list[Found]


def search(person: Person, words: str) -> list[Group]:
    """Hits by room, as this person may see them; rooms that found nothing are left out."""
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return []
    groups = [Group(title, _found(find(person, words), words)) for title, find in SEARCHES]
    return [group for group in groups if group.hits]


def _found(hits: Iterable[Hit], words: str) -> list[Found]:
    shown = []
    for hit in hits:
        excerpt = around(hit.excerpt, words)
        shown.append(Found(hit.title, spans(hit.title, words), excerpt, spans(excerpt, words), hit.url, hit.at))
    return shown


def spans(text: str, words: str) -> list[Span]:
    """Where the words stand in the text, whatever their case."""
    terms = [re.escape(term) for term in words.replace('"', " ").split() if len(term) >= SHORTEST]
    if not terms:
        return []
    return [match.span() for match in re.finditer("|".join(terms), text, re.IGNORECASE)]


def around(text: str, words: str) -> str:
    """The part of the text around the first of the words."""
    flat = " ".join(text.split())
    places = spans(flat, words)
    first = places[0][0] if places else 0
    start, end = max(first - AROUND, 0), first + 2 * AROUND
    return f"{'… ' if start else ''}{flat[start:end]}{' …' if end < len(flat) else ''}"
