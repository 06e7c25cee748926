"""The first things the wizard does in other rooms: connect the practice network, set a first goal.

A room that is not installed is simply not offered.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.text import slugify

from leitstand.core.models import Company, Person

PRACTICE = "practice"


def practice_state(person: Person) -> str:
    """ "connected", "offered", or "" where there is nothing to connect."""
    if not (_has("channels") and _has(PRACTICE) and person.may("channel.connect")):
        return ""
    queries = import_module("leitstand.channels.queries")
    return "connected" if queries.channels(person).filter(network=PRACTICE).exists() else "offered"


def connect_practice(person: Person) -> None:
    """A practice account under the company's name. Nothing happens where one is connected already."""
    if practice_state(person) == "offered":
        answers = {"handle": slugify(Company.current().name).replace("-", "_")[:30] or PRACTICE}
        import_module("leitstand.channels.connect").connect(PRACTICE, answers, person)


def goal_form(data: Any) -> Any:
    """The form of the first goal, or None where no goals can be set yet."""
    if not _has("strategy"):
        return None
    return import_module("leitstand.strategy.forms").FirstGoalForm(data)


def set_goal(form: Any, person: Person) -> None:
    import_module("leitstand.strategy.set").set_goal(form, person)


def _has(room: str) -> bool:
    return apps.is_installed(f"leitstand.{room}")
