"""The API and its description, and the page of one's own tokens."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI, Router

from leitstand import __version__
from leitstand.api import problems
from leitstand.api.doors import channels, community, images, listening, posts, publications, strategy
from leitstand.api.entry import Bearer
from leitstand.api.views import tokens

app_name = "api"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]


class Api(NinjaAPI):
    """Refuses in one shape, whatever was asked."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        found, app, namespace = super().urls
        return [problems.in_our_shape(one) if isinstance(one, URLPattern) else one for one in found], app, namespace


api = Api(title="Leitstand", version=__version__, auth=Bearer(), urls_namespace="rest", docs_url="/docs")
for room in (channels, posts, images, publications, listening, community, strategy):
    api.add_router("/v1", room.router)
rest = Router()
api.add_router("/v1", rest)
for kind, handler in problems.HANDLERS.items():
    api.add_exception_handler(kind, handler)


@rest.api_operation(METHODS, "/{path:address}", include_in_schema=False)
def nowhere(request: HttpRequest, address: str) -> None:
    """Every other address."""
    raise Http404


urlpatterns = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke, name="revoke"),
]
