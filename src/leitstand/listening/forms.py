"""What people type into listening."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined
from leitstand.listening.add import check_query
from leitstand.listening.models import Query


class QueryForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A query with a name."""

    class Meta:
        model = Query
        fields: ClassVar = ["name", "text", "is_active"]
        help_texts: ClassVar = {
            "text": _('Words, "phrases", OR, NOT, NEAR/5, beginnings with *, lang:de, source:name.'),
        }

    def clean_text(self) -> str:
        """A query that cannot be read says where."""
        text: str = self.cleaned_data["text"]
        try:
            check_query(text)
        except Declined as declined:
            hints = " ".join(str(hint) for hint in declined.hints)
            raise forms.ValidationError(f"{declined.say} {hints}") from declined
        return text
