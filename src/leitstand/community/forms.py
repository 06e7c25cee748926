"""What people type into the community room."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.community.models import ResponseTarget, SavedReply
from leitstand.core.company import languages


class SavedReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A saved reply."""

    language = forms.ChoiceField(label=_("Language"), choices=languages.ours, initial="de")

    class Meta:
        model = SavedReply
        fields: ClassVar = ["title", "language", "text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 4})}


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """How fast one kind is answered."""

    class Meta:
        model = ResponseTarget
        fields: ClassVar = ["minutes"]
