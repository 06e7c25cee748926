"""Today: what needs this person now, across all rooms, the most urgent first."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.cache import cache

from leitstand.core.duties import TODAY, Todo
from leitstand.core.models import Person

LATE = datetime.max.replace(tzinfo=UTC)
FRESH_FOR = 20


def todos(person: Person) -> list[Todo]:
    """All rooms' todos: by urgency, then by due time; without a due time last."""
    found = [todo for today in TODAY for todo in today(person)]
    return sorted(found, key=lambda todo: (-todo.urgency, todo.due or LATE))


def count(person: Person) -> int:
    """How many; at most `FRESH_FOR` seconds old, because every page shows it."""
    return int(cache.get_or_set(_key(person), lambda: len(todos(person)), FRESH_FOR) or 0)


def counted(person: Person) -> list[Todo]:
    """The todos, and the count on all pages brought up to date with them."""
    found = todos(person)
    cache.set(_key(person), len(found), FRESH_FOR)
    return found


def _key(person: Person) -> str:
    return f"today-{person.pk}"
