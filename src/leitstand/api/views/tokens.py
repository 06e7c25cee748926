"""One's own tokens: made, shown once, revoked. Who manages people sees and revokes those of others too."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.api import tokens as making
from leitstand.api.models import Token
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.secrets import vault


@needs()
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: PersonRequest) -> HttpResponseBase:
    """A new token waits, sealed, for the one page that shows it: loading that page again makes no second one."""
    if request.method == "GET":
        return _page(request, fresh=vault.unseal(request.session.pop("fresh_token", "")).get("text"))
    try:
        _token, fresh = making.make(request.user, request.POST.get("name", ""), request.POST.getlist("scopes"))
    except Declined as problem:
        return _page(request, status=422, declined=problem)
    request.session["fresh_token"] = vault.seal({"text": fresh})
    return see_other(request, reverse("api:tokens"))


def _page(request: PersonRequest, status: int = 200, **more: Any) -> HttpResponseBase:
    rows, scopes = making.visible(request.user), Token.Scope.choices
    return page(request, "api/tokens.html", status=status, rows=rows, scopes=scopes, **more)


@needs()
@require_POST
def revoke(request: PersonRequest, token_id: int) -> HttpResponseBase:
    making.revoke(request.user, token_id)
    messages.success(request, _("Revoked."))
    return see_other(request, reverse("api:tokens"))
