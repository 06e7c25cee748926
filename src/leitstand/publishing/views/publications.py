"""One publication: its proof, its attempts, and a plain answer to "why did it not go out?"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from leitstand.channels import queries as channels
from leitstand.channels.words import lazy_say
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.publishing import amend, approve, gate, hold, measure, queries, schedule, settle
from leitstand.publishing.models import Figure, Publication
from leitstand.publishing.times import ComesTwice, read_when

COUNTED = {
    "likes": gettext_lazy("Likes"),
    "shares": gettext_lazy("Shares"),
    "replies": gettext_lazy("Replies"),
    "views": gettext_lazy("Views"),
    "clicks": gettext_lazy("Clicks"),
}


@needs("post.view")
def publication(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    """The page of one publication. Its part asks again, with `seen`; once more has changed, the whole page is shown."""
    found = queries.publication_for(request.user, publication_id)
    if request.GET.get("seen", now := _seen(found)) != now:
        return see_other(request, reverse("publishing:publication", args=[found.pk]))
    return _shown(request, found)


def _seen(found: Publication) -> str:
    """What the rest of the page follows: the state, and how many attempts there were."""
    return f"{found.state}-{found.attempts.count()}"


def _shown(request: PersonRequest, found: Publication, status: int = 200, **more: object) -> HttpResponseBase:
    figures = list(found.figures.order_by("at"))
    return page(
        request,
        "publishing/publication.html",
        "state",
        status=status,
        publication=found,
        network=channels.network_of(found.channel),
        attempts=found.attempts.all(),
        seen=_seen(found),
        figures=figures,
        chart=_chart(figures),
        latest=_latest(figures),
        changed=gate.changed([found]),
        is_held=hold.is_held(),
        may_edit=amend.may_edit(found),
        is_approved=approve.is_approved(found.version.post),
        may_delete=amend.may_delete(found),
        may_measure=measure.may_measure(found),
        worker_is_alive=jobs.worker_is_alive(),
        now=timezone.now(),
        may_open=queries.may_open(request.user, found.version.post_id),
        **more,
    )


def _chart(figures: list[Figure]) -> dict[str, object]:
    names = [name for name in measure.COUNTS if any(getattr(figure, name) is not None for figure in figures)]
    return {
        "labels": [figure.at.isoformat() for figure in figures],
        "series": [_series(name, figures) for name in names],
    }


def _series(name: str, figures: list[Figure]) -> dict[str, object]:
    """Views count in another order of size than the rest."""
    return {"name": COUNTED[name], "values": [getattr(figure, name) for figure in figures], "apart": name == "views"}


def _latest(figures: list[Figure]) -> list[tuple[object, int]]:
    """What the newest reading counted, by its name."""
    told = [(COUNTED[name], getattr(figures[-1], name)) for name in measure.COUNTS] if figures else []
    return [(name, count) for name, count in told if count is not None]


@needs("post.schedule")
@require_POST
def moving(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    """A new time, or now; with the new words where the post was changed and approved since. A refusal is shown here."""
    found = queries.publication_for(request.user, publication_id)
    try:
        when = timezone.now() if request.POST.get("now") else read_when(request.POST)
        step = schedule.adopt_content if gate.stale(found) else schedule.move
        step(found, when, request.user)
    except Declined as declined:
        asks = isinstance(declined, ComesTwice)
        return _shown(request, found, declined.status, declined=declined, ask_fold=asks, typed=request.POST)
    return _back(request, found, _("It is its turn now.") if request.POST.get("now") else _("Moved."))


@needs("post.schedule")
@require_POST
def cancelling(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    found = queries.publication_for(request.user, publication_id)
    schedule.cancel(found, request.user)
    return _back(request, found, _("Cancelled. The post itself is still there."))


@needs("post.schedule")
@require_POST
def decision(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    """A person's word about an unsure publication."""
    found = queries.publication_for(request.user, publication_id)
    settle.decide(found, request.POST.get("decision", ""), request.user, request.POST.get("url", ""))
    return _back(request, found, _("Thank you, noted."))


@needs("post.schedule")
@require_POST
def editing(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    found = queries.publication_for(request.user, publication_id)
    amend.edit(found, request.user)
    return _back(request, found, _("Changed on the network."))


@needs("post.schedule")
@require_POST
def deletion(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    found = queries.publication_for(request.user, publication_id)
    amend.delete(found, request.user)
    return _back(request, found, _("Deleted on the network."))


@needs("post.write")
@require_POST
def figures(request: PersonRequest, publication_id: int) -> HttpResponseBase:
    """Reads the figures now; or says why they cannot be read."""
    found = queries.publication_for(request.user, publication_id)
    if not found.channel.is_ready:
        raise Declined(_("Nothing is read there now: the channel is paused, disconnected or must be reconnected."))
    if found.state != Publication.State.PUBLISHED or not measure.may_measure(found):
        raise Declined(_("This network tells no figures."), str(found))
    if error := measure.read_figures(found):
        return _shown(request, found, 422, declined=Declined(lazy_say(error.say, error.places), error.detail))
    return _back(request, found, _("Figures read."))


def _back(request: PersonRequest, found: Publication, done: str) -> HttpResponseBase:
    messages.success(request, done)
    return see_other(request, reverse("publishing:publication", args=[found.pk]))
