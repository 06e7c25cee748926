"""What every page shows around its content: navigation by duty, counters, person, company."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from leitstand.core import today
from leitstand.core.duties import DUTIES, ENTRIES, HOLD_NOTICE, Entry
from leitstand.core.models import Company, Person
from leitstand.core.people.roles import permissions_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for the templates; only the company's name for people who are not signed in."""
    company = Company.current()
    person = getattr(request, "user", None)
    facts: dict[str, Any] = {"company": company, "version": settings.VERSION, "demo": company.is_demo}
    if isinstance(person, Person):
        facts |= {
            "person": person,
            "permissions": permissions_of(person.roles),
            "navigation": _navigation(request, person),
            "today_count": today.count(person),
            "unread": person.notifications.filter(read_at=None).count(),
            "hold": next((text for notice in HOLD_NOTICE if (text := notice())), ""),
        }
    return {"shell": facts}


def _navigation(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = [
        {"code": duty.code, "title": duty.title, "icon": duty.icon, "entries": _entries(person, duty.code)}
        for duty in DUTIES
    ]
    lines = [line for group in groups for line in group["entries"]]
    # "Posts" (/publishing/) stands above "Queue" (/publishing/queue/), too: the nearest one is where we are.
    around = [line for line in lines if request.path.startswith(line["url"])]
    here = max(around, key=lambda line: len(line["url"]), default=None)
    for group in groups:
        group["open"] = here in group["entries"]
    if here:
        here["active"] = True
    return [group for group in groups if group["entries"]]


def _entries(person: Person, code: str) -> list[dict[str, Any]]:
    allowed = [entry for entry in ENTRIES.get(code, []) if not entry.permission or person.may(entry.permission)]
    return [_line(person, entry) for entry in allowed]


def _line(person: Person, entry: Entry) -> dict[str, Any]:
    badge = entry.badge(person) if entry.badge else 0
    return {"label": entry.label, "url": reverse(entry.url_name), "icon": entry.icon, "badge": badge}
