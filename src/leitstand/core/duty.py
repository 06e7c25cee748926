"""What the ground floor shows: jobs and worker (D10), the diary (D6), people, company, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.core import holders, jobs, queries
from leitstand.core.duties import (
    DUTIES,
    Entry,
    Hit,
    Row,
    Todo,
    register_entries,
    register_row,
    register_search,
    register_today,
)
from leitstand.core.models import Company, Person

MOST_HITS = 10


def row(person: Person) -> Row:
    """Red: no worker. Amber: jobs were given up. Green: everything runs."""
    url = reverse("core:jobs") if person.may("system.view") else ""
    if not jobs.worker_is_alive():
        return Row("red", _("No worker is running"), _("See what waits"), url)
    if given_up := jobs.failed().count():
        figure = ngettext("%(n)d job failed", "%(n)d jobs failed", given_up) % {"n": given_up}
        return Row("amber", figure, _("Look at the reasons"), url)
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
    if person.may("people.manage") and (alone := queries.administrators_without_second_factor()):
        text = ngettext(
            "%(n)d administrator signs in with a password alone",
            "%(n)d administrators sign in with a password alone",
            alone,
        )
        yield Todo(text % {"n": alone}, reverse("mfa_index"), 0, None, "shield-lock")


def _machine() -> Iterator[Todo]:
    if not jobs.worker_is_alive():
        yield Todo(_("No worker is running: nothing is published or read"), reverse("core:jobs"), 2, None, "server-off")
    if given_up := jobs.failed().count():
        text = ngettext("%(n)d job failed", "%(n)d jobs failed", given_up) % {"n": given_up}
        yield Todo(text, reverse("core:jobs"), 1, None, "alert-triangle")


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
        for found in queries.people(person).filter(name__icontains=words)[:MOST_HITS]:
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
