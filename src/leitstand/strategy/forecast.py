"""Where the readings lead: a straight line by ordinary least squares, with an honest interval.

Formula: slope = Sxy / Sxx, intercept = ȳ − slope·x̄; the interval at a day x is ± t·s·√(1 + 1/n + (x − x̄)²/Sxx)
with s² = SSE / (n − 2) (Draper & Smith, Applied Regression Analysis, 3rd ed., ch. 1). t is taken as 2, about 95 %
for ten readings or more and too narrow for fewer; below three readings on different days there is no forecast. A day
counts with its last reading: figures read each hour hang together and would make the interval too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Status = Literal["met", "on_track", "behind", "unknown", "stale", "overdue", "late"]
LEAST_READINGS = 3


@dataclass(frozen=True, slots=True)
class Point:
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Expected value on the last day, and the interval around it, in the goal's unit."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Standing:
    """How a goal stands. `share`: progress from start to target, 1 is met; `expected`: where it should be by now.

    `counts`: the reading all this rests on, the newest of those up to the last day. `newest` may be a later one.
    """

    status: Status
    share: float
    expected: float
    newest: float | None
    counts: float | None
    forecast: Forecast | None


def forecast(points: Sequence[Point], day: date) -> Forecast | None:
    """None with readings on fewer than three days; a day counts with its last reading.

    What was never below zero is not said to go there: there are no fewer than no followers.
    """
    points = list({point.at.date(): point for point in points}.values())
    if len(points) < LEAST_READINGS:
        return None
    xs = [point.at.timestamp() / 86_400 for point in points]
    ys = [point.value for point in points]
    count, mean_x, mean_y = len(xs), sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    target = (day - date(1970, 1, 1)).days + 1
    value = mean_y + slope * (target - mean_x)
    errors = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    deviation = math.sqrt(errors / (count - 2))
    margin = 2 * deviation * math.sqrt(1 + 1 / count + (target - mean_x) ** 2 / spread)
    least = 0.0 if min(ys) >= 0 else -math.inf
    return Forecast(*(max(least, one) for one in (value, value - margin, value + margin)))


def standing(
    start: float, target: float, begins: date, ends: date, points: Sequence[Point], today: date, lasts: timedelta
) -> Standing:
    """How it stands today, for goals that rise and for goals that fall. A reading says so as long as it `lasts`.

    What was read after the last day turns no verdict; it can only say that the target was reached late.
    """

    def share_of(value: float) -> float:
        return (value - start) / (target - start)

    in_time = [point for point in points if point.at.date() <= ends]
    share = share_of(in_time[-1].value) if in_time else 0.0
    passed = max(0.0, min(1.0, (today - begins).days / (ends - begins).days))
    ahead = forecast(points, ends)
    reaches = share_of(ahead.value) >= 1 if ahead else share >= passed * 0.9
    if today > ends:
        status = _verdict(share, any(share_of(point.value) >= 1 for point in points[len(in_time) :]))
    else:
        status = _status(share, reaches, not points, bool(points) and today - points[-1].at.date() > lasts)
    newest, counts = (found[-1].value if found else None for found in (points, in_time))
    return Standing(status, share, passed, newest, counts, ahead)


def _verdict(share: float, reached_later: bool) -> Status:
    """Once the last day is over."""
    if share >= 1:
        return "met"
    return "late" if reached_later else "overdue"


def _status(share: float, reaches: bool, uncounted: bool, stale: bool) -> Status:
    """While the goal's time runs."""
    if share >= 1:
        return "met"
    if uncounted:
        return "unknown"
    if stale:
        return "stale"
    return "on_track" if reaches else "behind"
