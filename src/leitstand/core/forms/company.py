"""The company profile: facts, languages and countries, time zone, service hours, region of the holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from leitstand.core.company import public_holidays
from leitstand.core.company.countries import choices as countries
from leitstand.core.company.languages import choices as languages
from leitstand.core.forms.hours import HoursForm
from leitstand.core.models import Company

if TYPE_CHECKING:  # generic for mypy only: ModelForm takes no type at run time
    CompanyModelForm = forms.ModelForm[Company]
else:
    CompanyModelForm = forms.ModelForm


def time_zones() -> list[tuple[str, str]]:
    """Zones named after a place, with spaces instead of underscores."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [(name, name.replace("_", " ")) for name in ("UTC", *names)]


def regions(country: str) -> list[tuple[str, Any]]:
    return [("", _("Whole country")), *public_holidays.regions(country)]


def chosen_first(choices: list[Any], chosen: list[str]) -> list[Any]:
    """What is ticked stands above the long rest, in its own order."""
    place = {code: number for number, code in enumerate(chosen)}
    return sorted(choices, key=lambda choice: place.get(choice[0], len(place)))


class FactsForm(CompanyModelForm):
    """Legal facts, languages and markets."""

    country = forms.ChoiceField(label=_("Country"), choices=countries)
    markets = forms.MultipleChoiceField(
        label=_("Countries we sell in"),
        choices=countries,
        required=False,
        help_text=_("Decides which national rules are checked."),
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages we write in"),
        choices=languages,
        help_text=_("The first one in the list is the language of mails to people who chose none."),
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    imprint_url = forms.URLField(
        label=_("Address of the imprint"),
        required=False,
        assume_scheme="https",
        help_text=_("Profiles on networks must link to it in Germany and Austria."),
    )

    public_contacts = forms.CharField(
        label=_("Public contacts"),
        required=False,
        max_length=2_000,
        help_text=_("Your own e-mail addresses and telephone numbers, one a line. Posts may name them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Company
        fields: ClassVar = [
            "name",
            "legal_form",
            "street",
            "postal_code",
            "city",
            "country",
            "markets",
            "languages",
            "website",
            "imprint_url",
            "public_contacts",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("markets", countries()), ("languages", languages())):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = chosen_first(choices, self[name].value() or [])


class ZoneForm(CompanyModelForm):
    """Time zone and region; the regions are those of the company's country."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    holiday_region = forms.ChoiceField(
        label=_("Region for public holidays"),
        required=False,
        help_text=_("On public holidays the service clock stands still."),
    )

    class Meta:
        model = Company
        fields: ClassVar = ["time_zone", "holiday_region"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["holiday_region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = regions(self.instance.country)


class HoursAndZone:
    """Service hours, zone and region belong on one page: both forms as one."""

    def __init__(self, company: Company, data: Any = None) -> None:
        self.zone = ZoneForm(data, instance=company)
        self.hours = HoursForm(data, week=company.service_hours)

    def is_valid(self) -> bool:
        return all([self.zone.is_valid(), self.hours.is_valid()])

    def changed(self) -> list[str]:
        return [*self.zone.changed_data, *(["service_hours"] if self.hours.changed_data else [])]

    def company(self) -> Company:
        """The company as typed, not saved."""
        company: Company = self.zone.instance
        company.service_hours = self.hours.cleaned_data["week"]
        return company
