"""Time: always aware, shown and typed in the company's zone.

Twice a year a local time does not exist or exists twice. `local_to_utc` says so instead of guessing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from leitstand.core.models import Company


@dataclass(frozen=True, slots=True)
class LocalTime:
    """What a typed local time means. `kind`: "plain", "skipped" (does not exist) or "twice".

    `utc` is the moment meant: for "skipped" the same wall clock moved on by the gap, for "twice" the
    first of the two; `second` is the other one.
    """

    utc: datetime
    kind: str = "plain"
    second: datetime | None = None


def now() -> datetime:
    return timezone.now()


def zone() -> ZoneInfo:
    """The company's time zone."""
    return ZoneInfo(Company.current().time_zone)


def local(moment: datetime, in_zone: ZoneInfo | None = None) -> datetime:
    return moment.astimezone(in_zone or zone())


def local_to_utc(typed: datetime, in_zone: ZoneInfo | None = None) -> LocalTime:
    """The moment a naive wall-clock time means in the zone (PEP 495 folds)."""
    where = in_zone or zone()
    first = typed.replace(tzinfo=where, fold=0).astimezone(UTC)
    second = typed.replace(tzinfo=where, fold=1).astimezone(UTC)
    if first == second:
        return LocalTime(first)
    if first.astimezone(where).replace(tzinfo=None) != typed:
        return LocalTime(first, "skipped")
    return LocalTime(first, "twice", second)
