"""The own profile: name, language, how notifications arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leitstand.core import alarms
from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.core.people.membership import LONGEST_NAME
from leitstand.core.text.one_line import one_line

if TYPE_CHECKING:  # generic for mypy only: ModelForm takes no type at run time
    PersonModelForm = forms.ModelForm[Person]
else:
    PersonModelForm = forms.ModelForm

AT_MOST = 5


class ProfileForm(PersonModelForm):
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser says")), *settings.LANGUAGES]
    )

    class Meta:
        model = Person
        fields: ClassVar = ["name", "language", "wants_mail"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"], LONGEST_NAME)


class AlarmForm(forms.Form):
    """One alarm address a line; each is checked before it is kept."""

    addresses = forms.CharField(
        label=_("Alarm addresses"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One address a line, in the notation of Apprise, for example ntfys://my-secret-topic."),
    )

    def clean_addresses(self) -> list[str]:
        wanted = list(dict.fromkeys(self.cleaned_data["addresses"].split()))
        if len(wanted) > AT_MOST:
            raise forms.ValidationError(_("At most five alarm addresses."))
        problems = [problem for problem in map(_problem, wanted) if problem]
        if problems:
            raise forms.ValidationError(problems)
        return wanted


def _problem(address: str) -> Any:
    try:
        alarms.check(address)
    except Declined as declined:
        return declined.say
    return ""
