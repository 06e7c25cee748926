"""Takes zero characters out of everything that is typed: PostgreSQL keeps none, and nobody means one.

Stands before all pages, so that none of them has to think of it. JSON is left to those who read it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NULL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def without_null_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _clean(request.GET)
        if request.method == "POST" and request.content_type in FORMS and _holds_null(request.POST):
            request.POST = _clean(request.POST)
        return get_response(request)

    return middleware


def _holds_null(typed: QueryDict) -> bool:
    return any(NULL in value for _name, values in typed.lists() for value in values)


def _clean(typed: QueryDict) -> Any:
    kept = QueryDict(mutable=True, encoding=typed.encoding)
    for name, values in typed.lists():
        kept.setlist(name, [value.replace(NULL, "") for value in values])
    kept._mutable = False
    return kept
