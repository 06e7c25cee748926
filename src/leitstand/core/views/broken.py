"""What people and programs see when a request was ended before its end: by a fault of ours, a database that is away,
a disk that is full, too many tries, or because nobody could understand it."""

from __future__ import annotations

import secrets
import sys
from http import HTTPStatus

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request, server_error

from leitstand.core.errors import in_json
from leitstand.core.machine import space

BACK_IN = 10
"""Seconds after which a browser or a program may ask again."""
SAY = {
    HTTPStatus.BAD_REQUEST: _("This request was not understood."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The body is too large."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Something broke on our side. Nothing of this request was kept."),
    HTTPStatus.SERVICE_UNAVAILABLE: _("Leitstand is starting, being updated, or waiting for its database."),
    HTTPStatus.INSUFFICIENT_STORAGE: _(
        "Nothing can be stored at the moment: the disk is full, or the database takes nothing in."
    ),
}


def broken(request: HttpRequest) -> HttpResponse:
    """Django calls it while the exception is at hand. Its page asks the database nothing."""
    error = sys.exc_info()[1]
    if space.is_why(error):
        return _later(request, HTTPStatus.INSUFFICIENT_STORAGE)
    if isinstance(error, OperationalError | InterfaceError):
        return _later(request, HTTPStatus.SERVICE_UNAVAILABLE)
    return _told(request, HTTPStatus.INTERNAL_SERVER_ERROR) or server_error(request)


def too_many(request: HttpRequest) -> HttpResponse:
    """The sign-in calls it for a limit that is reached, and also when it could not count: the table took nothing."""
    if not cache.add(f"probe:{secrets.token_hex(8)}", True, timeout=1):
        return _later(request, HTTPStatus.INSUFFICIENT_STORAGE)
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also what is too large to be read."""
    too_large = isinstance(exception, RequestDataTooBig)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST
    answer = _told(request, status) or bad_request(request, exception)
    answer.status_code = status
    return answer


def _later(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """It may go another time."""
    answer = _told(request, status) or server_error(request, f"{status.value}.html")
    answer.status_code = status
    answer["Retry-After"] = str(BACK_IN)
    return answer


def _told(request: HttpRequest, status: HTTPStatus) -> HttpResponse | None:
    """The answer where a program asks; it has no use for a page."""
    return in_json(status, SAY[status]) if request.path.startswith("/api/") else None
