"""What the ground floor shows: the machine and its jobs (D10), the diary (D6), people, company, what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.core import jobs, queries
from leitstand.core.duties import (
    DUTIES,
    WORST_FIRST,
    Entry,
    Hit,
    Row,
    Todo,
    register_entries,
    register_row,
    register_search,
    register_today,
)
from leitstand.core.machine.troubles import troubles
from leitstand.core.models import Company, Person
from leitstand.core.people import holders

MOST_HITS = 10


def row(person: Person) -> Row:
    """The worst trouble of the machine. Green: everything runs."""
    url = reverse("core:jobs") if person.may("system.view") else ""
    if worst := min(troubles(), key=lambda trouble: WORST_FIRST.index(trouble.state), default=None):
        return Row(worst.state, worst.figure, worst.next_step, url)
    waiting = jobs.waiting().count()
    figure = ngettext("%(n)d job waits, none failed", "%(n)d jobs wait, none failed", waiting) % {"n": waiting}
    return Row("green", figure, _("See the jobs"), url)


def today(person: Person) -> Iterator[Todo]:
    if person.may("system.view"):
        yield from _machine()
    if person.may("duty.assign"):
        yield from _vacancies()
    if person.may("company.edit"):
        yield from _company()
    if person.may("people.manage"):
        yield from _sign_in(person)


def _sign_in(person: Person) -> Iterator[Todo]:
    """Who could be anybody who knows a password: oneself can change it, others are spoken to."""
    alone = list(queries.administrators_without_second_factor())
    if person in alone:
        yield Todo(_("You sign in with a password alone"), reverse("mfa_index"), 0, None, "shield-lock")
    if others := [str(administrator) for administrator in alone if administrator != person]:
        text = ngettext(
            "%(who)s is administrator and signs in with a password alone",
            "%(who)s are administrators and sign in with a password alone",
            len(others),
        )
        yield Todo(text % {"who": ", ".join(others)}, reverse("core:people"), 0, None, "shield-lock")


def _machine() -> Iterator[Todo]:
    for trouble in troubles():
        yield Todo(trouble.todo, reverse("core:jobs"), trouble.urgency, None, trouble.icon)


def _vacancies() -> Iterator[Todo]:
    staffed = [code for code, holder in holders.holders().items() if holder.accountable]
    if vacant := len(DUTIES) - len(staffed):
        text = ngettext("%(n)d duty is vacant", "%(n)d duties are vacant", vacant) % {"n": vacant}
        yield Todo(text, reverse("web:home"), 0, None, "user-question")


def _company() -> Iterator[Todo]:
    company = Company.current()
    if not company.is_set_up:
        yield Todo(_("Finish setting up your company"), reverse("web:welcome"), 1, None, "building")
    elif not company.imprint_url:
        yield Todo(_("The address of the imprint is missing"), reverse("core:company"), 0, None, "id")


def find(person: Person, words: str) -> Iterator[Hit]:
    """Colleagues by name or address, for those who manage people."""
    if person.may("people.manage"):
        named = Q(name__icontains=words) | Q(email__icontains=words)
        for found in queries.people(person).filter(named)[:MOST_HITS]:
            yield Hit(str(found), reverse("core:roles", args=[found.pk]), found.email, found.joined_at)


register_row("D10", row)
register_today(today)
register_search(gettext_lazy("People"), find)
register_entries("D6", [Entry(gettext_lazy("Diary"), "core:diary", "book-2", "diary.view")])
register_entries(
    "D10",
    [
        Entry(gettext_lazy("Company"), "core:company", "building", "company.edit"),
        Entry(gettext_lazy("People"), "core:people", "users", "people.manage"),
        Entry(
            gettext_lazy("Jobs"),
            "core:jobs",
            "settings-automation",
            "system.view",
            lambda person: jobs.failed().count(),
        ),
    ],
)
