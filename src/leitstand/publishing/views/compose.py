"""The page on which a post is written: words, versions, previews, findings, and what happens next.

Every button of the page sends the words along with it. `answer` saves them before it takes the step, so that
none is lost and none is passed by, with JavaScript or without.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.channels import queries as channels
from leitstand.core.clock import local
from leitstand.core.errors import Declined
from leitstand.core.models import Person
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.text.numbers import number_in
from leitstand.publishing import approve, compose, gate, hold, preview, queries
from leitstand.publishing.content import fingerprint, images_of, is_current
from leitstand.publishing.forms import PostForm
from leitstand.publishing.models import Post, PostImage, Publication
from leitstand.publishing.times import ComesTwice
from leitstand.rules import queries as rule_queries

EDITABLE = "post.write"
Step = Callable[[Post, str], HttpResponseBase]


@needs("post.view")
@require_http_methods(["GET", "POST"])
def post(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Shows the post; POST saves it and comes back."""
    if request.method == "POST":
        return answer(request, post_id, lambda kept, _seen: to_post(request, kept))
    return page(request, "publishing/compose.html", **context(request, queries.post_for(request.user, post_id)))


@needs("post.write")
@require_POST
def draft(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Saves while somebody types; answers with counters, previews and findings, or what is wrong at which field."""
    found = queries.post_for(request.user, post_id)
    form = _form(request, found)
    if form.is_valid():
        found = compose.revise(found, form.change(), request.user, _revision(request))
    shown = context(request, found, form)
    return page(request, "publishing/_side.html", saved=form.is_valid(), **shown)


@needs("post.view")
def progress(request: PersonRequest, post_id: int) -> HttpResponseBase:
    """Where the post goes or went; its page asks again while something is under way."""
    return page(request, "publishing/_progress.html", **context(request, queries.post_for(request.user, post_id)))


def answer(request: PersonRequest, post_id: int, step: Step) -> HttpResponseBase:
    """Saves the words that came along, then takes the step: with the post, and the hash of what the person has seen.

    A refusal of either is shown on the post's page, with all that was typed.
    """
    found, saved = queries.post_for(request.user, post_id), False
    has_words = "text" in request.POST and request.user.may(EDITABLE)
    form = _form(request, found) if has_words else None
    try:
        kept, seen = _keep(request, found, form) if form else (found, request.POST.get("seen", ""))
        saved = True
        return step(kept, seen)
    except Declined as declined:
        said: dict[str, Any] = {
            "declined": declined,
            "ask_fold": isinstance(declined, ComesTwice),
            "typed": request.POST,
        }
        shown = context(request, queries.post_for(request.user, post_id), form)
        return page(request, "publishing/compose.html", status=declined.status, saved=saved, **said, **shown)


@transaction.atomic
def _keep(request: PersonRequest, found: Post, form: PostForm) -> tuple[Post, str]:
    """Saves; what was saved is what the person has seen, for nobody else had saved since (`revise` looks)."""
    if not form.is_valid():
        raise Declined(_("Not saved: please mend the marked fields."), form.errors.as_text())
    saved = compose.revise(found, form.change(), request.user, _revision(request))
    return saved, fingerprint(saved)


def to_post(request: PersonRequest, found: Post, part: str = "") -> HttpResponseBase:
    return see_other(request, reverse("publishing:post", args=[found.pk]) + part)


def _form(request: PersonRequest, found: Post) -> PostForm:
    there = Post(pk=found.pk, author=found.author, goal_id=found.goal_id)
    return PostForm(request.POST, instance=there, person=request.user)


def context(request: PersonRequest, found: Post, form: PostForm | None = None) -> dict[str, Any]:
    """All that the compose page and its side show; with a form, the fields hold what was typed into it."""
    shown = preview.previews(found)
    going = _going(found, shown)
    return {
        "post": found,
        "form": form or PostForm(instance=found, person=request.user),
        "lines": _lines(found, form),
        "images": _images(found, form),
        "alt_limit": preview.alt_limit(shown),
        "library": queries.other_assets(found),
        "common": (common := preview.common(shown)),
        "previews": preview.beside(shown, common),
        "blocked": [one.version.channel for one in shown if one.verdict.blocks],
        "is_held": hold.is_held(),
        "approvals": found.approvals.select_related("by")[:10],
        **going,
        **_allowed(request.user, found, going["is_out"]),
    }


def _going(found: Post, shown: list[preview.Preview]) -> dict[str, Any]:
    """Where the post goes or went, and the proofs, each with whether it reads as the post does now."""
    planned, now = queries.planned_of(found), fingerprint(found)
    proofs = [(one, is_current(one, now)) for one in planned if one.state == Publication.State.PUBLISHED]
    is_out = bool(shown) and {one.version.pk for one in shown} == {one.version_id for one, _current in proofs}
    return {
        "planned": planned,
        "changed": gate.changed(planned),
        "proposed": _proposed(planned),
        "may_move": any(one.may_move for one in planned),
        "is_under_way": any(one.is_under_way for one in planned),
        "proofs": proofs,
        "is_out": is_out,
        "is_published": is_out and all(current for _one, current in proofs),
        "fingerprint": now,
    }


def _proposed(planned: list[Publication]) -> datetime:
    """What the form for day and time begins with: the time planned already, else the next full hour."""
    now = timezone.now()
    soon = local(now + timedelta(hours=1)).replace(minute=0)
    return next((local(one.planned_for) for one in planned if one.may_move and one.planned_for > now), soon)


def _allowed(person: Person, found: Post, is_out: bool) -> dict[str, Any]:
    """What this person may do with the post next; what is out everywhere needs no plan."""
    approves, is_approved = person.may("post.approve"), approve.is_approved(found)
    why_another = approve.why_another(found, person) if approves else ""
    may_approve = approves and not why_another
    is_asked = why_another or found.state == Post.State.SUBMITTED
    return {
        "is_approved": is_approved,
        "may_approve": may_approve,
        "why_another": why_another,
        "whom_to_ask": approve.whom_to_ask(found) if is_asked and not is_approved and not may_approve else [],
        "may_plan": not is_out and (is_approved or may_approve) and person.may("post.schedule"),
        "may_write": person.may(EDITABLE),
        "may_publish": rule_queries.may_publish(person),
    }


def _lines(found: Post, form: PostForm | None) -> list[tuple[Any, ...]]:
    """Each channel that can be chosen or is chosen already, its network, and what it gets."""
    there = {version.channel_id: version for version in found.versions.select_related("channel")}
    offered = {channel.pk: channel for channel in channels.publishable()}
    offered |= {key: version.channel for key, version in there.items() if key not in offered}
    shown: dict[int, Any] = {change.channel_id: change for change in form.versions()} if form else there
    return [(channel, channels.network_of(channel), shown.get(key)) for key, channel in offered.items()]


def _images(found: Post, form: PostForm | None) -> list[PostImage]:
    images, typed = images_of(found), form.alts() if form else {}
    for image in images:
        image.alt = typed.get(image.pk, image.alt)
    return images


def _revision(request: PersonRequest) -> int | None:
    return number_in(request.POST.get("revision", ""))
