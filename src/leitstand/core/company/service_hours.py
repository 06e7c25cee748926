"""Service hours: how much time of staffed desk lies between two moments, and when a deadline falls.

Hours are wall-clock spans per weekday in the company's zone; public holidays of its region are closed
(library `holidays`). All functions are pure over a frozen `ServiceHours`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leitstand.core.company import public_holidays
from leitstand.core.models import Company

Span = tuple[time, time]
HORIZON_DAYS = 400


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """`week` maps a weekday (0 is Monday) to its spans in order; a day not named is closed."""

    zone: ZoneInfo
    week: dict[int, tuple[Span, ...]]
    country: str = "DE"
    region: str = ""

    def is_closed(self, day: date) -> bool:
        return day in public_holidays.days(self.country, self.region, day.year)


def company_hours(company: Company | None = None) -> ServiceHours:
    """The service hours of the company as set up, or of the one that is given (a preview)."""
    company = company or Company.current()
    week = {int(day): tuple(_span(*span) for span in spans) for day, spans in company.service_hours.items()}
    return ServiceHours(ZoneInfo(company.time_zone), week, company.country, company.holiday_region)


def deadline(start: datetime, minutes: int, hours: ServiceHours) -> datetime:
    """The moment when that many minutes of service time have passed since start (UTC).

    Without any service hours the clock runs all day and night.
    """
    left = timedelta(minutes=minutes)
    for opens, closes in _open_spans(start, hours):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return start + timedelta(minutes=minutes)


def minutes_between(start: datetime, end: datetime, hours: ServiceHours) -> int:
    """Whole minutes of service time between two moments; all minutes where no hours are set.

    0 where the end does not lie behind the start: what others tell us may be dated by a clock ahead of ours.
    """
    if end <= start:
        return 0
    if not any(hours.week.values()):
        return int((end - start).total_seconds() // 60)
    total = timedelta()
    for opens, closes in _open_spans(start, hours):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return int(total.total_seconds() // 60)


def is_open(moment: datetime, hours: ServiceHours) -> bool:
    """Whether the desk is staffed at that moment; always, where no hours are set."""
    if not any(hours.week.values()):
        return True
    first = next(_open_spans(moment, hours), None)
    return first is not None and first[0] <= moment


def next_change(moment: datetime, hours: ServiceHours) -> datetime | None:
    """When the desk next closes (if it is open) or opens; None where no hours are set."""
    for opens, closes in _open_spans(moment, hours):
        return closes if opens <= moment else opens
    return None


def _open_spans(start: datetime, hours: ServiceHours) -> Iterator[tuple[datetime, datetime]]:
    """Open spans from start on, in UTC, the first one cut at start."""
    day = start.astimezone(hours.zone).date()
    for offset in range(HORIZON_DAYS):
        for opens, closes in _spans_of(day + timedelta(days=offset), hours):
            if closes > start:
                yield max(opens, start), closes


def _spans_of(day: date, hours: ServiceHours) -> Iterator[tuple[datetime, datetime]]:
    if hours.is_closed(day):
        return
    for opens, closes in hours.week.get(day.weekday(), ()):
        yield _moment(day, opens, hours.zone), _closing(day, closes, hours.zone)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _closing(day: date, at: time, zone: ZoneInfo) -> datetime:
    """`time.max` is written for 24:00: the next day's first moment, so that no microsecond is lost."""
    return _moment(day + timedelta(days=1), time.min, zone) if at == time.max else _moment(day, at, zone)


def _span(opens: str, closes: str) -> Span:
    return time.fromisoformat(opens), time.max if closes == "24:00" else time.fromisoformat(closes)
