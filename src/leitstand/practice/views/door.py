"""The door of the API: methods, bearer tokens, rate limit, and every refusal as JSON."""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from leitstand.practice import accounts
from leitstand.practice.models import Account
from leitstand.practice.refusals import Refusal, SlowDown

Open = Callable[..., JsonResponse]
MOST_BODY = 200_000


def open_to_all(*methods: str) -> Callable[[Open], Callable[..., HttpResponse]]:
    """An address for anybody; refusals become JSON with their status."""

    def wrap(view: Open) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def enter(request: HttpRequest, **ids: Any) -> HttpResponse:
            if request.method not in methods:
                return _no(Refusal("this method is not allowed here", 405))
            try:
                return view(request, **ids)
            except Refusal as refusal:
                return _no(refusal)

        return csrf_exempt(enter)

    return wrap


def for_accounts(*methods: str) -> Callable[[Open], Callable[..., HttpResponse]]:
    """An address for the holder of a token; each call counts against the account's rate limit."""

    def wrap(view: Open) -> Callable[..., HttpResponse]:
        @open_to_all(*methods)
        @functools.wraps(view)
        def enter(request: HttpRequest, **ids: Any) -> JsonResponse:
            account = _account(request)
            try:
                if accounts.left_of(account) < 0:
                    raise SlowDown("too many calls", max(1, accounts.resets_at(account) - int(time.time())))
                answer = view(request, account, **ids)
            except Refusal as refusal:
                answer = _no(refusal)
            return _with_budget(answer, account)

        return enter

    return wrap


def _account(request: HttpRequest) -> Account:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    account = accounts.spend(token.strip()) if scheme.lower() == "bearer" else None
    if account is None:
        raise Refusal("this token is not known", 401)
    return account


def _with_budget(answer: JsonResponse, account: Account) -> JsonResponse:
    answer["X-RateLimit-Limit"] = str(accounts.PER_WINDOW)
    answer["X-RateLimit-Remaining"] = str(max(0, accounts.left_of(account)))
    answer["X-RateLimit-Reset"] = str(accounts.resets_at(account))
    return answer


def _no(refusal: Refusal) -> JsonResponse:
    answer = JsonResponse({"error": refusal.reason}, status=refusal.status)
    if isinstance(refusal, SlowDown):
        answer["Retry-After"] = str(refusal.after)
    return answer


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the call."""
    try:
        body = json.loads(request.body) if len(request.body) <= MOST_BODY else None
    except (ValueError, RecursionError):  # the latter: nested too deep
        body = None
    if not isinstance(body, dict):
        raise Refusal("a JSON object is expected", 400)
    return body


def words(body: dict[str, Any], *names: str) -> dict[str, str]:
    """Text fields; what is missing is empty."""
    return {name: keepable(str(body.get(name) or "")) for name in names}


def several(body: dict[str, Any], name: str) -> list[str]:
    """A list of texts; missing is empty."""
    found = body.get(name) or []
    if not isinstance(found, list):
        raise Refusal(f"{name} is a list")
    return [keepable(str(one)) for one in found]


def keepable(text: str) -> str:
    """The text without what PostgreSQL does not keep: NUL, and halves of letters that JSON may hold."""
    return text.replace("\0", "").encode(errors="ignore").decode()
