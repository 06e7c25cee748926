"""The API of the practice network, version 1: JSON, bearer tokens, honest status codes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from leitstand.practice import timeline
from leitstand.practice.models import Account, Picture, Post
from leitstand.practice.people import BY_HANDLE

P = ParamSpec("P")
PER_WINDOW, WINDOW = 3_000, 300
IMAGES = {"image/jpeg", "image/png", "image/webp"}


class Halt(Exception):
    """Ends the call with a status and a reason."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason


def endpoint(*methods: str) -> Callable[[Callable[P, JsonResponse]], Callable[P, HttpResponse]]:
    """Allowed methods; every refusal as JSON."""

    def wrap(view: Callable[P, JsonResponse]) -> Callable[P, HttpResponse]:
        def call(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request: HttpRequest = args[0]  # type: ignore[assignment]
            if request.method not in methods:
                return JsonResponse({"error": "method not allowed"}, status=405)
            try:
                return view(*args, **kwargs)
            except Halt as halt:
                return JsonResponse({"error": halt.reason}, status=halt.status)
            except timeline.BadRequest as refusal:
                return JsonResponse({"error": str(refusal)}, status=422)

        return csrf_exempt(call)

    return wrap


def authorized(
    view: Callable[Concatenate[HttpRequest, Account, P], JsonResponse],
) -> Callable[Concatenate[HttpRequest, P], JsonResponse]:
    """Finds the account of the token and keeps its rate limit."""

    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        account = timeline.account_of(token) if scheme == "Bearer" else None
        if account is None:
            raise Halt(401, "this token is not known")
        left = _spend(account)
        response = (
            view(request, account, *args, **kwargs) if left >= 0 else JsonResponse({"error": "slow down"}, status=429)
        )
        reset = int(time.time()) // WINDOW * WINDOW + WINDOW
        response.headers.update(
            {
                "X-RateLimit-Limit": str(PER_WINDOW),
                "X-RateLimit-Remaining": str(max(left, 0)),
                "X-RateLimit-Reset": str(reset),
            }
        )
        if left < 0:
            response.headers["Retry-After"] = str(reset - int(time.time()))
        return response

    return enter


def _spend(account: Account) -> int:
    """Calls left in this window of five minutes; negative: none."""
    mark = f"practice-{account.pk}-{int(time.time()) // WINDOW}"
    cache.add(mark, 0, WINDOW)
    try:
        return PER_WINDOW - cache.incr(mark)
    except ValueError:
        return PER_WINDOW


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise Halt(400, "this is not JSON") from error
    if not isinstance(body, dict):
        raise Halt(400, "an object is expected")
    return body


@endpoint("POST")
def accounts(request: HttpRequest) -> JsonResponse:
    body = _json(request)
    account, token = timeline.open_account(str(body.get("handle", "")), str(body.get("name", "")))
    return JsonResponse(_account(account) | {"token": token}, status=201)


@endpoint("GET")
@authorized
def me(request: HttpRequest, account: Account) -> JsonResponse:
    return JsonResponse(_account(account))


@endpoint("GET")
@authorized
def my_figures(request: HttpRequest, account: Account) -> JsonResponse:
    return JsonResponse(timeline.account_figures(account))


@endpoint("POST")
@authorized
def media(request: HttpRequest, account: Account) -> JsonResponse:
    upload = request.FILES.get("file")
    if upload is None or upload.content_type not in IMAGES or (upload.size or 0) > 8_000_000:
        raise Halt(422, "an image of at most 8 MB is expected")
    picture = Picture(account=account, mime=upload.content_type, alt=request.POST.get("alt", "")[:1500])
    picture.file.save(f"{account.pk}.{upload.content_type.split('/')[1]}", ContentFile(upload.read()))
    return JsonResponse({"id": str(picture.pk)}, status=201)


@endpoint("GET", "POST")
@authorized
def posts(request: HttpRequest, account: Account) -> JsonResponse:
    if request.method == "GET":
        found = Post.objects.filter(account=account, key=request.GET.get("key", ""), deleted_at=None).exclude(key="")
        return JsonResponse({"posts": [_post(post) for post in found]})
    body = _json(request)
    facts = {name: str(body.get(name) or "") for name in ("text", "title", "link", "language", "in_reply_to")}
    key = request.headers.get("Idempotency-Key", "")
    post, fresh = timeline.publish(account, facts, key, body.get("media") or [], body.get("thread") or [])
    return JsonResponse(_post(post), status=201 if fresh else 200)


@endpoint("PUT", "DELETE")
@authorized
def post(request: HttpRequest, account: Account, number: int) -> JsonResponse:
    found = _own(account, number)
    if request.method == "DELETE":
        timeline.delete(found)
        return JsonResponse({})
    body = _json(request)
    return JsonResponse(_post(timeline.edit(found, str(body.get("text", "")), str(body.get("title") or ""))))


@endpoint("GET")
@authorized
def post_figures(request: HttpRequest, account: Account, number: int) -> JsonResponse:
    return JsonResponse(timeline.figures(_own(account, number)))


@endpoint("GET")
@authorized
def inbox(request: HttpRequest, account: Account) -> JsonResponse:
    """What was said to the account, oldest first. The cursor is "time|number" of the last one seen."""
    limit = min(int(request.GET.get("limit", "40") or 40), 100)
    found = Post.objects.visible().filter(to=account).order_by("visible_at", "id")
    at, _bar, number = request.GET.get("after", "").partition("|")
    if at and number.isdecimal():
        found = found.filter(visible_at__gte=at).exclude(visible_at=at, pk__lte=int(number))
    rows = list(found[: limit + 1])
    shown = rows[:limit]
    cursor = f"{shown[-1].visible_at.isoformat()}|{shown[-1].pk}" if shown else request.GET.get("after") or None
    return JsonResponse({"items": [_item(row) for row in shown], "cursor": cursor, "more": len(rows) > limit})


def _own(account: Account, number: int) -> Post:
    found = Post.objects.filter(pk=number, account=account, deleted_at=None).first()
    if found is None:
        raise Halt(404, "there is no such post")
    return found


def _account(account: Account) -> dict[str, Any]:
    url = f"{settings.PUBLIC_URL}/practice/@{account.handle}/"
    counts = timeline.account_figures(account)
    return {"id": str(account.pk), "handle": account.handle, "name": account.name, "url": url, **counts}


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": str(post.pk),
        "url": url_of(post),
        "created_at": post.visible_at.isoformat(),
        "parts": timeline.parts_of(post),
    }


def url_of(post: Post) -> str:
    return f"{settings.PUBLIC_URL}/practice/posts/{post.pk}/"


def _item(post: Post) -> dict[str, Any]:
    fan = BY_HANDLE[post.person]
    author = {"id": fan.handle, "handle": fan.handle, "name": fan.name, "followers": fan.followers}
    author["url"] = f"{settings.PUBLIC_URL}/practice/@{fan.handle}/"
    return {
        "id": str(post.pk),
        "kind": "reply" if post.answers_id else "mention",
        "url": url_of(post),
        "created_at": post.visible_at.isoformat(),
        "text": post.text,
        "language": post.language,
        "in_reply_to": str(post.answers_id or ""),
        "thread_root": str(post.root_id or ""),
        "author": author,
    }
