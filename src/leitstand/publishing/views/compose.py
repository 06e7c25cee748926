"""The page on which a post is written: words, versions, previews, findings, and what happens next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.channels import queries as channels
from leitstand.core.clock import local
from leitstand.core.models import Person
from leitstand.core.numbers import number_in
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.publishing import approve, compose, hold, preview, queries
from leitstand.publishing.content import fingerprint, images_of
from leitstand.publishing.forms import PostForm
from leitstand.publishing.models import Post, Publication
from leitstand.rules import queries as rule_queries

EDITABLE = "post.write"


@needs("post.view")
@require_http_methods(["GET", "POST"])
def post(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Shows the post; POST saves it and comes back."""
    found = queries.post_for(request.user, post_id)
    if request.method == "POST" and request.user.may(EDITABLE):
        form = PostForm(request.POST, instance=Post(pk=found.pk, author=found.author), person=request.user)
        if form.is_valid():
            compose.revise(found, form.change(request.POST), request.user, _revision(request))
            return see_other(request, reverse("publishing:post", args=[found.pk]))
        return page(request, "publishing/compose.html", status=422, **context(request, found, form))
    return page(request, "publishing/compose.html", **context(request, found))


@needs("post.write")
@require_POST
def draft(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Saves while somebody types; answers with counters, previews and findings."""
    found = queries.post_for(request.user, post_id)
    form = PostForm(request.POST, instance=Post(pk=found.pk, author=found.author), person=request.user)
    if form.is_valid():
        found = compose.revise(found, form.change(request.POST), request.user, _revision(request))
    shown = context(request, found, form)
    return page(request, "publishing/_side.html", saved=form.is_valid(), **shown)


def context(request: PersonRequest, found: Post, form: PostForm | None = None, **more: Any) -> dict[str, Any]:
    """All that the compose page and its side show."""
    chosen = {version.channel_id: version for version in found.versions.select_related("channel")}
    planned = Publication.objects.filter(version__post=found).exclude(state=Publication.State.CANCELLED)
    shown = preview.previews(found)
    return {
        "post": found,
        "form": form or PostForm(instance=found, person=request.user),
        "lines": [(channel, channels.network_of(channel), chosen.get(channel.pk)) for channel in _offered(chosen)],
        "images": images_of(found),
        "library": queries.other_assets(found),
        "previews": shown,
        "blocked": [one.version.channel for one in shown if one.verdict.blocks],
        "planned": planned.select_related("channel", "version__post").order_by("planned_for"),
        "fingerprint": fingerprint(found),
        "is_held": hold.is_held(),
        "approvals": found.approvals.select_related("by")[:10],
        "soon": local(timezone.now() + timedelta(hours=1)),
        **_allowed(request.user, found),
        **more,
    }


def _allowed(person: Person, found: Post) -> dict[str, Any]:
    """What this person may do with the post next."""
    approves, is_approved = person.may("post.approve"), approve.is_approved(found)
    why_another = approve.why_another(found, person) if approves else ""
    may_approve = approves and not why_another
    return {
        "is_approved": is_approved,
        "may_approve": may_approve,
        "why_another": why_another,
        "may_plan": (is_approved or may_approve) and person.may("post.schedule"),
        "may_write": person.may(EDITABLE),
        "may_publish": rule_queries.may_publish(person),
    }


def _offered(chosen: dict[int, Any]) -> list[Any]:
    """Channels that can be chosen, and those already chosen even if they cannot be now."""
    offered = list(channels.publishable())
    known = {channel.pk for channel in offered}
    return offered + [version.channel for key, version in chosen.items() if key not in known]


def _revision(request: PersonRequest) -> int | None:
    return number_in(request.POST.get("revision", ""))
