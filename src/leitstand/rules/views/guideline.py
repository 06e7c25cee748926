"""The guideline: read, sign, write, publish, see who has signed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.text.numbers import number_in
from leitstand.rules import guideline as writing
from leitstand.rules import queries
from leitstand.rules.models import Acknowledgement, Guideline
from leitstand.rules.sign import sign as signing


@needs()
@require_http_methods(["GET", "POST"])
def sign(request: PersonRequest) -> HttpResponseBase:
    """Shows the version in force; POST signs it, when the box is ticked."""
    language = _language()
    if request.method == "POST":
        if "read" not in request.POST:
            raise Declined(_("Tick that you have read it, then sign."))
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


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"


@needs("guideline.view")
def version(request: PersonRequest, number: int) -> HttpResponseBase:
    """One version as it was put in force, and who signed it."""
    found = queries.guideline_version(number)
    signed = found.acknowledgements.select_related("person").order_by("-at")
    return page(request, "rules/version.html", guideline=found, text=found.text(_language()), signed=signed)


@needs("guideline.edit")
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest) -> HttpResponseBase:
    """The draft of the next version, with a preview."""
    if request.method == "GET":
        draft = writing.begin()
        return page(request, "rules/edit.html", draft=draft, typed=draft)
    try:
        writing.save(**_typed(request.POST))
    except Declined as declined:
        return _again(request, declined)
    messages.success(request, _("Saved."))
    return see_other(request, reverse("rules:edit"))


def _typed(form: QueryDict) -> dict[str, str]:
    return {name: form.get(name, "") for name in ("seen", "text_de", "text_en", "note")}


def _again(request: PersonRequest, declined: Declined) -> HttpResponseBase:
    """The form with what was typed, beside what is kept now."""
    shown: dict[str, Any] = {"draft": writing.begin(), "typed": _typed(request.POST), "declined": declined}
    return page(request, "rules/edit.html", status=declined.status, **shown)


@needs("guideline.edit")
@require_POST
def publication(request: PersonRequest) -> HttpResponseBase:
    """Puts in force what stands in the form."""
    try:
        made = writing.publish_typed(**_typed(request.POST), by=request.user)
    except Declined as declined:
        return _again(request, declined)
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
