"""The last step: keeps judged items in one transaction, each once, and tells the rooms above."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from leitstand.channels import queries as channels
from leitstand.core.events import record
from leitstand.listening.events import MentionStored
from leitstand.listening.judge import Judged
from leitstand.listening.models import Hit, Mention, Query, Source
from leitstand.signals.queries import Matcher, QueryError, parse

MOST_REASONS = 12


def matcher() -> Matcher:
    """All active queries, compiled; one that cannot be read any more is left out."""
    found = {}
    for query in Query.objects.filter(is_active=True):
        try:
            found[query.pk] = parse(query.text)
        except QueryError:
            continue
    return Matcher(found)


@transaction.atomic
def store(judged: Sequence[Judged], source: Source | None = None, channel_id: int | None = None) -> int:
    """Stores what is new; returns how many. Events go out for what queries hit, and for all of a channel."""
    known = set(
        Mention.objects.filter(
            source=source, channel_id=channel_id, remote_id__in=[one.item.remote_id[:500] for one in judged]
        ).values_list("remote_id", flat=True)
    )
    fresh = {one.item.remote_id[:500]: one for one in judged if one.item.remote_id[:500] not in known}
    rows = [_mention(one, source, channel_id) for one in fresh.values()]
    Mention.objects.bulk_create(rows, ignore_conflicts=True)
    stored = Mention.objects.filter(source=source, channel_id=channel_id, remote_id__in=list(fresh))
    numbers = dict(stored.values_list("remote_id", "pk"))
    _store_hits(fresh, numbers)
    for remote_id, one in fresh.items():
        if one.hits or channel_id:
            record(MentionStored(numbers[remote_id], sorted(one.hits), channel_id or 0))
    return len(fresh)


def _store_hits(fresh: dict[str, Judged], numbers: dict[str, int]) -> None:
    hits = [
        Hit(mention_id=numbers[remote_id], query_id=query_id, spans=[list(span) for span in spans[:50]])
        for remote_id, one in fresh.items()
        for query_id, spans in one.hits.items()
    ]
    Hit.objects.bulk_create(hits, ignore_conflicts=True)


def _mention(one: Judged, source: Source | None, channel_id: int | None) -> Mention:
    item, tone, author = one.item, one.tone, one.item.author
    reasons = [
        {"words": reason.words, "value": round(reason.value, 1), "tags": reason.tags}
        for reason in tone.reasons[:MOST_REASONS]
    ]
    return Mention(
        source=source,
        channel_id=channel_id,
        remote_id=item.remote_id[:500],
        kind=item.kind,
        url=item.url[:1000],
        at=item.at,
        title=_clean(item.title[:1000]),
        text=_clean(item.text[:50_000]),
        language=one.language[:5],
        author_remote_id=author.remote_id[:300],
        author_handle=author.handle[:200],
        author_name=_clean(author.name[:200]),
        author_url=author.url[:500],
        followers=author.followers,
        in_reply_to=item.in_reply_to[:500],
        thread_root=item.thread_root[:500],
        tone=tone.tone,
        score=tone.score,
        hostility=tone.hostility,
        urgency=tone.urgency,
        is_question=tone.is_question,
        is_complaint=tone.is_complaint,
        reasons=reasons,
    )


def _clean(text: str) -> str:
    """PostgreSQL takes no zero bytes."""
    return text.replace("\x00", "")


def source_name(channel_id: int) -> str:
    return str(channels.channel(channel_id))
