"""What people see of the practice network: a timeline, accounts, single posts."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from leitstand.practice import timeline
from leitstand.practice.models import Account, Picture, Post
from leitstand.practice.people import BY_HANDLE

SHOWN = 60


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The newest posts of all."""
    posts = Post.objects.visible().filter(answers=None)[:SHOWN]
    return _page(request, posts=_shown(posts), title="")


@require_safe
def account(request: HttpRequest, handle: str) -> HttpResponseBase:
    """What one account, or one of the audience, has said."""
    ours = Account.objects.filter(handle=handle).first()
    fan = BY_HANDLE.get(handle)
    if ours is None and fan is None:
        raise Http404
    posts = Post.objects.visible().filter(account=ours) if ours else Post.objects.visible().filter(person=handle)
    return _page(
        request, posts=_shown(posts[:SHOWN]), title=ours.name if ours else BY_HANDLE[handle].name, handle=handle
    )


@require_safe
def post(request: HttpRequest, number: int) -> HttpResponseBase:
    """A post with its conversation."""
    found = get_object_or_404(Post.objects.visible(), pk=number)
    root = found.root or found
    conversation = Post.objects.visible().filter(root=root).order_by("visible_at", "id")[:200]
    return _page(request, posts=_shown([root]), replies=_shown(conversation), title="", marked=found.pk)


@require_safe
def picture(request: HttpRequest, number: int) -> HttpResponseBase:
    """An image of a visible post."""
    found = get_object_or_404(Picture, pk=number, post__deleted_at=None, post__isnull=False)
    return FileResponse(found.file.open("rb"), content_type=found.mime)


def _shown(posts: Iterable[Post]) -> list[dict[str, object]]:
    return [_one(post) for post in posts]


def _one(post: Post) -> dict[str, object]:
    fan = BY_HANDLE.get(post.person)
    name, handle = (fan.name, fan.handle) if fan else (post.account.name, post.account.handle)  # type: ignore[union-attr]
    return {
        "post": post,
        "name": name,
        "handle": handle,
        "figures": timeline.figures(post),
        "pictures": post.pictures.all(),
    }


def _page(request: HttpRequest, **context: object) -> HttpResponseBase:
    return render(request, "practice/timeline.html", context)
