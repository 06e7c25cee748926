"""Reads the sources that are due: many at once, then one transaction for each."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from leitstand.connectors.errors import Refused
from leitstand.connectors.feed import ParsedFeed, parse
from leitstand.core import jobs
from leitstand.core.events import record
from leitstand.listening import pace
from leitstand.listening.clean import plain, readable
from leitstand.listening.discover import score, total
from leitstand.listening.events import SourceGone
from leitstand.listening.fetch import Outcome, Wish, fetch_all
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Mention, Source, is_address
from leitstand.listening.queries import topics
from leitstand.listening.store import matcher, store

AT_ONCE, LOT = 200, 50
SAY_ODD = "The source sends something that cannot be stored."


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
    for first in range(0, len(sources), LOT):
        lot = sources[first : first + LOT]
        wishes = [Wish(source.url, source.etag, source.modified) for source in lot]
        for source, outcome in zip(lot, fetch_all(wishes, settings.PRIVATE_HOSTS), strict=True):
            take(source, outcome)


def take(source: Source, outcome: Outcome) -> None:
    """One outcome into the database. What the database refuses is this source's trouble; the others go on."""
    if outcome.status not in (200, 304):
        _trouble(source, outcome.say, outcome.detail, outcome.status == 410, outcome.retry_after)
        return
    try:
        _keep(source, outcome)
    except Refused as refused:
        _trouble(source, refused.say, refused.detail)
    except (DatabaseError, UnicodeError) as error:
        _trouble(source, SAY_ODD, f"{type(error).__name__}: {error}")


@transaction.atomic
def _keep(source: Source, outcome: Outcome) -> None:
    """All of it or nothing; nothing if the source was removed while it was read."""
    if not Source.objects.select_for_update().filter(pk=source.pk).exists():
        return
    if outcome.status == 304:
        _well(source, outcome, 0)
        return
    feed = parse(outcome.body, outcome.final_url or source.url, outcome.content_type)
    fresh = _store(source, feed)
    title, site = source.title or readable(feed.title)[:300], plain(feed.site_url)[:1000]
    first = {} if source.score_reasons else _scored(feed)
    _well(source, outcome, fresh, title=title, site_url=site, language=feed.language, **first)


def _scored(feed: ParsedFeed) -> dict[str, object]:
    """What speaks for this feed, or against it, when it is read for the first time."""
    reasons = score(feed, topics(), timezone.now())
    return {"score": total(reasons), "score_reasons": [asdict(reason) for reason in reasons]}


def _store(source: Source, feed: ParsedFeed) -> int:
    """Keeps what is not too old for us; returns how many are new.

    Of items without a date nobody knows at the first reading whether they are news: no room above is told. They stay
    as long as the feed shows them: forgotten, they would come back as news.
    """
    oldest = _days_ago(settings.MENTION_DAYS)
    young = [item for item in feed.items if item.at >= oldest]
    quiet = feed.undated if source.newest_at is None else ()
    fresh = store(judge_all(young, matcher(), str(source)), source, quiet=quiet)
    undated = source.mentions.filter(remote_id__in=[plain(number) for number in feed.undated])
    undated.filter(stored_at__lt=_days_ago(settings.MENTION_DAYS / 2)).update(stored_at=timezone.now())
    return fresh


def _days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def _well(source: Source, outcome: Outcome, fresh: int, **more: object) -> None:
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
    if is_address(outcome.moved_to) and not Source.objects.filter(url=outcome.moved_to).exists():
        columns["url"] = outcome.moved_to
    Source.objects.filter(pk=source.pk).update(**columns, **more)


@transaction.atomic
def _trouble(source: Source, say: str, detail: str, gone: bool = False, retry_after: float = 0) -> None:
    """Tried again later. Who was paused meanwhile stays paused; who was removed is missed by nobody."""
    failures = source.failures + 1
    dead = gone or pace.is_dead(failures)
    columns: dict[str, object] = {"state": Source.State.GONE} if dead else {}
    kept = Source.objects.filter(pk=source.pk).update(
        failures=failures,
        trouble=say[:300],
        trouble_detail=plain(detail),
        read_at=timezone.now(),
        next_at=pace.after_failure(timezone.now(), failures, retry_after),
        **columns,
    )
    if kept and dead:
        record(SourceGone(source.pk, say))


@jobs.every("41 3 * * *")
@jobs.job("listening.forget", queue_name="house")
def forget() -> int:
    """Third-party mentions of which nothing came go after MENTION_DAYS days; returns how many."""
    old = Mention.objects.filter(channel=None, handed_over_at=None, stored_at__lt=_days_ago(settings.MENTION_DAYS))
    return old.delete()[0]
