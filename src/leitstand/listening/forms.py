"""What people type into listening."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.listening.models import Query


class QueryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A query with a name."""

    class Meta:
        model = Query
        fields: ClassVar = ["name", "text", "is_active"]
        help_texts: ClassVar = {
            "text": _('Words, "phrases", OR, NOT, NEAR/5, beginnings with *, lang:de, source:name.'),
        }
