"""The API and its description, and the page of one's own tokens."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from leitstand import __version__
from leitstand.api.doors import community, listening, posts, strategy
from leitstand.api.entry import Bearer
from leitstand.api.views import tokens
from leitstand.core.errors import Declined

app_name = "api"
api = NinjaAPI(title="Leitstand", version=__version__, auth=Bearer(), urls_namespace="rest", docs_url="/docs")
for room in (posts, listening, community, strategy):
    api.add_router("/v1", room.router)


@api.exception_handler(Declined)
def explain(request: HttpRequest, error: Declined) -> HttpResponse:
    """The same words as in the pages."""
    body = {"error": str(error.say), "hints": [str(hint) for hint in error.hints]}
    return api.create_response(request, body, status=error.status)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"error": "not found", "hints": []}, status=404)


urlpatterns = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke, name="revoke"),
]
