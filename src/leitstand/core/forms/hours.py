"""The editor of service hours: two spans a weekday, in plain time fields; an empty day is closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text

Week = dict[str, list[list[str]]]
MIDNIGHT = time(0, 0)
SPANS = 2


@dataclass(frozen=True, slots=True)
class DayRow:
    """One weekday with its fields: opens, closes, opens again, closes."""

    name: Text
    fields: list[BoundField]

    @property
    def errors(self) -> list[str]:
        return [str(error) for field in self.fields for error in field.errors]


class HoursForm(forms.Form):
    """`cleaned_data["week"]` is what the company keeps: weekday -> [[opens, closes], ...]; midnight closes at 24:00."""

    def __init__(self, *args: Any, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _typed(week)
        for day in range(7):
            for span in range(SPANS):
                for side, label in (("opens", _("opens")), ("closes", _("closes"))):
                    self.fields[f"{side}_{day}_{span}"] = _time_field(f"{WEEKDAYS[day]}: {label}")

    def rows(self) -> Iterator[DayRow]:
        for day in range(7):
            names = [f"{side}_{day}_{span}" for span in range(SPANS) for side in ("opens", "closes")]
            yield DayRow(WEEKDAYS[day], [self[name] for name in names])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        spans = {str(day): self._spans(day) for day in range(7)}
        cleaned["week"] = {day: found for day, found in spans.items() if found}
        return cleaned

    def _spans(self, day: int) -> list[list[str]]:
        found: list[list[str]] = []
        for span in range(SPANS):
            opens, closes = (self.cleaned_data.get(f"{side}_{day}_{span}") for side in ("opens", "closes"))
            if opens is None and closes is None:
                continue
            problem = _problem(opens, closes, found[-1][1] if found else "00:00")
            if problem:
                self.add_error(f"closes_{day}_{span}", problem)
                continue
            found.append([_text(opens), _text(closes, closing=True)])
        return found


def _problem(opens: time | None, closes: time | None, free_from: str) -> Any:
    if opens is None or closes is None:
        return _("Both times are needed.")
    if closes != MIDNIGHT and closes <= opens:
        return _("It must close after it opens.")
    return _("The second span must begin after the first.") if _text(opens) < free_from else ""


def _time_field(label: str) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, input_formats=["%H:%M", "%H:%M:%S"])


def _text(moment: time | None, closing: bool = False) -> str:
    return "24:00" if closing and moment == MIDNIGHT else f"{moment:%H:%M}"


def _typed(week: Week) -> dict[str, time]:
    initial: dict[str, time] = {}
    for day, spans in week.items():
        for span, (opens, closes) in enumerate(spans[:SPANS]):
            initial[f"opens_{day}_{span}"] = time.fromisoformat(opens)
            initial[f"closes_{day}_{span}"] = MIDNIGHT if closes == "24:00" else time.fromisoformat(closes)
    return initial
