"""When a source is read next: as often as it brings something, never oftener than every ten minutes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

LEAST, MOST = 10, 24 * 60
MOST_FAILURES = 30


def next_interval(interval: int, fresh: int) -> int:
    """Minutes: shorter by a third when something new came, longer by a quarter when not."""
    changed = interval * 2 / 3 if fresh else interval * 5 / 4
    return int(max(LEAST, min(MOST, changed)))


def after_failure(now: datetime, failures: int, retry_after: float) -> datetime:
    """Doubling pauses from ten minutes to a day, and never before the source wants."""
    pause = min(LEAST * 2 ** max(0, failures - 1), MOST)
    return now + max(timedelta(minutes=pause), timedelta(seconds=retry_after))


def is_dead(failures: int) -> bool:
    """After a month of failing daily nobody expects it back."""
    return failures >= MOST_FAILURES
