"""The API of the practice network, version 1: what connectors speak with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from leitstand.core.secrets import house_pass
from leitstand.practice import accounts as opening
from leitstand.practice import figures, inbox, pictures
from leitstand.practice import posts as keeping
from leitstand.practice.addresses import account_url, post_url
from leitstand.practice.models import Account, Post
from leitstand.practice.posts import NUMBER
from leitstand.practice.refusals import Refusal
from leitstand.practice.views.door import body_of, for_accounts, keepable, open_to_all, several, words

POST_WORDS = ("text", "title", "link", "language", "in_reply_to")
LONGEST_KEY = 200


@open_to_all("POST")
def accounts(request: HttpRequest) -> JsonResponse:
    """A new account, for whoever asks from within the house; the only answer that ever holds its token."""
    body = body_of(request)
    if not house_pass.is_good(words(body, "pass")["pass"], "practice"):
        raise Refusal("accounts are opened on the page of the channels", 403)
    account, token = opening.open_account(**words(body, "handle", "name", "kind"))
    return JsonResponse(_account(account) | {"token": token}, status=201)


@for_accounts("GET")
def me(request: HttpRequest, account: Account) -> JsonResponse:
    return JsonResponse(_account(account))


@for_accounts("GET")
def my_figures(request: HttpRequest, account: Account) -> JsonResponse:
    return JsonResponse(figures.of_account(account))


@for_accounts("POST")
def media(request: HttpRequest, account: Account) -> JsonResponse:
    picture = pictures.keep(account, request.FILES.get("file"), request.POST.get("alt", ""))
    return JsonResponse({"id": str(picture.pk)}, status=201)


@for_accounts("GET", "POST")
def posts(request: HttpRequest, account: Account) -> JsonResponse:
    """GET ?key=: the post under a key. POST: publishes, once for the key."""
    if request.method == "GET":
        known = keeping.by_key(account, keepable(request.GET.get("key", "")))
        return JsonResponse({"posts": [_post(known)] if known and not known.deleted_at else []})
    body, key = body_of(request), request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY:
        raise Refusal("this key is too long")
    media, thread = several(body, "media"), several(body, "thread")
    made, fresh = keeping.publish(account, words(body, *POST_WORDS), key, media, thread)
    return JsonResponse(_post(made), status=201 if fresh else 200)


@for_accounts("PUT", "DELETE")
def post(request: HttpRequest, account: Account, number: int) -> JsonResponse:
    found = _own(account, number)
    if request.method == "DELETE":
        keeping.delete(found)
        return JsonResponse({})
    body = body_of(request)
    return JsonResponse(_post(keeping.edit(found, words(body, *POST_WORDS), several(body, "media"))))


@for_accounts("GET")
def post_figures(request: HttpRequest, account: Account, number: int) -> JsonResponse:
    return JsonResponse(figures.of_post(_own(account, number)))


@for_accounts("GET")
def inbox_page(request: HttpRequest, account: Account) -> JsonResponse:
    """What was said to the account, oldest first."""
    limit = request.GET.get("limit", "")
    size = int(limit) if NUMBER.fullmatch(limit) else inbox.USUAL
    found = inbox.read(account, request.GET.get("after", ""), size)
    return JsonResponse(
        {"items": [inbox.line(said) for said in found.said], "cursor": found.cursor, "more": found.more}
    )


def _own(account: Account, number: int) -> Post:
    found = Post.objects.filter(pk=number, account=account, deleted_at=None).first()
    if found is None:
        raise Refusal("there is no such post", 404)
    return found


def _account(account: Account) -> dict[str, Any]:
    counts = figures.of_account(account)
    facts = {"id": str(account.pk), "handle": account.handle, "name": account.name}
    return facts | {"url": account_url(account.handle), "followers": counts["followers"]}


def _post(post: Post) -> dict[str, Any]:
    facts = {"id": str(post.pk), "url": post_url(post.pk), "created_at": post.visible_at.isoformat()}
    return facts | {"parts": keeping.parts_of(post)}
