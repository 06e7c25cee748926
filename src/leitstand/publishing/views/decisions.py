"""Small resources, one change of state each: submission, approval, return, plan."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.pages import PersonRequest, needs
from leitstand.publishing import approve, schedule
from leitstand.publishing.models import Post
from leitstand.publishing.times import read_when
from leitstand.publishing.views.compose import answer, to_post


@needs("post.write")
@require_POST
def submission(request: PersonRequest, post_id: int) -> HttpResponseBase:
    def submit(post: Post, _seen: str) -> str:
        asked = approve.submit(post, request.user)
        return _("Submitted. The approvers were told.") if asked else _("This post is approved already.")

    return _decided(request, post_id, submit)


@needs("post.approve")
@require_POST
def approval(request: PersonRequest, post_id: int) -> HttpResponseBase:
    def approved(post: Post, seen: str) -> str:
        approve.approve(post, request.user, seen, request.POST.get("note", ""))
        return _("Approved.")

    return _decided(request, post_id, approved)


@needs("post.approve")
@require_POST
def sending_back(request: PersonRequest, post_id: int) -> HttpResponseBase:
    def sent_back(post: Post, _seen: str) -> str:
        approve.send_back(post, request.user, request.POST.get("note", ""))
        return _("Sent back to the author.")

    return _decided(request, post_id, sent_back)


@needs("post.schedule")
@require_POST
def plan(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Schedules, or sends now. Who may approve approves with the same click the content they saw."""
    return _decided(request, post_id, lambda post, seen: _plan(request, post, seen))


@transaction.atomic
def _plan(request: PersonRequest, post: Post, seen: str) -> str:
    """Both or nothing: a time that cannot be taken leaves no approval behind."""
    when = timezone.now() if request.POST.get("now") else read_when(request.POST)
    if not approve.is_approved(post) and approve.may_approve(post, request.user):
        approve.approve(post, request.user, seen)
    made = schedule.plan(post, when, request.user)
    return _("Planned.") if any(one.may_move for one in made) else _("It is on its way already.")


def _decided(request: PersonRequest, post_id: int, decide: Callable[[Post, str], str]) -> HttpResponseBase:
    """Decides, and says on the post's page what came of it."""

    def step(post: Post, seen: str) -> HttpResponseBase:
        messages.success(request, decide(post, seen))
        return to_post(request, post)

    return answer(request, post_id, step)
