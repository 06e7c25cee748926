"""Home: the job description come alive, and beside it what needs me now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

from leitstand.core import today
from leitstand.core.models import Person
from leitstand.core.pages import PersonRequest, needs, page
from leitstand.web import board


@needs()
def home(request: PersonRequest) -> HttpResponseBase:
    lines, todos = board.lines(request.user), today.counted(request.user)
    return page(request, "web/home.html", lines=lines, todos=todos, **_assigning(request.user, lines))


def _assigning(person: Person, lines: list[board.Line]) -> dict[str, Any]:
    may = person.may("duty.assign")
    return {"may_assign": may, "vacant": may and any(line.accountable is None for line in lines)}


@needs()
def todo(request: PersonRequest) -> HttpResponseBase:
    return page(request, "web/today.html", "todos", todos=today.counted(request.user))


@needs()
def count(request: PersonRequest) -> HttpResponseBase:
    """The number alone, for a badge that keeps itself up to date."""
    return page(request, "web/today_count.html", count=len(today.counted(request.user)))
