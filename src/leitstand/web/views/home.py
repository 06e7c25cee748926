"""Home: the job description come alive, and beside it what needs me now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from leitstand.core import today
from leitstand.core.models import Person
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.web import board
from leitstand.web.views.welcome import demo_goes_on


@needs()
def home(request: PersonRequest) -> HttpResponseBase:
    if demo_goes_on(request, request.user):
        return see_other(request, reverse("web:welcome-demo-loading"))
    lines, todos = board.lines(request.user), today.counted(request.user)
    return page(request, "web/home.html", lines=lines, todos=todos, **_assigning(request.user, lines))


def _assigning(person: Person, lines: list[board.Line]) -> dict[str, Any]:
    may = person.may("duty.assign")
    return {"may_assign": may, "vacant": may and any(line.accountable is None for line in lines)}


@needs()
def todo(request: PersonRequest) -> HttpResponseBase:
    return page(request, "web/today.html", "todos", todos=today.counted(request.user))
