"""Searches what is stored for a query whose words are new: in jobs, lot by lot, the newest first.

`Query.search_below` is how far the search has come. A lot is searched in one transaction, which also takes away what
the query found there before.
"""

from __future__ import annotations

from django.db import transaction

from leitstand.core import jobs
from leitstand.listening.facts import shown_text
from leitstand.listening.models import Hit, Mention, Query
from leitstand.signals.queries import Matcher, Text, prepared
from leitstand.signals.query_language import parse

LOT = 1_000


@jobs.job("listening.search_stored", queue_name="house")
def search_stored(query_id: int) -> None:
    """Searches the next lot, and enqueues itself while there are more."""
    with transaction.atomic():
        query = Query.objects.select_for_update().filter(pk=query_id).exclude(search_below=None).first()
        if query is None:
            return
        query.search_below = _search(query, query.search_below or 0)
        query.save(update_fields=["search_below"])
        if query.search_below:
            enqueue(query)


def enqueue(query: Query) -> None:
    jobs.enqueue(search_stored, once=f"search-{query.pk}-{query.search_below}", query_id=query.pk)


def _search(query: Query, below: int) -> int | None:
    """Where the next lot begins; None: all has been searched."""
    whole = Mention.objects.select_related("source", "channel").filter(pk__lt=below).order_by("-pk")
    lot, matcher = list(whole[:LOT]), Matcher({query.pk: parse(query.text)})
    found = ((mention, matcher.match(text_of(mention)).get(query.pk)) for mention in lot)
    hits = [Hit(mention=one, query=query, spans=[list(span) for span in spans[:50]]) for one, spans in found if spans]
    Hit.objects.filter(query=query, mention__in=[mention.pk for mention in lot]).delete()
    Hit.objects.bulk_create(hits)
    return lot[-1].pk if len(lot) == LOT else None


def text_of(mention: Mention) -> Text:
    """A stored mention as queries see it."""
    author = f"{mention.author_handle} {mention.author_name}"
    shown = shown_text(mention.title, mention.text)
    return prepared(shown, mention.language, str(mention.source or mention.channel), author)
