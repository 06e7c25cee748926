"""Who is accountable for a duty, and who stands in."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leitstand.core.duties import DUTIES
from leitstand.core.errors import Declined
from leitstand.core.events import event, record
from leitstand.core.models import DutyHolder, Person


@event("core.duty_assigned", _("Duty assigned"))
class DutyAssigned:
    code: str
    accountable_id: int | None
    deputy_id: int | None


def assign(code: str, accountable: Person | None, deputy: Person | None, by: Person) -> None:
    """Sets both; None leaves the place vacant. Declined when somebody should stand in for themselves."""
    if accountable is not None and accountable == deputy:
        raise Declined(_("The deputy must be somebody else."))
    first, second = (person.pk if person else None for person in (accountable, deputy))
    with transaction.atomic():
        DutyHolder.objects.update_or_create(code=code, defaults={"accountable": accountable, "deputy": deputy})
        record(DutyAssigned(code, first, second), by)


def take_vacant(by: Person) -> int:
    """Takes all vacant duties upon oneself, until others are found; returns how many."""
    staffed = {code for code, holder in holders().items() if holder.accountable}
    vacant = [duty.code for duty in DUTIES if duty.code not in staffed]
    with transaction.atomic():
        for code in vacant:
            known = holders().get(code)
            deputy = known.deputy if known else None
            assign(code, by, None if deputy == by else deputy, by)
    return len(vacant)


def holders() -> dict[str, DutyHolder]:
    """By duty code; people whose account is closed hold nothing."""
    found = {holder.code: holder for holder in DutyHolder.objects.select_related("accountable", "deputy")}
    for holder in found.values():
        holder.accountable = holder.accountable if holder.accountable and holder.accountable.is_active else None
        holder.deputy = holder.deputy if holder.deputy and holder.deputy.is_active else None
    return found


def duties_of(person: Person) -> list[str]:
    """Codes of the duties the person is accountable for, or stands in for."""
    return [code for code, holder in holders().items() if person in (holder.accountable, holder.deputy)]
