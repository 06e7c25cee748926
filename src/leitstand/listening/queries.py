"""Reads of listening; the only door to mentions. Not allowed means not there (404)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache, reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import Http404
from django.utils import timezone

from leitstand.core.models import Company, Person
from leitstand.core.text.numbers import by_numbers
from leitstand.listening.facts import MentionFacts
from leitstand.listening.models import Hit, Mention, Query, Source
from leitstand.listening.unaccented import spellings, unaccented
from leitstand.signals.folding import visible
from leitstand.signals.queries import Matcher
from leitstand.signals.query_language import QueryError, parse, words_of

DAYS = {"1": 1, "7": 7, "30": 30, "90": 90}
PIECE = re.compile(r'-?"[^"]*"?|[^\s"]+')
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
        hit = Exists(Hit.objects.filter(mention=OuterRef("pk")))
        found = found.filter(Q(hit) | Q(channel__isnull=False))
    return found


def _by_choice(found: QuerySet[Mention], wanted: Mapping[str, str]) -> QuerySet[Mention]:
    found = found.filter(by_numbers(wanted, NUMBERS))
    for name in ("language", "tone"):
        if value := wanted.get(name, ""):
            found = found.filter(**{name: value})
    return found


def searching(words: str) -> Q:
    """Full text in German or English stems, without accents; quotes, minus and "or" as people type them.

    Wanted is what either language finds; what is excluded must be found by neither.
    """
    found = Q()
    for pieces in _alternatives(unaccented(visible(words))):
        found |= _all_of(pieces)
    return found


def _all_of(pieces: list[str]) -> Q:
    wanted = " ".join(piece for piece in pieces if not piece.startswith("-"))
    found = Q(words=_stemmed(wanted)) if wanted else Q()
    for piece in pieces:
        if piece.startswith("-"):
            found &= ~Q(words=_stemmed(piece.lstrip("-")))
    return found


def _alternatives(words: str) -> list[list[str]]:
    """Words and phrases, parted by "or" where something stands on both sides."""
    found: list[list[str]] = [[]]
    for piece in PIECE.findall(words):
        if piece.lower() == "or":
            found.append([])
        elif piece.strip('-"'):
            found[-1].append(piece)
    return [pieces for pieces in found if pieces] or [[words]]


def _stemmed(words: str) -> SearchQueryCombinable:
    """In either language, in any of its spellings."""
    asked = [(spelled, config) for spelled in spellings(words) for config in ("german", "english")]
    return reduce(or_, (SearchQuery(spelled, config=config, search_type="websearch") for spelled, config in asked))


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


def topics() -> list[str]:
    """Words the company cares about: its name, and what its queries look for."""
    return [Company.current().name, *(words for node in wanted().queries.values() for words in words_of(node))]


def wanted() -> Matcher:
    """All active queries; one that cannot be read any more is left out."""
    return _compiled(tuple(Query.objects.filter(is_active=True).values_list("pk", "text")))


@lru_cache(maxsize=1)
def _compiled(texts: tuple[tuple[int, str], ...]) -> Matcher:
    """Compiled anew only when a query has changed: it is asked for with each source that is read."""
    found = {}
    for number, text in texts:
        with suppress(QueryError):
            found[number] = parse(text)
    return Matcher(found)


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
