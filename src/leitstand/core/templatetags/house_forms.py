"""Forms: Django's fields in the house's dress, readable for screen readers."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

from leitstand.core.errors import Text

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def join(register: template.Library) -> None:
    register.inclusion_tag("components/field.html")(field)
    register.inclusion_tag("components/fields.html")(fields)
    register.inclusion_tag("components/form_errors.html")(form_errors)
    register.inclusion_tag("components/submit.html")(submit)


def field(
    bound: BoundField,
    label: Text | None = None,
    help: Text | None = None,
    hidden_label: bool = False,
    switch: bool = False,
    optional: bool = True,
    **attributes: Any,
) -> dict[str, Any]:
    """Label, control, help and errors of one field. Other keywords become attributes: `hx_get` is hx-get.

    `optional` False: it does not say that it may stay empty, for what is needed later.
    """
    kind = _kind(bound)
    if kind == "choices":
        bound.field.widget.attrs.setdefault("class", "form-check-input")
    shown = bound.label if label is None else label
    help_text = bound.help_text if help is None else help
    dashed = {key.replace("_", "-"): value for key, value in attributes.items()}
    control = _control(bound, kind, bool(help_text), dashed)
    facts = {"bound": bound, "kind": kind, "label": shown, "help": help_text, "control": control}
    return {**facts, "hidden_label": hidden_label, "switch": switch, "optional": optional and kind == "plain"}


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, CHOICES):
        return "choices"
    if widget.is_hidden:
        return "hidden"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


def _control(bound: BoundField, kind: str, has_help: bool, attributes: dict[str, Any]) -> SafeString:
    attrs = {key: value for key, value in attributes.items() if value not in (None, False)}
    described = [f"{bound.auto_id}_help"] * has_help + [f"{bound.auto_id}_error"] * bool(bound.errors)
    if described and kind != "hidden":
        attrs["aria-describedby"] = " ".join(described)
    if kind != "hidden":
        attrs["class"] = _classes(bound, kind, attrs.get("class", ""))
    return bound.as_widget(attrs=attrs)


def _classes(bound: BoundField, kind: str, extra: str) -> str:
    base = {"checkbox": "form-check-input", "choices": "form-check-input"}.get(kind, "form-control")
    if kind == "plain" and isinstance(bound.field.widget, forms.Select):
        base = "form-select"
    own = bound.field.widget.attrs.get("class", "")
    return " ".join(word for word in (base, own, extra, "is-invalid" if bound.errors else "") if word)


def fields(form: forms.BaseForm, placeholder: str | None = None) -> dict[str, Any]:
    """All fields of the form, hidden ones too, in their order. `placeholder=""` drops the widgets' own ones."""
    return {"form": form, "placeholder": placeholder}


def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong, on top of the form, each with a link to its field; nothing when all is well."""
    wrong = [bound for bound in form if bound.errors] if form.is_bound else []
    return {"form": form, "wrong": wrong, "general": form.non_field_errors() if form.is_bound else []}


def submit(label: Text, icon: str = "", cancel: str = "", tone: str = "primary", **button: Any) -> dict[str, Any]:
    """The form's main button, and a way out. `name`, `value`, `confirm` and `shortcut` belong to the button."""
    return {"label": label, "icon": icon, "cancel": cancel, "tone": {"red": "danger"}.get(tone, tone), **button}
