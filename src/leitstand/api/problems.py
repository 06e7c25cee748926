"""How the API says no: one shape for every refusal, in the language of the caller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError

from leitstand.api.shapes.parts import Problem
from leitstand.core.errors import Declined, Text, in_json

DECLINED = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 422, 503, 507), Problem)
"""What every door may answer besides what it is there for."""
SAY: dict[int, Text] = {
    400: gettext_lazy("The body is no JSON that can be read."),
    401: gettext_lazy("The token is missing or not valid any more."),
    404: gettext_lazy("Not there, or not for you."),
    405: gettext_lazy("This address does not know this method."),
}
# The kinds of pydantic, or how they begin: https://docs.pydantic.dev/latest/errors/validation_errors/
WRONG: dict[str, Text] = {
    "missing": gettext_lazy("is missing"),
    "extra_forbidden": gettext_lazy("is not known here"),
    "literal_error": gettext_lazy("must be one of %(expected)s"),
    "string_too_long": gettext_lazy("may have at most %(max_length)s characters"),
    "string_pattern_mismatch": gettext_lazy("must match %(pattern)s"),
    "greater_than_equal": gettext_lazy("must be at least %(ge)s"),
    "less_than_equal": gettext_lazy("may be at most %(le)s"),
    "decimal_max_digits": gettext_lazy("may have at most %(max_digits)s digits"),
    "decimal_whole_digits": gettext_lazy("may have at most %(whole_digits)s digits before the point"),
    "decimal_max_places": gettext_lazy("may have at most %(decimal_places)s digits after the point"),
    "value_error": "%(error)s",
    "string": gettext_lazy("must be a text"),
    "int": gettext_lazy("must be a whole number"),
    "decimal": gettext_lazy("must be a number"),
    "finite": gettext_lazy("must be a number"),
    "bool": gettext_lazy("must be true or false"),
    "datetime": gettext_lazy("must be a time like 2026-12-01T09:00"),
    "list": gettext_lazy("must be a list"),
    "model": gettext_lazy("must be an object"),
}


def said(status: int, error: Text, hints: Iterable[Text] = ()) -> HttpResponse:
    """The one shape of a refusal."""
    answer: HttpResponse = in_json(status, error, hints)
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def declined(request: HttpRequest, error: Declined) -> HttpResponse:
    """The same words as in the pages."""
    return said(error.status, error.say, error.hints)


def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return said(404, SAY[404])


def unheard(request: HttpRequest, error: HttpError) -> HttpResponse:
    """No token, or a body that cannot be read."""
    return said(error.status_code, SAY.get(error.status_code, error.message))


def wrong_fields(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each wrong field with what is wrong about it."""
    return said(422, _("Some of what was sent cannot be taken."), map(_line, error.errors))


def _line(one: dict[str, Any]) -> str:
    kind, facts = one["type"], one.get("ctx", {})
    begins = next((word for word in (kind, kind.split("_")[0]) if word in WRONG), "")
    what = str(WRONG[begins]) % facts if begins else one["msg"]
    return f"{_place(one['loc'])}: {what}"


def _place(steps: Sequence[str | int]) -> str:
    """Where in what was sent: without the part of the request and the name our door has for the body."""
    within = steps[2:] if steps[0] == "body" and len(steps) > 2 else steps[1:]
    return ".".join(str(step) for step in within)


def in_our_shape(door: URLPattern) -> URLPattern:
    """An address that does not know the method says so like all the others."""
    answered = door.callback

    @wraps(answered)
    def view(request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        answer = answered(request, *arguments, **named)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        refusal = said(405, SAY[405])
        refusal.headers["Allow"] = answer.headers["Allow"]
        return refusal

    door.callback = view
    return door


HANDLERS: dict[type[Exception], Any] = {
    Declined: declined,
    Http404: not_there,
    HttpError: unheard,
    ValidationError: wrong_fields,
}
