"""The company profile: facts on one page, service hours and region on another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leitstand.core import clock
from leitstand.core.company import profile, public_holidays, service_hours
from leitstand.core.forms.company import FactsForm, HoursAndZone
from leitstand.core.models import Company
from leitstand.core.pages import PersonRequest, needs, page, posted, see_other

NEXT_HOLIDAYS = 6


@needs("company.edit")
def company(request: PersonRequest) -> HttpResponseBase:
    form = FactsForm(posted(request), instance=Company.current())
    if request.method == "POST" and form.is_valid():
        profile.change(form.instance, list(form.changed_data), request.user)
        messages.success(request, _("Saved."))
        return see_other(request, reverse("core:company"))
    return page(request, "core/company.html", status=422 if form.errors else 200, form=form)


@needs("company.edit")
def hours(request: PersonRequest) -> HttpResponseBase:
    """Without JavaScript the button "Preview" shows the typed hours; with it the preview follows by itself."""
    form = HoursAndZone(Company.current(), posted(request))
    valid = request.method == "POST" and form.is_valid()
    if valid and "preview" not in request.POST and not request.headers.get("HX-Target"):
        profile.change(form.company(), form.changed(), request.user)
        messages.success(request, _("Saved."))
        return see_other(request, reverse("core:hours"))
    shown = form.company() if valid else Company.current()
    status = 422 if request.method == "POST" and not valid else 200
    return page(request, "core/hours.html", "preview", status=status, form=form, **preview(shown, request))


def preview(company: Company, request: HttpRequest) -> dict[str, object]:
    """Whether the desk is open now, when that changes, and the next holidays."""
    planned, now = service_hours.company_hours(company), clock.now()
    today = clock.local(now, planned.zone).date()
    return {
        "is_open": service_hours.is_open(now, planned),
        "changes_at": service_hours.next_change(now, planned),
        "holidays": public_holidays.ahead(
            company.country, company.holiday_region, today, NEXT_HOLIDAYS, get_language() or ""
        ),
        "always": not any(planned.week.values()),
    }
