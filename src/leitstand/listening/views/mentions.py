"""Mentions: the list with its chart, one mention, corrections."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.spreadsheets import plain
from leitstand.listening import correct, queries
from leitstand.listening.models import Mention, Query, Source

PERIODS = [("1", "24 h"), ("7", "7"), ("30", "30"), ("90", "90")]


@needs("mention.view")
def mentions(request: PersonRequest) -> HttpResponseBase:
    """All mentions; filters in the address."""
    found = queries.mentions(request.user, request.GET.dict())
    context: dict[str, Any] = {
        "queries": Query.objects.all(),
        "sources": Source.objects.all(),
        "tones": Mention.Tone.choices,
        "periods": PERIODS,
        "chart": queries.per_day(found),
    }
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    return page(request, "listening/mentions.html", "rows", rows=rows, **context)


@needs("mention.view")
def export(request: PersonRequest) -> HttpResponseBase:
    """The filtered mentions as CSV, at most 10,000."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mentions.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(["at", "source", "author", "title", "text", "language", "tone", "url"])
    for one in queries.mentions(request.user, request.GET.dict())[:10_000]:
        at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
        cells = [
            at,
            str(one.source or one.channel),
            one.author_name,
            one.title,
            one.text[:1000],
            one.language,
            one.tone,
            one.url,
        ]
        writer.writerow([plain(cell) for cell in cells])
    return response


@needs("mention.view")
def mention(request: PersonRequest, mention_id: int) -> HttpResponseBase:
    found = queries.mention_for(request.user, mention_id)
    hits = list(found.hits.select_related("query"))
    spans = sorted(tuple(span) for hit in hits for span in hit.spans)
    shown = f"{found.title}\n{found.text}" if found.title and found.title != found.text else found.text
    context: dict[str, Any] = {
        "mention": found,
        "hits": hits,
        "spans": spans,
        "shown": shown,
        "tones": Mention.Tone.choices,
    }
    return page(request, "listening/mention.html", **context)


@needs("mention.judge")
@require_POST
def tone(request: PersonRequest, mention_id: int) -> HttpResponseBase:
    found = queries.mention_for(request.user, mention_id)
    correct.correct_tone(found, request.POST.get("tone", ""), request.user)
    return see_other(request, reverse("listening:mention", args=[found.pk]))


@needs("mention.judge")
@require_POST
def hand_over(request: PersonRequest, mention_id: int) -> HttpResponseBase:
    found = queries.mention_for(request.user, mention_id)
    correct.hand_over(found, request.user)
    messages.success(request, _("Handed to the community. It appears in the inbox in a moment."))
    return see_other(request, reverse("listening:mention", args=[found.pk]))
