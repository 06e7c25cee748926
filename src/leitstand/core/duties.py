"""What rooms hand in to the job-description board, Today, the navigation and the search.

A room's `duty.py` declares them at import:

    register_row("D9", row)              # (person) -> Row
    register_today(today)                # (person) -> Iterable[Todo]
    register_entries("D9", [Entry(...)]) # lines of the navigation
    register_search(_("Posts"), find)    # (person, words) -> Iterable[Hit]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text
from leitstand.core.models import Person

State = Literal["green", "amber", "red", "vacant"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the job description."""

    code: str
    title: Text
    description: Text
    icon: str


@dataclass(frozen=True, slots=True)
class Row:
    """A duty's state now. `figure` is the number behind the state, `next_step` what to do, `url` where."""

    state: State
    figure: Text
    next_step: Text
    url: str


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that needs this person now. `urgency`: 0 can wait, 1 today, 2 at once."""

    text: Text
    url: str
    urgency: int = 1
    due: datetime | None = None
    icon: str = "circle"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation. `permission` empty: everybody. `badge`: (person) -> number, 0 hides it."""

    label: Text
    url_name: str
    icon: str
    permission: str = ""
    badge: Callable[[Person], int] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of the global search."""

    title: str
    url: str
    excerpt: str = ""
    at: datetime | None = None


DUTIES: Sequence[Duty] = (
    Duty(
        "D1",
        _("Strategy and goals"),
        _("Develop, run and watch over the strategy; pursue its goals stubbornly."),
        "target",
    ),
    Duty("D2", _("Newsfeeds"), _("Find the newsfeeds that matter and read them."), "rss"),
    Duty("D3", _("Audiences and channels"), _("Know exactly which channels the target groups use."), "users-group"),
    Duty("D4", _("Sales and marketing measures"), _("Align, build and run measures on the channels."), "speakerphone"),
    Duty("D5", _("Product launches"), _("Share in the concepts for new products."), "rocket"),
    Duty("D6", _("Legal framework"), _("Rules, approvals, guideline and licences, inside and outside."), "scale"),
    Duty("D7", _("Crisis management"), _("Act at once in a shitstorm."), "alert-triangle"),
    Duty("D8", _("Customer community"), _("Lead the community with honest, correct, fast answers."), "messages"),
    Duty("D9", _("Writing and publishing"), _("Write and publish on all networks; widen one's own network."), "send"),
    Duty("D10", _("Technical foundations"), _("Connections, jobs, backups: everything runs and is watched."), "server"),
)

ROWS: dict[str, Callable[[Person], Row]] = {}
TODAY: list[Callable[[Person], Iterable[Todo]]] = []
ENTRIES: dict[str, list[Entry]] = {}
SEARCHES: list[tuple[Text, Callable[[Person, str], Iterable[Hit]]]] = []
HOLD_NOTICE: list[Callable[[], str]] = []


WORST_FIRST: Sequence[State] = ("red", "vacant", "amber", "green")


def register_row(code: str, row: Callable[[Person], Row]) -> None:
    """One row a duty. Where two rooms share a duty, the worse state is shown."""
    known = ROWS.get(code)
    ROWS[code] = _worse(known, row) if known else row


def _worse(first: Callable[[Person], Row], second: Callable[[Person], Row]) -> Callable[[Person], Row]:
    def row(person: Person) -> Row:
        return min(first(person), second(person), key=lambda found: WORST_FIRST.index(found.state))

    return row


def register_today(today: Callable[[Person], Iterable[Todo]]) -> None:
    TODAY.append(today)


def register_entries(code: str, entries: Sequence[Entry]) -> None:
    ENTRIES.setdefault(code, []).extend(entries)


def register_search(title: Text, find: Callable[[Person, str], Iterable[Hit]]) -> None:
    SEARCHES.append((title, find))


def register_hold_notice(notice: Callable[[], str]) -> None:
    """A text for the red banner on every page while publishing is on hold; empty when it is not."""
    HOLD_NOTICE.append(notice)
