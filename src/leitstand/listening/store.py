"""The last step: keeps judged items in one transaction, each once, and tells the rooms above."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from leitstand.connectors.protocol import Item
from leitstand.core.events import record
from leitstand.listening import queries
from leitstand.listening.clean import plain
from leitstand.listening.events import MentionStored
from leitstand.listening.judge import Judged
from leitstand.listening.links import page_of
from leitstand.listening.models import Hit, Mention, Source
from leitstand.listening.turns import keep_queries, store_alone
from leitstand.signals.queries import Matcher

MOST_REASONS = 12


def matcher() -> Matcher:
    """All active queries, compiled. They stay so until this transaction, which stores what they met, ends."""
    keep_queries()
    return queries.wanted()


@transaction.atomic
def store(
    judged: Sequence[Judged], source: Source | None = None, channel_id: int | None = None, quiet: Container[str] = ()
) -> int:
    """Stores what is new and was told by no other source; returns how many.

    Events go out for what queries hit, and for all of a channel, but not for items whose numbers are `quiet`.
    """
    store_alone()
    mine = _of(source, channel_id)
    offered = {_number(one.item): one for one in judged}
    known = set(mine.filter(remote_id__in=offered).values_list("remote_id", flat=True))
    elsewhere = _told_elsewhere(offered, source)
    fresh = {number: one for number, one in offered.items() if number not in known and number not in elsewhere}
    Mention.objects.bulk_create([_mention(one, source, channel_id) for one in fresh.values()], ignore_conflicts=True)
    numbers = dict(mine.filter(remote_id__in=fresh).values_list("remote_id", "pk"))
    _store_hits(fresh, numbers)
    for remote_id, one in fresh.items():
        if (one.hits or channel_id) and one.item.remote_id not in quiet:
            record(MentionStored(numbers[remote_id], sorted(one.hits), channel_id or 0))
    return len(fresh)


def _of(source: Source | None, channel_id: int | None) -> QuerySet[Mention]:
    own = Q(channel_id=channel_id) if channel_id else Q(channel=None)
    return Mention.objects.filter(own, source=source)


def _told_elsewhere(offered: Mapping[str, Judged], source: Source | None) -> set[str]:
    """What another source brought already: the same page under the same title."""
    if source is None:
        return set()
    pages = {number: page_of(_link(one.item.url, 1000)) for number, one in offered.items()}
    others = Mention.objects.filter(page__in=set(pages.values()) - {""}, channel=None).exclude(source=source)
    known = set(others.values_list("page", "title"))
    return {number for number, one in offered.items() if (pages[number], one.item.title) in known}


def _store_hits(fresh: dict[str, Judged], numbers: dict[str, int]) -> None:
    hits = [
        Hit(mention_id=numbers[remote_id], query_id=query_id, spans=[list(span) for span in spans[:50]])
        for remote_id, one in fresh.items()
        for query_id, spans in one.hits.items()
    ]
    Hit.objects.bulk_create(hits, ignore_conflicts=True)


def _mention(one: Judged, source: Source | None, channel_id: int | None) -> Mention:
    item, tone, author = one.item, one.tone, one.item.author
    url = _link(item.url, 1000)
    reasons = [
        {"words": reason.words, "value": round(reason.value, 1), "tags": reason.tags}
        for reason in tone.reasons[:MOST_REASONS]
    ]
    return Mention(
        source=source,
        channel_id=channel_id,
        remote_id=_number(item),
        kind=item.kind,
        url=url,
        page=page_of(url),
        at=item.at,
        title=item.title,
        text=item.text,
        language=one.language[:5],
        author_remote_id=plain(author.remote_id)[:300],
        author_handle=author.handle,
        author_name=author.name,
        author_url=_link(author.url, 500),
        followers=author.followers,
        in_reply_to=plain(item.in_reply_to)[:500],
        thread_root=plain(item.thread_root)[:500],
        tone=tone.tone,
        score=tone.score,
        hostility=tone.hostility,
        urgency=tone.urgency,
        is_question=tone.is_question,
        is_complaint=tone.is_complaint,
        is_private=item.is_private,
        reasons=reasons,
    )


def _link(url: str, most: int) -> str:
    """Only what a browser may open; a link cut off would lead elsewhere."""
    return plain(url) if url.startswith(("https://", "http://")) and len(url) <= most else ""


def _number(item: Item) -> str:
    return plain(item.remote_id)[:500]
