"""The diary page: filtered by event, person and days; the chain's state; all of it as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from leitstand.core import clock, queries
from leitstand.core.diary import chain
from leitstand.core.diary.words import Line, lines
from leitstand.core.forms.diary import DiaryFilter
from leitstand.core.models import DiaryEntry
from leitstand.core.pages import PersonRequest, needs, page
from leitstand.core.text.spreadsheets import csv_lines

A_PAGE = 50
AT_ONCE = 500


@needs("diary.view")
def listing(request: PersonRequest) -> HttpResponseBase:
    form = DiaryFilter(request.GET)
    entries = queries.diary(request.user, **form.chosen())
    page_obj = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    return page(request, "core/diary.html", "results", form=form, page_obj=page_obj, lines=lines(page_obj.object_list))


@needs("diary.view")
def chain_state(request: PersonRequest) -> HttpResponseBase:
    """Walks the whole chain, which takes a while in a long diary: a part of its own, asked for by a button."""
    return page(request, "core/diary_chain.html", "chain", report=chain.verify())


@needs("diary.view")
def export(request: PersonRequest) -> HttpResponseBase:
    """The filtered entries as CSV, oldest last, streamed."""
    entries = queries.diary(request.user, **DiaryFilter(request.GET).chosen())
    answer = StreamingHttpResponse(csv_lines(_rows(entries)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="leitstand-diary.csv"'
    return answer


def _rows(entries: QuerySet[DiaryEntry]) -> Iterator[list[str]]:
    zone = clock.zone()
    yield [_("When"), _("Who"), _("What"), _("Details"), _("Event"), _("Data"), _("Hash")]
    ids = list(entries.values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        for line in lines(entries.filter(pk__in=ids[start : start + AT_ONCE])):
            when = clock.local(line.entry.at, zone).isoformat(sep=" ", timespec="seconds")
            yield [when, *_cells(line)]


def _cells(line: Line) -> list[str]:
    entry = line.entry
    details = "; ".join(f"{name}: {value}" for name, value in line.facts)
    return [entry.actor_name, line.label, details, entry.name, json.dumps(entry.data, ensure_ascii=False), entry.hash]
