"""The first things the wizard does in other rooms: connect the practice networks, set a first goal.

A room that is not installed is simply not offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.text import slugify

from leitstand.core.models import Company, Person

PRACTICE = "practice"
NETWORKS = (PRACTICE, "practice-short", "practice-photo", "practice-blog")
ASKED = ("title", "unit", "start", "target", "ends_on")


def practice_state(person: Person) -> str:
    """ "connected", "offered", or "" where there is nothing to connect."""
    if not (_has("channels") and _has(PRACTICE) and person.may("channel.connect")):
        return ""
    queries = import_module("leitstand.channels.queries")
    return "connected" if queries.channels(person).filter(network=PRACTICE).exists() else "offered"


def connect_practice(person: Person) -> None:
    """One practice account of each kind, under the company's name. Nothing happens where one is connected already."""
    if practice_state(person) == "offered":
        name = Company.current().name
        answers = {"handle": name if slugify(name) else PRACTICE}
        connect = import_module("leitstand.channels.connect").connect
        for network in NETWORKS:
            connect(network, answers, person)


def goal_form(typed: Mapping[str, str] | None, person: Person) -> Any:
    """The strategy room's own form, or None where no goals can be set. What the wizard does not ask is filled in."""
    if not (_has("strategy") and person.may("goal.edit")):
        return None
    today = timezone.localdate()
    given = {"measure": "by_hand", "rhythm": "monthly", "begins_on": today.isoformat(), "owner": str(person.pk)}
    first = {"start": 0, "ends_on": today + timedelta(days=90)}
    forms = import_module("leitstand.strategy.forms")
    return forms.GoalForm({**given, **typed} if typed is not None else None, initial=first)


def set_goal(form: Any, person: Person) -> None:
    import_module("leitstand.strategy.set_goal").set_goal(form.save(commit=False), person)


def _has(room: str) -> bool:
    return apps.is_installed(f"leitstand.{room}")
