"""Small resources, one change of state each: submission, approval, return, plan."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.publishing import approve, queries, schedule
from leitstand.publishing.models import Post
from leitstand.publishing.times import ComesTwice, read_when
from leitstand.publishing.views.compose import context


@needs("post.write")
@require_POST
def submission(request: PersonRequest, post_id: int) -> HttpResponseBase:
    post = queries.post_for(request.user, post_id)
    return _answer(request, post, lambda: approve.submit(post, request.user), _("Submitted. The approvers were told."))


@needs("post.approve")
@require_POST
def approval(request: PersonRequest, post_id: int) -> HttpResponseBase:
    post = queries.post_for(request.user, post_id)
    seen, note = request.POST.get("seen", ""), request.POST.get("note", "")
    return _answer(request, post, lambda: approve.approve(post, request.user, seen, note), _("Approved."))


@needs("post.approve")
@require_POST
def sending_back(request: PersonRequest, post_id: int) -> HttpResponseBase:
    post = queries.post_for(request.user, post_id)
    note = request.POST.get("note", "")
    return _answer(request, post, lambda: approve.send_back(post, request.user, note), _("Sent back to the author."))


@needs("post.schedule")
@require_POST
def plan(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Schedules, or sends now. Who may approve approves with the same click the content they saw."""
    post = queries.post_for(request.user, post_id)
    return _answer(request, post, lambda: _plan(request, post), _("Planned."))


def _plan(request: PersonRequest, post: Post) -> None:
    when = timezone.now() if request.POST.get("now") else read_when(request.POST)
    if not approve.is_approved(post) and approve.may_approve(post, request.user):
        approve.approve(post, request.user, request.POST.get("seen", ""))
    schedule.plan(post, when, request.user)


def _answer(request: PersonRequest, post: Post, step: Callable[[], object], done: str) -> HttpResponseBase:
    """Runs the step; a refusal is shown on the post's page, with all that was typed."""
    try:
        step()
    except Declined as declined:
        shown = context(request, post, declined=declined, ask_fold=isinstance(declined, ComesTwice), typed=request.POST)
        return page(request, "publishing/compose.html", status=declined.status, **shown)
    messages.success(request, done)
    return see_other(request, reverse("publishing:post", args=[post.pk]))
