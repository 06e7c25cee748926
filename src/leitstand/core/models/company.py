"""The company this installation belongs to: one row."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, nine to five; keys are weekdays, 0 is Monday."""
    return {str(day): [["09:00", "17:00"]] for day in range(5)}


class Company(models.Model):
    """Legal facts, languages, time zone, service hours. `holiday_region` is a subdivision as in ISO 3166-2."""

    name = models.CharField(_("Name"), max_length=200)
    legal_form = models.CharField(_("Legal form"), max_length=60, blank=True, default="")
    street = models.CharField(_("Street and number"), max_length=200, blank=True, default="")
    postal_code = models.CharField(_("Postal code"), max_length=20, blank=True, default="")
    city = models.CharField(_("Town"), max_length=100, blank=True, default="")
    country = models.CharField(_("Country"), max_length=2, default="DE")
    markets = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("Countries we sell in")
    )
    languages = ArrayField(
        models.CharField(max_length=5), default=list, blank=True, verbose_name=_("Languages we write in")
    )
    website = models.URLField(_("Web site"), blank=True, default="")
    imprint_url = models.URLField(_("Address of the imprint"), blank=True, default="")
    public_contacts = models.TextField(_("Public contacts"), blank=True, default="")
    time_zone = models.CharField(_("Time zone"), max_length=60, default="Europe/Berlin")
    holiday_region = models.CharField(_("Region for public holidays"), max_length=10, blank=True, default="")
    service_hours = models.JSONField(_("Service hours"), default=office_hours)
    is_demo = models.BooleanField(default=False)
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="company_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Company:
        """The company, or an unsaved one with defaults when none was set up yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def own_contacts(self) -> tuple[str, ...]:
        """What may stand in a post: the addresses and numbers that were entered, and the company's own address."""
        lines = [line.strip() for line in self.public_contacts.splitlines()]
        home = f"{self.street} {self.postal_code} {self.city}" if self.street else ""
        return tuple(line for line in (*lines, home) if line)

    @property
    def is_set_up(self) -> bool:
        return self.set_up_at is not None
