"""The search page."""

from __future__ import annotations

from django.http import HttpResponseBase

from leitstand.core.pages import PersonRequest, needs, page
from leitstand.web import search

LONGEST = 200


@needs()
def results(request: PersonRequest) -> HttpResponseBase:
    words = request.GET.get("q", "")[:LONGEST].strip()
    groups = search.search(request.user, words)
    return page(
        request,
        "web/search.html",
        "results",
        words=words,
        groups=groups,
        total=sum(len(group.hits) for group in groups),
        too_short=0 < len(words) < search.SHORTEST,
    )
