"""Sources: found on a page, added, imported, paused, removed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.listening import add as adding
from leitstand.listening import opml, queries
from leitstand.listening.models import Source


@needs("mention.view")
def sources(request: PersonRequest) -> HttpResponseBase:
    """All sources with their health."""
    found = queries.sources(request.user, request.GET.get("q", "").strip()).annotate(count=Count("mentions"))
    shows = {
        "trouble": found.filter(failures__gt=0),
        "gone": found.filter(state="gone"),
        "paused": found.filter(state="paused"),
    }
    found = shows.get(request.GET.get("show", ""), found)
    return page(request, "listening/sources.html", "rows", rows=Paginator(found, 50).get_page(request.GET.get("page")))


@needs("source.edit")
@require_POST
def find(request: PersonRequest) -> HttpResponseBase:
    """Feeds at an address, with score and reasons, to choose from."""
    url = request.POST.get("url", "")
    try:
        candidates = adding.find(url)
    except Declined as declined:
        return page(request, "listening/found.html", status=declined.status, url=url, declined=declined)
    known = set(Source.objects.values_list("url", flat=True))
    return page(request, "listening/found.html", url=url, candidates=candidates, known=known)


@needs("source.edit")
@require_POST
def add(request: PersonRequest) -> HttpResponseBase:
    """Adds the chosen feeds."""
    added = 0
    for url in request.POST.getlist("url"):
        try:
            adding.add(url, request.user, request.POST.get(f"title-{url}", ""))
            added += 1
        except Declined as declined:
            messages.warning(request, f"{url}: {declined.say}")
    if added:
        messages.success(request, _("Added: %(n)d. They are being read now.") % {"n": added})
    return see_other(request, reverse("listening:sources"))


@needs("source.edit")
@require_POST
def import_opml(request: PersonRequest) -> HttpResponseBase:
    upload = request.FILES.get("file")
    if upload is None:
        raise Declined(_("Choose an OPML file."))
    result = adding.import_opml(upload.read(opml.MOST_BYTES + 1), request.user)
    text = _("%(added)d added, %(known)d were there already.") % {"added": result.added, "known": result.known}
    messages.success(request, text)
    if result.left_out:
        text = _("Not added yet: %(n)d. Import the file again for the rest.") % {"n": result.left_out}
        messages.warning(request, text)
    for line in result.refused[:20]:
        messages.warning(request, line)
    return see_other(request, reverse("listening:sources"))


@needs("mention.view")
def export_opml(request: PersonRequest) -> HttpResponseBase:
    response = HttpResponse(adding.export_opml(), content_type="text/x-opml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="leitstand.opml"'
    return response


@needs("source.edit")
@require_POST
def pause(request: PersonRequest, source_id: int) -> HttpResponseBase:
    adding.pause(queries.source_for(request.user, source_id), request.user)
    return see_other(request, reverse("listening:sources"))


@needs("source.edit")
@require_POST
def resume(request: PersonRequest, source_id: int) -> HttpResponseBase:
    adding.resume(queries.source_for(request.user, source_id), request.user)
    return see_other(request, reverse("listening:sources"))


@needs("source.edit")
@require_POST
def read_now(request: PersonRequest, source_id: int) -> HttpResponseBase:
    found = queries.source_for(request.user, source_id)
    adding.read_now(source_id=found.pk)
    messages.success(request, _("Read."))
    return see_other(request, reverse("listening:sources"))


@needs("source.edit")
@require_POST
def remove(request: PersonRequest, source_id: int) -> HttpResponseBase:
    found = queries.source_for(request.user, source_id)
    adding.remove(found, request.user)
    messages.success(request, _("Removed, with its mentions."))
    return see_other(request, reverse("listening:sources"))
