"""Invitations, joining, roles, duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.core.models import Person
from leitstand.core.people.roles import Role
from leitstand.core.queries import colleagues


def role_boxes() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    roles = role_boxes()


class RolesForm(forms.Form):
    roles = role_boxes()


class AccountForm(forms.Form):
    """Name and password of somebody who joins."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. Several words in a row are strong and easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": "10"}),
    )


class FirstAccountForm(AccountForm):
    """The very first person also says where mail reaches them."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("You sign in with it."))
    field_order = ("name", "email", "password")


class HolderForm(forms.Form):
    """Who is accountable for a duty, and who stands in."""

    accountable = forms.ModelChoiceField(
        label=_("Accountable"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody (vacant)")
    )
    deputy = forms.ModelChoiceField(
        label=_("Deputy"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("accountable", "deputy"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = colleagues()
