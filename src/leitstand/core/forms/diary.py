"""Filters of the diary; they stand in the address, so a view can be sent to a colleague."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from leitstand.core.diary import words
from leitstand.core.models import Person


def events() -> list[tuple[str, Any]]:
    return [("", _("All events")), *words.labels()]


def _day(label: Any) -> forms.DateField:
    """A day of a year that clocks can reckon with."""
    bounds = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), validators=bounds
    )


class DiaryFilter(forms.Form):
    event = forms.ChoiceField(label=_("Event"), choices=events, required=False)
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=Person.objects.order_by("name"), required=False, empty_label=_("Everybody")
    )
    since = _day(_("From"))
    until = _day(_("To"))

    def chosen(self) -> dict[str, Any]:
        """What was understood; a filter that makes no sense is left out and marked in the form."""
        found = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        person = found.get("person")
        return {
            "names": [found["event"]] if found.get("event") else [],
            "actor": person.pk if person else None,
            "since": found.get("since"),
            "until": found.get("until"),
        }
