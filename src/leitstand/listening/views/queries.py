"""Queries, with a live look at what they would have found."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leitstand.core.errors import Declined
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.listening import add as adding
from leitstand.listening import queries as reads
from leitstand.listening.forms import QueryForm
from leitstand.listening.models import Query


@needs("mention.view")
def queries(request: PersonRequest) -> HttpResponseBase:
    return page(request, "listening/queries.html", queries=Query.objects.annotate(count=Count("hits")).order_by("name"))


@needs("query.edit")
@require_http_methods(["GET", "POST"])
def query(request: PersonRequest, query_id: int = 0) -> HttpResponseBase:
    """A new query, or one to change."""
    found = reads.query_for(request.user, query_id) if query_id else None
    form = QueryForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = adding.save_query(form.save(commit=False), request.user)
        news = _("Saved. Stored mentions are being searched; what is found appears by and by.")
        messages.success(request, news if saved.is_being_searched else _("Saved."))
        return see_other(request, reverse("listening:queries"))
    trial = adding.try_out(found.text) if found and not form.is_bound else None
    return page(
        request, "listening/query.html", form=form, query=found, found=trial, status=422 if form.errors else 200
    )


@needs("query.edit")
@require_POST
def trial(request: PersonRequest) -> HttpResponseBase:
    """While somebody types: what the query would have found, or where it is wrong."""
    text = request.POST.get("text", "")
    try:
        adding.check_query(text)
    except Declined as declined:
        return page(request, "listening/_trial.html", declined=declined)
    return page(request, "listening/_trial.html", found=adding.try_out(text))


@needs("query.edit")
@require_POST
def remove(request: PersonRequest, query_id: int) -> HttpResponseBase:
    adding.remove_query(reads.query_for(request.user, query_id), request.user)
    messages.success(request, _("Removed. The mentions stay."))
    return see_other(request, reverse("listening:queries"))
