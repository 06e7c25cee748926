"""All rules with their reasons, and the company's switches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.rules import waive as waiving
from leitstand.rules.checks import ALL
from leitstand.rules.models import Switch, Waiver


@needs("guideline.view")
def rules(request: PersonRequest) -> HttpResponseBase:
    """The catalogue."""
    switches = {row.rule: row for row in Switch.objects.select_related("by")}
    lines = [(rule, switches.get(rule.slug)) for rule in ALL]
    waivers = Waiver.objects.select_related("by").order_by("-at")[:20]
    return page(request, "rules/rules.html", lines=lines, waivers=waivers, severities=Switch.Severity.choices)


@needs("rule.edit")
@require_POST
def switch(request: PersonRequest, slug: str) -> HttpResponseBase:
    waiving.switch(slug, request.POST.get("severity", ""), request.POST.get("reason", ""), request.user)
    messages.success(request, _("Saved."))
    return see_other(request, reverse("rules:rules") + f"#{slug}")


@needs("rule.waive")
@require_POST
def waive(request: PersonRequest) -> HttpResponseBase:
    """An exception for the content with this hash; comes back to where it was asked for."""
    data = request.POST
    waiving.waive(data.get("rule", ""), data.get("content_hash", ""), data.get("reason", ""), request.user)
    messages.success(request, _("Noted with your name and reason."))
    back = data.get("back", "")
    return see_other(request, back if back.startswith("/") and not back.startswith("//") else reverse("rules:rules"))
