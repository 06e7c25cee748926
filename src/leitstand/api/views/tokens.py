"""One's own tokens: made, shown once, revoked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.api import tokens as making
from leitstand.api.models import Token
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other


@needs()
@require_http_methods(["GET", "POST"])
def tokens(request: PersonRequest) -> HttpResponseBase:
    fresh, declined = "", None
    if request.method == "POST":
        try:
            _token, fresh = making.make(request.user, request.POST.get("name", ""), request.POST.getlist("scopes"))
        except Declined as problem:
            declined = problem
    rows = Token.objects.filter(person=request.user, revoked_at=None)
    shown: dict[str, Any] = {"rows": rows, "fresh": fresh, "declined": declined, "scopes": Token.Scope.choices}
    return page(request, "api/tokens.html", status=422 if declined else 200, **shown)


@needs()
@require_POST
def revoke(request: PersonRequest, token_id: int) -> HttpResponseBase:
    making.revoke(request.user, token_id)
    messages.success(request, _("Revoked."))
    return see_other(request, reverse("api:tokens"))
