"""The days on which the clocks of Europe change, next year: ahead of us whenever the tests run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def last_sunday(month: int) -> date:
    """Of next year: in March an hour is left out, in October one comes twice (Directive 2000/84/EC)."""
    last = date(datetime.now(UTC).year + 1, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)


SPRING = last_sunday(3)
AUTUMN = last_sunday(10)
