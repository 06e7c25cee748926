"""Reads of listening; the only door to mentions. Not allowed means not there (404)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone

from leitstand.core.models import Person
from leitstand.core.numbers import by_numbers
from leitstand.listening.facts import MentionFacts
from leitstand.listening.models import Mention, Query, Source

DAYS = {"1": 1, "7": 7, "30": 30, "90": 90}
NUMBERS = {"query": "hits__query_id", "source": "source_id"}


def mentions(person: Person, filters: Mapping[str, str] | None = None) -> QuerySet[Mention]:
    """Mentions, newest first. Filters: q (stemmed), query, source, language, tone, days, show=all.

    Without `show=all` only what a query found or a channel brought.
    """
    if not person.may("mention.view"):
        return Mention.objects.none()
    wanted = filters or {}
    found = _by_choice(Mention.objects.select_related("source", "channel"), wanted)
    if days := DAYS.get(wanted.get("days", "")):
        found = found.filter(at__gte=timezone.now() - timedelta(days=days))
    if words := wanted.get("q", "").strip():
        found = found.filter(searching(words))
    if not any(wanted.get(name) for name in ("show", "query", "source")):
        found = found.filter(Q(hits__isnull=False) | Q(channel__isnull=False)).distinct()
    return found


def _by_choice(found: QuerySet[Mention], wanted: Mapping[str, str]) -> QuerySet[Mention]:
    found = found.filter(by_numbers(wanted, NUMBERS))
    for name in ("language", "tone"):
        if value := wanted.get(name, ""):
            found = found.filter(**{name: value})
    return found


def searching(words: str) -> Q:
    """Full text in German or English stems; quotes and minus as people type them."""
    german, english = (SearchQuery(words, config=config, search_type="websearch") for config in ("german", "english"))
    return Q(words=german) | Q(words=english)


def mention_for(person: Person, mention_id: int) -> Mention:
    """The mention, or 404."""
    found = Mention.objects.select_related("source", "channel").filter(pk=mention_id).first()
    if found is None or not person.may("mention.view"):
        raise Http404
    return found


def facts_of(mention_id: int) -> MentionFacts | None:
    """For the rooms above; None when it was forgotten meanwhile."""
    found = Mention.objects.select_related("source", "channel").filter(pk=mention_id).first()
    if found is None:
        return None
    same = {name: getattr(found, name) for name in MentionFacts.__dataclass_fields__ if name not in ("id", "source")}
    return MentionFacts(id=found.pk, source=str(found.source or found.channel or ""), **same)


def sources(person: Person, words: str = "") -> QuerySet[Source]:
    """Sources, by title; with these words in title or address."""
    if not person.may("mention.view"):
        return Source.objects.none()
    return Source.objects.filter(Q(title__icontains=words) | Q(url__icontains=words)).order_by("title", "url")


def all_queries(person: Person) -> QuerySet[Query]:
    return Query.objects.all() if person.may("mention.view") else Query.objects.none()


def source_for(person: Person, source_id: int) -> Source:
    found = Source.objects.filter(pk=source_id).first()
    if found is None or not person.may("mention.view"):
        raise Http404
    return found


def query_for(person: Person, query_id: int) -> Query:
    found = Query.objects.filter(pk=query_id).first()
    if found is None or not person.may("mention.view"):
        raise Http404
    return found


def per_day(found: QuerySet[Mention], days: int = 30) -> dict[str, list[object]]:
    """Mentions per day and tone for the chart, the days without any included."""
    today = timezone.localdate()
    labels = [(today - timedelta(days=back)).isoformat() for back in range(days - 1, -1, -1)]
    numbers = Mention.objects.filter(
        pk__in=found.order_by().values("pk"), at__date__gte=today - timedelta(days=days - 1)
    )
    rows = numbers.annotate(day=TruncDate("at")).values("day", "tone").annotate(n=Count("pk")).order_by()
    counts = {(row["day"].isoformat(), row["tone"]): row["n"] for row in rows}
    states = {"negative": "red", "neutral": "grey", "positive": "green", "unsure": "amber"}
    series = [
        {"name": str(label), "values": [counts.get((day, tone), 0) for day in labels], "state": states[tone]}
        for tone, label in Mention.Tone.choices
    ]
    return {"labels": list(labels), "series": list(series)}
