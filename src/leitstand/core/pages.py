"""The way a view answers: whole page, or only the part htmx asked for; and who may enter at all."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.middleware import HtmxDetails

from leitstand.core.models import Person

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person
    htmx: HtmxDetails


View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def page(request: HttpRequest, template: str, part: str = "", status: int = 200, **context: Any) -> TemplateResponse:
    """Renders the template, or only its partial `part` when htmx asks for that (target id equals part)."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # django-htmx puts it there
    whole = htmx.boosted or htmx.history_restore_request
    wants_part = part and htmx and not whole and htmx.target in (part, None)
    shown = TemplateResponse(request, f"{template}#{part}" if wants_part else template, context, status=status)
    patch_vary_headers(shown, ["HX-Request"])  # else "back" may show a part where the page was
    patch_cache_control(shown, private=True, no_cache=True)
    return shown


def needs(permission: str = "") -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Only signed-in people who hold that permission; for others the page does not exist (404).

    The view carries it as `permission`, for whoever asks before a link or a button is shown.
    """

    def guard(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @functools.wraps(view)
        def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            person_request: PersonRequest = request  # type: ignore[assignment]  # its person was just looked at
            if permission and not person_request.user.may(permission):
                raise Http404
            return view(person_request, *args, **kwargs)

        enter.permission = permission  # type: ignore[attr-defined]  # told to the tests about roles
        return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], enter)

    return guard


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """A part that refreshes itself takes its whole page there, and the way back leads to that page."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # django-htmx puts it there
    if htmx and not htmx.boosted:
        return see_other(request, redirect_to_login(htmx.current_url_abs_path or "/").url)
    return redirect_to_login(request.get_full_path())


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


class SeeOther(HttpResponseRedirect):
    """303: go there with a GET, whatever brought you here."""

    status_code = 303


def see_other(request: HttpRequest, url: str) -> HttpResponse:
    """After a change: go there, for htmx by its own header."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # django-htmx puts it there
    if htmx and not htmx.boosted:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return SeeOther(url)
