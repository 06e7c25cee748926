"""What happens around every request: language and zone, content security policy, declined steps."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.utils import timezone, translation

from leitstand.core.errors import Declined, in_json
from leitstand.core.models import Company, Person

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


HEALTH = "/healthz"
OPEN_BEFORE_SET_UP = (HEALTH, "/welcome/", "/static/", "/i18n/", "/favicon.ico", "/api/", "/practice/")


def language_and_time_zone(get_response: GetResponse) -> GetResponse:
    """Cookie first (the switch in the page), then the person's own language, then the browser's.

    The health check passes untouched: it must answer without a database.
    """
    go_on = first_run(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == HEALTH:
            return get_response(request)
        with translation.override(_language(request)), timezone.override(ZoneInfo(Company.current().time_zone)):
            request.LANGUAGE_CODE = translation.get_language()
            response = go_on(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


def _language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    own = getattr(request.user, "language", "")
    known = dict(settings.LANGUAGES)
    return next((code for code in (chosen, own) if code in known), translation.get_language_from_request(request))


def first_run(get_response: GetResponse) -> GetResponse:
    """As long as nobody has an account, every page leads to the welcome page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        known = request.user.is_authenticated or request.path.startswith(OPEN_BEFORE_SET_UP)
        if known or Person.objects.exists():
            return get_response(request)
        return redirect("web:welcome")

    return middleware


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Nothing from other hosts, no inline script, no inline style (https://www.w3.org/TR/CSP3/)."""
    policy = "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            " ".join(["form-action 'self'", *_sign_in_servers()]),
            "frame-ancestors 'none'",
        ]
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def way_back(get_response: GetResponse) -> GetResponse:
    """A step's own address, opened as a page (by the language switch, a bookmark), leads to the page it belongs to."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        opened = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not opened or request.path.startswith("/api/"):
            return response
        return redirect(_page_above(request.path))

    return middleware


def _page_above(path: str) -> str:
    while (path := path.rstrip("/").rpartition("/")[0] + "/") != "/" and not is_valid_path(path):
        pass
    return path


def _sign_in_servers() -> list[str]:
    """Signing in by OpenID Connect is a form that leads there, and browsers hold redirects of a form to the policy."""
    parts = urlsplit(settings.OIDC_URL)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


class ExplainDeclined:
    """Turns `Declined` into a page, an htmx partial or JSON that says what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Declined):
            return None
        # Without a second voice it is for the person alone to mend, and no news for the operator.
        level = logging.INFO if error.detail == str(error.say) else logging.WARNING
        log.log(level, "%s: %s", request.path, error.detail)
        if request.path.startswith("/api/"):
            return in_json(error.status, error.say, error.hints)
        part = "#message" if getattr(request, "htmx", False) else ""
        return render(request, f"core/declined.html{part}", {"error": error}, status=error.status)
