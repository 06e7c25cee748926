"""My company in five steps. Each step saves at once, so a reload, a lost session or a second browser loses nothing.

1 you -> 2 company -> 3 hours -> 4 network -> 5 goal. Step 1 makes the administrator; the others need one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text
from leitstand.core.models import Company

KEY = "wizard_step"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the wizard; `name` is also the end of its address web:welcome-NAME."""

    name: str
    title: Text

    @property
    def url(self) -> str:
        return reverse(f"web:welcome-{self.name}")


STEPS: Sequence[Step] = (
    Step("you", _("You")),
    Step("company", _("Your company")),
    Step("hours", _("Service hours")),
    Step("network", _("Network and colleagues")),
    Step("goal", _("First goal")),
)
NAMES = [step.name for step in STEPS]


def reached(session: SessionBase) -> Step:
    """The furthest step this person may open; after a lost session as far as the database knows."""
    known = "hours" if Company.objects.filter(pk=1).exists() else "company"
    kept = session.get(KEY, known)
    furthest = max(NAMES.index(known), NAMES.index(kept) if kept in NAMES else 0)
    return STEPS[furthest]


def go_on(session: SessionBase, done: str) -> Step:
    """Remembers that a step is done; the next one."""
    following = STEPS[min(NAMES.index(done) + 1, len(STEPS) - 1)]
    if NAMES.index(following.name) > NAMES.index(reached(session).name):
        session[KEY] = following.name
    return following


def may_open(session: SessionBase, name: str) -> bool:
    return NAMES.index(name) <= NAMES.index(reached(session).name)


def before(name: str) -> str:
    """The address of the step before; empty on the first one that can be opened again."""
    index = NAMES.index(name) - 1
    return STEPS[index].url if index >= 1 else ""


def progress(name: str) -> list[tuple[int, Step, str]]:
    """Number, step and "done", "now" or "later", for the line on top of each page."""
    here = NAMES.index(name)
    states = ["done" if index < here else "now" if index == here else "later" for index in range(len(STEPS))]
    return [(index + 1, step, states[index]) for index, step in enumerate(STEPS)]
