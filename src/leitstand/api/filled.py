"""The forms of the pages, filled in by programs: the same checks, told in the shape of the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import ModelForm, model_to_dict
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Declined


def filled(form: type[ModelForm[Any]], given: Mapping[str, Any], row: Any, **more: Any) -> Any:
    """The row as the form makes it of what is given, unsaved; the rest keeps its value. Declined: a wrong value."""
    known = model_to_dict(row, form._meta.fields)
    bound = form({**known, **given}, instance=row, **more)
    if not bound.is_valid():
        raise Declined(_("Some of what was sent cannot be taken."), hints=list(_lines(bound)))
    return bound.save(commit=False)


def _lines(form: ModelForm[Any]) -> Iterator[str]:
    for name, errors in form.errors.items():
        yield from (f"{name}: {error}" for error in errors)
