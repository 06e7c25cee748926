"""Keeps zero characters out: PostgreSQL keeps none, and nobody means one.

Out of what is typed they are taken; a path with one leads nowhere (404), a cookie with one counts as none. Stands
before all pages and before the session, so that none of them has to think of it. JSON is left to those who read it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _

NULL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class WithoutNullCharacters:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if NULL not in value}
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _clean(request.GET)
        if request.method == "POST" and request.content_type in FORMS and _holds_null(request.POST):
            request.POST = _clean(request.POST)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Said here, when the language of the page is known."""
        if NULL in request.path:
            raise Http404

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A form was sent where JSON is read, and has been read here already."""
        if not isinstance(error, RawPostDataException):
            return None
        return JsonResponse({"error": _("This address takes JSON, not a form."), "hints": []}, status=415)


def _holds_null(typed: QueryDict) -> bool:
    return any(NULL in value for _name, values in typed.lists() for value in values)


def _clean(typed: QueryDict) -> Any:
    kept = QueryDict(mutable=True, encoding=typed.encoding)
    for name, values in typed.lists():
        kept.setlist(name, [value.replace(NULL, "") for value in values])
    kept._mutable = False
    return kept
