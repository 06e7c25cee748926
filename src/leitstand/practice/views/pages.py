"""What people see of the practice network: a timeline, accounts, single posts with their conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leitstand.core.pages import PersonRequest, needs, see_other
from leitstand.practice import figures
from leitstand.practice.accounts import end_access
from leitstand.practice.models import Account, Picture, Post
from leitstand.practice.people import BY_HANDLE
from leitstand.practice.views.door import keepable

SHOWN, SHOWN_REPLIES = 40, 200
TONES = 8


@dataclass(frozen=True, slots=True)
class Profile:
    """Whoever speaks here: an account, or one of the audience."""

    handle: str
    name: str
    about: str = ""
    followers: int = 0
    is_account: bool = False
    has_access: bool = False

    @property
    def tone(self) -> int:
        return sum(self.handle.encode()) % TONES

    @property
    def letter(self) -> str:
        return (self.name or self.handle)[:1].upper()


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The newest posts of all, without the answers."""
    return _page(request, lines=_lines(Post.objects.visible().filter(answers=None)[:SHOWN]))


@require_safe
def account(request: HttpRequest, handle: str) -> HttpResponseBase:
    """What one account, or one of the audience, has said."""
    profile, said = _profile_page(handle)
    person = getattr(request, "user", None)
    may_end = profile.has_access and bool(person and person.is_authenticated and person.may("channel.connect"))
    return _page(request, profile=profile, lines=_lines(said[:SHOWN]), may_end=may_end)


def _profile_page(handle: str) -> tuple[Profile, QuerySet[Post]]:
    visible = Post.objects.visible()
    if fan := BY_HANDLE.get(handle):
        return Profile(fan.handle, fan.name, fan.about, fan.followers), visible.filter(person=handle)
    ours = get_object_or_404(Account, handle=keepable(handle))
    followers = figures.of_account(ours)["followers"]
    profile = Profile(ours.handle, ours.name, "", followers, True, ours.token_hash is not None)
    return profile, visible.filter(account=ours, answers=None)


@require_safe
def post(request: HttpRequest, number: int) -> HttpResponseBase:
    """A post with its conversation; the one asked for is marked."""
    found = get_object_or_404(Post.objects.visible().select_related("root"), pk=number)
    root = found.root or found
    answers = Post.objects.visible().filter(root=root).order_by("visible_at", "id")[:SHOWN_REPLIES]
    begin = _lines(Post.objects.visible().filter(pk=root.pk))
    return _page(request, lines=begin, replies=_lines(answers), marked=found.pk)


@require_safe
def picture(request: HttpRequest, number: int) -> HttpResponseBase:
    """An image of a visible post; the browser must not take it for anything else."""
    found = get_object_or_404(Picture, pk=number, post__in=Post.objects.visible())
    try:
        answer = FileResponse(found.file.open("rb"), content_type=found.mime)
    except FileNotFoundError as error:
        raise Http404 from error
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@needs("channel.connect")
@require_POST
def ending(request: PersonRequest, handle: str) -> HttpResponseBase:
    """Takes the access away, so that reconnecting can be practised."""
    if end_access(keepable(handle)):
        messages.success(request, _("The access was taken away. The next call of its owner is refused."))
    return see_other(request, reverse("practice:account", args=[handle]))


def _lines(posts: QuerySet[Post]) -> list[dict[str, Any]]:
    known = figures.counted(posts.select_related("account").prefetch_related("pictures"))
    return [{"post": one, "by": _speaker(one)} for one in known]


def _speaker(post: Post) -> Profile:
    if post.account:
        return Profile(post.account.handle, post.account.name, is_account=True)
    fan = BY_HANDLE.get(post.person)
    return Profile(post.person, fan.name if fan else post.person)


def _page(request: HttpRequest, **context: Any) -> HttpResponseBase:
    return render(request, "practice/timeline.html", context)
