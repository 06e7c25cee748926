"""What people type into the community room."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from leitstand.community.models import ResponseTarget, SavedReply


class SavedReplyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A saved reply."""

    class Meta:
        model = SavedReply
        fields: ClassVar = ["title", "language", "text"]
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 4})}


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    """How fast one kind is answered."""

    class Meta:
        model = ResponseTarget
        fields: ClassVar = ["minutes"]
