"""Reads the sources that are due: many at once, then one transaction for each."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leitstand.connectors.errors import Refused
from leitstand.connectors.feed import parse
from leitstand.core import jobs
from leitstand.core.events import record
from leitstand.listening import pace
from leitstand.listening.events import SourceGone
from leitstand.listening.fetch import Outcome, Wish, fetch_all
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Mention, Source
from leitstand.listening.store import matcher, plain, store
from leitstand.signals.queries import Matcher

AT_ONCE, LOT = 200, 50


@jobs.every("* * * * *")
@jobs.job("listening.read_due", queue_name="listen", tries=1)
def read_due() -> int:
    """Each minute: reads what is due; returns how many sources."""
    now = timezone.now()
    due = list(Source.objects.due(now).order_by("next_at")[:AT_ONCE])
    Source.objects.filter(pk__in=[source.pk for source in due]).update(next_at=now + timedelta(minutes=10))
    read(due)
    return len(due)


def read(sources: list[Source]) -> None:
    """Fetches them lot by lot, so that memory stays bounded, and keeps what they bring."""
    compiled = matcher()
    for first in range(0, len(sources), LOT):
        lot = sources[first : first + LOT]
        wishes = [Wish(source.url, source.etag, source.modified) for source in lot]
        for source, outcome in zip(lot, fetch_all(wishes, settings.PRIVATE_HOSTS), strict=True):
            take(source, outcome, compiled)


def take(source: Source, outcome: Outcome, compiled: Matcher) -> int:
    """One outcome into the database; returns how many mentions are new."""
    if outcome.status == 304:
        _well(source, outcome, 0)
        return 0
    if outcome.status != 200:
        _trouble(source, outcome.say, outcome.detail, outcome.status == 410, outcome.retry_after)
        return 0
    try:
        feed = parse(outcome.body, outcome.final_url or source.url)
    except Refused as refused:
        _trouble(source, refused.say, refused.detail, False, 0)
        return 0
    with transaction.atomic():
        fresh = store(judge_all(feed.items, compiled, str(source)), source)
        _well(
            source,
            outcome,
            fresh,
            title=source.title or plain(feed.title)[:300],
            site_url=plain(feed.site_url)[:1000],
            language=feed.language,
        )
    return fresh


def _well(source: Source, outcome: Outcome, fresh: int, **more: str) -> None:
    now = timezone.now()
    interval = pace.next_interval(source.interval, fresh)
    newest = now if fresh else source.newest_at
    columns: dict[str, object] = {
        "etag": outcome.etag,
        "modified": outcome.modified,
        "interval": interval,
        "read_at": now,
    }
    columns |= {
        "next_at": now + timedelta(minutes=interval),
        "newest_at": newest,
        "failures": 0,
        "trouble": "",
        "trouble_detail": "",
    }
    if outcome.moved_to and not Source.objects.filter(url=outcome.moved_to).exists():
        columns["url"] = outcome.moved_to
    Source.objects.filter(pk=source.pk).update(**columns, **more)


@transaction.atomic
def _trouble(source: Source, say: str, detail: str, gone: bool, retry_after: float) -> None:
    failures = source.failures + 1
    dead = gone or pace.is_dead(failures)
    Source.objects.filter(pk=source.pk).update(
        failures=failures,
        trouble=say[:300],
        trouble_detail=detail,
        read_at=timezone.now(),
        next_at=pace.after_failure(timezone.now(), failures, retry_after),
        state=Source.State.GONE if dead else source.state,
    )
    if dead:
        record(SourceGone(source.pk, say))


@jobs.every("41 3 * * *")
@jobs.job("listening.forget", queue_name="house")
def forget() -> int:
    """Third-party mentions of which nothing came go after MENTION_DAYS days; returns how many."""
    before = timezone.now() - timedelta(days=settings.MENTION_DAYS)
    old = Mention.objects.filter(channel=None, handed_over_at=None, stored_at__lt=before)
    return old.delete()[0]
