"""The company profile changes: who changed what is an event."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event, record
from leitstand.core.models import Company, Person


@event("core.company_changed", _("Company profile changed"))
class CompanyChanged:
    fields: list[str]


@event("core.company_set_up", _("Set-up finished"))
class CompanySetUp:
    name: str


def change(company: Company, fields: list[str], by: Person) -> None:
    """Saves these fields of the company; nothing is recorded when none is named.

    The region of the holidays belongs to the country: another country begins without one.
    """
    if not fields:
        return
    if "country" in fields and "holiday_region" not in fields and company.holiday_region:
        company.holiday_region, fields = "", [*fields, "holiday_region"]
    with transaction.atomic():
        if Company.objects.filter(pk=1).exists():
            company.save(update_fields=fields)
        else:
            company.save(force_insert=True)
        record(CompanyChanged(sorted(fields)), by)


def finish_set_up(by: Person) -> None:
    """The wizard is done; a second time changes nothing."""
    with transaction.atomic():
        if Company.objects.filter(pk=1, set_up_at=None).update(set_up_at=timezone.now()):
            record(CompanySetUp(Company.current().name), by)
