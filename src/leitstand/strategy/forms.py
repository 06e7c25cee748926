"""What people type into strategy."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.core.models import Person
from leitstand.strategy.models import Goal, Reading, Review
from leitstand.strategy.parse import YEARS


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def plain_number(figure: Decimal | int) -> str:
    """500.00 as 500: nobody types the cents of followers."""
    return format(Decimal(str(figure)).normalize(), "f")


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A goal, complete from the first day."""

    class Meta:
        model = Goal
        fields: ClassVar = [
            "title",
            "why",
            "measure",
            "channel",
            "unit",
            "start",
            "target",
            "begins_on",
            "ends_on",
            "owner",
            "rhythm",
        ]
        widgets: ClassVar = {"why": forms.Textarea(attrs={"rows": 2}), "begins_on": _day(), "ends_on": _day()}
        help_texts: ClassVar = {
            "title": _("What you want to reach, in one sentence."),
            "unit": _("For example: followers, leads a month, answered questions."),
            "measure": _("Read by hand, or taken from a channel or from the posts that serve the goal."),
        }

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("start", "target"):
            if (figure := self.initial.get(name)) is not None:
                self.initial[name] = plain_number(figure)
        able = [person.pk for person in Person.objects.holding("goal.edit")]
        # A field of a foreign key has it.
        self.fields["owner"].queryset = Person.objects.filter(pk__in=able).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins_on"), data.get("ends_on")
        for name in ("begins_on", "ends_on"):
            if (day := data.get(name)) and day.year not in YEARS:
                self.add_error(name, _("Choose a year between 2000 and 2099."))
        if begins and ends and ends <= begins:
            self.add_error("ends_on", _("This must be after the first day."))
        if data.get("start") is not None and data.get("start") == data.get("target"):
            self.add_error("target", _("Start and target are the same; a goal moves something."))
        if data.get("measure") == Goal.Measure.FOLLOWERS and not data.get("channel"):
            self.add_error("channel", _("Choose the channel whose followers are counted."))
        return data


class ReadingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """One value, today."""

    class Meta:
        model = Reading
        fields: ClassVar = ["value", "note"]


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A decision with its reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=[("", _("How to go on?")), *Review.Decision.choices])

    class Meta:
        model = Review
        fields: ClassVar = ["decision", "note"]
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}
