"""Calendar, queue and hold: what goes out when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leitstand.channels import queries as channels
from leitstand.core.clock import local, local_to_utc
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.publishing import gate, hold, queries
from leitstand.publishing.events import PolicyChanged
from leitstand.publishing.forms import HoldForm, PolicyForm
from leitstand.publishing.models import Hold, Policy, Publication

LONGEST = timedelta(days=100)
"""What a calendar shows at once is a month with its first and last week; nothing of that is left out."""


@needs("post.view")
def calendar(request: PersonRequest) -> HttpResponseBase:
    """Month, week and list; the list below works without JavaScript."""
    coming = queries.publications(request.user, {"state": "open"}).filter(planned_for__gte=timezone.now())[:50]
    return page(request, "publishing/calendar.html", "coming", coming=coming)


@needs("post.view")
@require_GET
def entries(request: PersonRequest) -> HttpResponseBase:
    """The publications between two moments, as the calendar wants them: wall-clock times of the company."""
    try:
        start, end = (_moment(request.GET[name]) for name in ("start", "end"))
    except (KeyError, ValueError, OverflowError) as error:
        raise Declined(_("The calendar asked for an unreadable period."), str(error), status=400) from error
    if end - start > LONGEST:
        raise Declined(_("The calendar asked for too long a period."), f"{start} to {end}", status=400)
    found = queries.publications_between(request.user, start, end, request.GET.dict())
    changed = gate.changed(found)
    return JsonResponse([_entry(one, one.pk in changed) for one in found], safe=False)


def _moment(text: str) -> datetime:
    """The calendar runs on the company's wall clock and calls it UTC; whatever offset it names says nothing."""
    return local_to_utc(datetime.fromisoformat(text.replace(" ", "+")).replace(tzinfo=None)).utc


def _entry(publication: Publication, is_changed: bool) -> dict[str, Any]:
    network = channels.network_of(publication.channel)
    return {
        "id": publication.pk,
        "title": publication.words,
        "start": local(publication.planned_for).replace(tzinfo=None).isoformat(),
        "url": reverse("publishing:publication", args=[publication.pk]),
        "editable": publication.may_drag,
        "classNames": ["state-changed" if is_changed else f"state-{publication.state}"],
        "extendedProps": {
            "channel": str(publication.channel),
            "icon": network.icon,
            "state": _("Changed since") if is_changed else publication.get_state_display(),
        },
    }


@needs("post.view")
def queue(request: PersonRequest) -> HttpResponseBase:
    """Everything on its way, the soonest first; filters in the address."""
    filters = {"state": "open", **request.GET.dict()}
    rows = Paginator(queries.publications(request.user, filters), 50).get_page(request.GET.get("page"))
    states = [("open", _("Not out yet")), *Publication.State.choices]
    context: dict[str, Any] = {
        "changed": gate.changed(rows),
        "states": states,
        "channels": channels.channels(request.user),
        "filters": filters,
    }
    return page(request, "publishing/queue.html", "rows", rows=rows, **context)


@needs("post.hold")
@require_http_methods(["GET", "POST"])
def holding(request: PersonRequest) -> HttpResponseBase:
    """Shows whether publishing is on hold; POST starts a hold."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hold.hold(form.cleaned_data["reason"], request.user)
        return see_other(request, reverse("publishing:hold"))
    waiting = Publication.objects.filter(state=Publication.State.SCHEDULED).count()
    shown: dict[str, Any] = {
        "form": form,
        "hold": hold.current(),
        "waiting": waiting,
        "past": Hold.objects.exclude(ended_at=None).select_related("started_by", "ended_by")[:20],
    }
    return page(request, "publishing/hold.html", status=422 if form.errors else 200, **shown)


@needs("post.hold")
@require_POST
def resuming(request: PersonRequest) -> HttpResponseBase:
    """Ends the hold; what missed its time waits for a decision."""
    missed = hold.resume(request.user)
    text = ngettext(
        "%(n)d publication missed its time and waits for you: plan it anew on the page of its post.",
        "%(n)d publications missed their time and wait for you: on the page of a post you plan all of its own at once.",
        missed,
    )
    messages.success(request, _("Publishing goes on.") + (f" {text % {'n': missed}}" if missed else ""))
    return see_other(request, reverse("publishing:queue"))


@needs("company.edit")
@require_http_methods(["GET", "POST"])
def policy(request: PersonRequest) -> HttpResponseBase:
    """Four eyes, and how late a post may be."""
    form = PolicyForm(request.POST or None, instance=Policy.current())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            kept = form.save()
            record(PolicyChanged(kept.four_eyes, kept.late_minutes), request.user)
        messages.success(request, _("Saved."))
        return see_other(request, reverse("publishing:policy"))
    return page(request, "publishing/policy.html", form=form, status=422 if form.errors else 200)
