"""Reads replies to us and mentions of us from our own channels, page by page, without gaps.

A network that lives in this installation is read every few seconds, all others once a minute: they count our calls.
"""

from __future__ import annotations

from datetime import timedelta

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
REST = timedelta(seconds=55)


@jobs.tick(seconds=10)
def collect_all() -> None:
    """Enqueues one reading per channel that can be listened to and has had its rest."""
    resting = set(ChannelCursor.objects.filter(read_at__gt=timezone.now() - REST).values_list("channel_id", flat=True))
    for channel in channels.listenable():
        if channel.pk not in resting or channels.network_of(channel).house_path:
            jobs.enqueue(collect, once=f"collect-{channel.pk}", channel_id=channel.pk)


def begin_at(channel_id: int, cursor: str) -> None:
    """Reads the channel from this cursor on; what came before stays unread."""
    ChannelCursor.objects.update_or_create(channel_id=channel_id, defaults={"cursor": cursor})


@jobs.job("listening.collect", queue_name="listen", tries=1)
def collect(channel_id: int) -> int:
    """New items of one channel; the cursor moves with what is stored, in the same transaction."""
    channel = channels.channel(channel_id)
    now = {"read_at": timezone.now()}
    cursor, _fresh = ChannelCursor.objects.update_or_create(channel_id=channel_id, defaults=now)
    stored = 0
    for _turn in range(MOST_PAGES):
        page = calls.listen(channel, cursor.cursor or None)
        if isinstance(page, ConnectorError):
            break
        with transaction.atomic():
            stored += store(judge_all(page.items, matcher(), str(channel)), channel_id=channel_id)
            cursor.cursor = page.cursor or ""
            cursor.save(update_fields=["cursor"])
        if not page.more:
            break
    return stored
