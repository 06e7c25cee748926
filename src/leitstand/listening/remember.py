"""Takes in what was said before we listened: stored and judged like all else, from a source that rests."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from leitstand.connectors.protocol import Item
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Mention, Source
from leitstand.listening.store import matcher, store


@transaction.atomic
def remember(url: str, title: str, items: Sequence[Item]) -> list[int]:
    """Stores the items under a paused source; returns the numbers of the mentions, in the order of the items."""
    first = {"title": title, "state": Source.State.PAUSED, "next_at": timezone.now(), "read_at": timezone.now()}
    source, _fresh = Source.objects.get_or_create(url=url, defaults=first)
    store(judge_all(items, matcher(), title), source)
    numbers = dict(Mention.objects.filter(source=source).values_list("remote_id", "pk"))
    return [numbers[item.remote_id] for item in items]
