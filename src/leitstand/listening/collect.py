"""Reads replies to us and mentions of us from our own channels, page by page, without gaps."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.errors import ConnectorError
from leitstand.core import jobs
from leitstand.listening.judge import judge_all
from leitstand.listening.models import ChannelCursor
from leitstand.listening.store import matcher, store

MOST_PAGES = 10


@jobs.tick(seconds=10)
def collect_all() -> None:
    """Enqueues one reading per channel that can be listened to."""
    for channel in channels.listenable():
        jobs.enqueue(collect, once=f"collect-{channel.pk}", channel_id=channel.pk)


def begin_at(channel_id: int, cursor: str) -> None:
    """Reads the channel from this cursor on; what came before stays unread."""
    ChannelCursor.objects.update_or_create(channel_id=channel_id, defaults={"cursor": cursor})


@jobs.job("listening.collect", queue_name="listen", tries=1)
def collect(channel_id: int) -> int:
    """New items of one channel; the cursor moves with what is stored, in the same transaction."""
    channel = channels.channel(channel_id)
    cursor, _fresh = ChannelCursor.objects.get_or_create(channel_id=channel_id)
    stored = 0
    for _turn in range(MOST_PAGES):
        page = calls.listen(channel, cursor.cursor or None)
        if isinstance(page, ConnectorError):
            break
        with transaction.atomic():
            stored += store(judge_all(page.items, matcher(), str(channel)), channel_id=channel_id)
            cursor.cursor, cursor.read_at = (page.cursor or "")[:300], timezone.now()
            cursor.save(update_fields=["cursor", "read_at"])
        if not page.more:
            break
    return stored
