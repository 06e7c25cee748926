"""Mentions: the list with its chart, one mention, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core.company import languages
from leitstand.core.pages import PersonRequest, needs, page, see_other
from leitstand.core.text.spreadsheets import csv_lines
from leitstand.listening import correct, queries
from leitstand.listening.facts import shown_text
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
        "languages": languages.ours(),
        "periods": PERIODS,
        "chart": queries.per_day(found),
    }
    rows = Paginator(found, 30).get_page(request.GET.get("page"))
    return page(request, "listening/mentions.html", "rows", rows=rows, **context)


@needs("mention.view")
def export(request: PersonRequest) -> HttpResponseBase:
    """The filtered mentions as CSV, at most 10,000."""
    found = queries.mentions(request.user, request.GET.dict())[:10_000]
    response = HttpResponse(csv_lines(_rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mentions.csv"'
    return response


def _rows(found: Iterable[Mention]) -> Iterator[list[str]]:
    yield ["at", "source", "author", "title", "text", "language", "tone", "private", "url"]
    for one in found:
        yield [
            timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M"),
            str(one.source or one.channel),
            one.author_name,
            one.title,
            one.text[:1000],
            one.language,
            one.tone,
            "yes" if one.is_private else "",
            one.url,
        ]


@needs("mention.view")
def mention(request: PersonRequest, mention_id: int) -> HttpResponseBase:
    found = queries.mention_for(request.user, mention_id)
    hits = list(found.hits.select_related("query"))
    spans = sorted(tuple(span) for hit in hits for span in hit.spans)
    context: dict[str, Any] = {
        "mention": found,
        "hits": hits,
        "spans": spans,
        "shown": shown_text(found.title, found.text),
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
