"""The list of posts, and a post's beginning and end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.channels import queries as channels
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.text.numbers import number_in
from leitstand.publishing import compose, gate, queries
from leitstand.publishing.models import Post
from leitstand.publishing.views.compose import answer, to_post
from leitstand.strategy import queries as strategy

PER_PAGE = 25


@needs("post.view")
def posts(request: PersonRequest) -> HttpResponseBase:
    """All posts, filters in the address."""
    found = queries.posts(request.user, request.GET.dict())
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    going_out = [version.going_out for post in rows for version in post.versions.all()]
    context: dict[str, Any] = {
        "changed": gate.changed(filter(None, going_out)),
        "states": Post.State.choices,
        "channels": channels.channels(request.user),
        "goals": strategy.goals(request.user, {"state": "all"}),
    }
    return page(request, "publishing/posts.html", "rows", rows=rows, **context)


@needs("post.write")
@require_POST
def begin(request: PersonRequest) -> HttpResponseBase:
    """A new draft, for the open goal that is named."""
    language = request.user.language or get_language() or "de"
    goals = strategy.open_goals().filter(pk=number_in(request.POST.get("goal", "")) or 0)
    goal_id = goals.values_list("pk", flat=True).first()
    return to_post(request, compose.start(request.user, language if language in ("de", "en") else "de", goal_id))


@needs("post.write")
@require_POST
def copy(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """A new draft with the same words."""

    def step(post: Post, _seen: str) -> HttpResponseBase:
        fresh = compose.copy(post, request.user)
        messages.success(request, _("Copied. This is the new draft."))
        return to_post(request, fresh)

    return answer(request, post_id, step)


@needs("post.write")
@require_POST
def discard(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Hides the post; it can be restored from the list of discarded posts."""

    def step(post: Post, _seen: str) -> HttpResponseBase:
        compose.discard(post, request.user)
        messages.success(request, _("Discarded. You find it under “Discarded” and can restore it there."))
        return see_other(request, reverse("publishing:posts"))

    return answer(request, post_id, step)


@needs("post.write")
@require_POST
def restore(request: PersonRequest, post_id: int) -> HttpResponseBase:
    found = queries.post_for(request.user, post_id)
    compose.restore(found, request.user)
    return to_post(request, found)
