"""The guideline: read, sign, write, publish, see who has signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.core.numbers import number_in
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.rules import guideline as writing
from leitstand.rules import queries
from leitstand.rules.models import Acknowledgement, Guideline
from leitstand.rules.sign import sign as signing


@needs()
@require_http_methods(["GET", "POST"])
def sign(request: PersonRequest) -> HttpResponseBase:
    """Shows the version in force; POST signs it."""
    language = "de" if (get_language() or "").startswith("de") else "en"
    if request.method == "POST":
        number = number_in(request.POST.get("number", ""))
        signing(request.user, number or 0, request.POST.get("language", language))
        messages.success(request, _("Signed. Thank you."))
        return see_other(request, reverse("rules:sign"))
    current = queries.current_guideline()
    shown: dict[str, Any] = {
        "guideline": current,
        "language": language,
        "text": current.text(language) if current else "",
    }
    return page(request, "rules/sign.html", signed=bool(current and queries.has_signed(request.user, current)), **shown)


@needs("guideline.edit")
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest) -> HttpResponseBase:
    """The draft of the next version, with a preview."""
    draft = writing.begin()
    if request.method == "POST":
        _keep(draft, request.POST)
        messages.success(request, _("Saved."))
        return see_other(request, reverse("rules:edit"))
    return page(request, "rules/edit.html", draft=draft, current=queries.current_guideline())


def _keep(draft: Guideline, typed: QueryDict) -> None:
    writing.save(draft, typed.get("text_de", ""), typed.get("text_en", ""), typed.get("note", ""))


@needs("guideline.edit")
@require_POST
def publication(request: PersonRequest) -> HttpResponseBase:
    """Puts the draft in force, as it stands in the form where it comes from there."""
    if "text_de" in request.POST:
        _keep(writing.begin(), request.POST)
    made = writing.publish(request.user)
    messages.success(request, _("Version %(n)d is in force. Everybody is asked to sign.") % {"n": made.number or 0})
    return see_other(request, reverse("rules:signatures"))


@needs("guideline.view")
def signatures(request: PersonRequest) -> HttpResponseBase:
    """Who has signed the version in force, and who has not."""
    current = queries.current_guideline()
    signed = (
        Acknowledgement.objects.filter(guideline=current).select_related("person").order_by("-at") if current else []
    )
    versions = Guideline.objects.exclude(number=None).select_related("published_by")
    return page(
        request,
        "rules/signatures.html",
        guideline=current,
        signed=signed,
        unsigned=queries.unsigned_people(),
        versions=versions,
    )


@needs("guideline.edit")
@require_POST
def reminder(request: PersonRequest) -> HttpResponseBase:
    told = writing.ask_to_sign()
    messages.success(request, _("Reminded: %(n)d") % {"n": told})
    return see_other(request, reverse("rules:signatures"))
