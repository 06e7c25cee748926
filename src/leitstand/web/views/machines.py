"""For machines: is it well, and its icon."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import never_cache

from leitstand.web.health import health


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all do their work, else 503; says which part does not."""
    state = health()
    return JsonResponse(state, status=200 if set(state.values()) <= {"ok", "short"} else 503)


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address whatever the page says."""
    return HttpResponse(status=301, headers={"Location": static("core/img/favicon.svg")})
