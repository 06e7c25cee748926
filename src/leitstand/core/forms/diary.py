"""Filters of the diary; they stand in the address, so a view can be sent to a colleague."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.core import diary
from leitstand.core.models import Person


def events() -> list[tuple[str, Any]]:
    return [("", _("All events")), *diary.labels()]


class DiaryFilter(forms.Form):
    event = forms.ChoiceField(label=_("Event"), choices=events, required=False)
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=Person.objects.order_by("name"), required=False, empty_label=_("Everybody")
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

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
