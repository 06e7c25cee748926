"""What rules show on the board (D6), on Today and in the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leitstand.core.duties import Entry, Row, Todo, register_entries, register_row, register_today
from leitstand.core.models import Person
from leitstand.rules import queries
from leitstand.rules.models import Switch


def row(person: Person) -> Row:
    """Amber without a guideline, with unsigned people, or with rules switched off."""
    if queries.current_guideline() is None:
        may = person.may("guideline.edit")
        return Row(
            "amber",
            _("No guideline is in force"),
            _("Write one from our template") if may else "",
            reverse("rules:edit") if may else "",
        )
    if unsigned := len(queries.unsigned_people()):
        text = ngettext(
            "%(n)d person has not signed the guideline", "%(n)d people have not signed the guideline", unsigned
        )
        return Row("amber", text % {"n": unsigned}, _("See who"), reverse("rules:signatures"))
    if off := Switch.objects.filter(severity="off").count():
        text = ngettext("%(n)d rule is switched off", "%(n)d rules are switched off", off)
        return Row("amber", text % {"n": off}, _("See the rules"), reverse("rules:rules"))
    return Row("green", _("Everybody has signed the guideline"), _("See the rules"), reverse("rules:rules"))


def today(person: Person) -> Iterator[Todo]:
    if not queries.may_publish(person):
        yield Todo(_("Read and sign the guideline"), reverse("rules:sign"), 1, None, "signature")


register_row("D6", row)
register_today(today)
register_entries(
    "D6",
    [
        Entry(gettext_lazy("Rules"), "rules:rules", "scale", "guideline.view"),
        Entry(gettext_lazy("Guideline"), "rules:sign", "signature"),
        Entry(gettext_lazy("Signatures"), "rules:signatures", "list-check", "guideline.view"),
    ],
)
