"""The diary and the hand-off between rooms: one call for both.

`record(event)` writes one diary row and enqueues one job per reaction, in the caller's transaction.
A reaction therefore happens exactly when the change itself was committed, and survives a crash.

An event is a frozen dataclass of ids and short facts, with `name` as ClassVar ("publishing.post_approved"):

    @event("publishing.post_approved")
    class PostApproved:
        post_id: int

    @reaction(PostApproved)
    def tell_the_author(happened: PostApproved, entry: DiaryEntry) -> None: ...

A reaction may run twice after a crash; it must bear that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar, dataclass_transform

from django.db import transaction

from leitstand.core import jobs
from leitstand.core.models import DiaryEntry, Person

EVENTS: dict[str, type] = {}
REACTIONS: dict[str, dict[str, Callable[[Any, DiaryEntry], None]]] = {}
LABELS: dict[str, Any] = {}
WORDS: dict[str, dict[str, dict[str, Any]]] = {}
T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def event(name: str, label: Any = "", words: dict[str, dict[str, Any]] | None = None) -> Callable[[type[T]], type[T]]:
    """Makes a class an event. `label` is the translatable line the diary page shows; `words` of a fact, its values'."""

    def declare(kind: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True)(kind)
        EVENTS[name] = made
        LABELS[name], WORDS[name] = label, words or {}
        made.event_name = name  # type: ignore[attr-defined]  # an event is known by it
        return made

    return declare


def reaction(kind: type[T]) -> Callable[[Callable[[T, DiaryEntry], None]], Callable[[T, DiaryEntry], None]]:
    """Registers a function to be called, in a job of its own, for each event of that kind."""

    def register(function: Callable[[T, DiaryEntry], None]) -> Callable[[T, DiaryEntry], None]:
        key = f"{function.__module__}.{function.__qualname__}"
        REACTIONS.setdefault(_name(kind), {})[key] = function
        return function

    return register


def record(happened: object, by: Person | None = None) -> DiaryEntry:
    """Writes the diary row and enqueues the reactions, in the transaction of the caller."""
    name = _name(type(happened))
    with transaction.atomic():
        entry = DiaryEntry.objects.create(
            name=name,
            actor=by,
            actor_name=str(by) if by else "",
            data=asdict(happened),  # type: ignore[call-overload]  # the decorator made it a dataclass
        )
        for key in REACTIONS.get(name, {}):
            jobs.enqueue(react, entry_id=entry.pk, key=key)
    return entry


@jobs.job("core.react", queue_name="react")
def react(entry_id: int, key: str) -> None:
    """Calls one reaction for one diary entry."""
    entry = DiaryEntry.objects.get(pk=entry_id)
    function = REACTIONS.get(entry.name, {}).get(key)
    if function:
        function(EVENTS[entry.name](**entry.data), entry)


def _name(kind: type) -> str:
    name: str = kind.event_name  # type: ignore[attr-defined]  # set by the decorator
    return name
