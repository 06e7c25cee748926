"""The line through the readings, as tables with numbers that were worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.strategy.forecast import Forecast, Point, forecast, standing

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
BEGIN, END = date(2026, 1, 1), date(2026, 4, 11)
DAY_50 = date(2026, 2, 20)
MONTH = timedelta(days=30)


def points(*pairs: tuple[float, float]) -> list[Point]:
    """(days since the first of January, value)."""
    return [Point(FIRST + timedelta(days=days), value) for days, value in pairs]


def test_a_straight_line_is_continued_without_doubt() -> None:
    found = forecast(points((0, 100), (10, 110), (20, 120)), date(2026, 1, 30))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((130, 130, 130))


def test_the_interval_is_the_one_of_the_book() -> None:
    """x 0..4, y 1 2 4 4 5 at x=9: slope 1, mean 3.2 at 2, SSE 0.8, s² 0.8/3, margin 2·s·√(1 + 1/5 + 49/10)."""
    found = forecast(points((0, 1), (1, 2), (2, 4), (3, 4), (4, 5)), date(2026, 1, 9))
    assert found is not None
    assert found.value == pytest.approx(10.2)
    assert found.high - found.value == pytest.approx(2.5508, abs=1e-4)
    assert found.value - found.low == pytest.approx(2.5508, abs=1e-4)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(0, 100)],
        [(0, 100), (10, 110)],
        [(3, 100), (3, 110), (3, 120)],
        [(3.1, 100), (3.2, 110), (3.9, 120)],
        [(0, 100), (0.5, 105), (10, 110)],
        [(hour / 24, 100 + hour) for hour in range(24)],
    ],
)
def test_no_forecast_from_readings_on_fewer_than_three_days(pairs: list[tuple[float, float]]) -> None:
    assert forecast(points(*pairs), END) is None


def test_many_readings_on_a_day_count_as_its_last_one() -> None:
    """Followers are read each hour; that does not make the forecast surer than three days can be."""
    days = [(0.9, 100), (1.9, 104), (2.9, 101)]
    hourly = sorted([*days, *((day + hour / 24, 90.0) for day in range(3) for hour in range(20))])
    assert forecast(points(*hourly), END) == forecast(points(*days), END)


CASES = [
    # start, target, readings, day, status, share
    (100, 200, [], DAY_50, "unknown", 0.0),
    (100, 200, [(50, 200)], DAY_50, "met", 1.0),
    (100, 200, [(50, 250)], DAY_50, "met", 1.5),
    (100, 200, [(50, 145)], DAY_50, "on_track", 0.45),
    (100, 200, [(50, 144)], DAY_50, "behind", 0.44),
    (100, 200, [(50, 90)], DAY_50, "behind", -0.1),
    (100, 200, [(0, 100), (10, 110), (20, 120)], date(2026, 1, 22), "on_track", 0.2),
    (100, 200, [(0, 100), (10, 110), (20, 120)], date(2026, 2, 20), "on_track", 0.2),
    (100, 200, [(0, 100), (10, 110), (20, 120)], date(2026, 2, 21), "stale", 0.2),
    (100, 200, [(19, 199)], DAY_50, "stale", 0.99),
    (100, 200, [(19, 100)], DAY_50, "stale", 0.0),
    (100, 200, [(0, 200)], DAY_50, "met", 1.0),
    (100, 200, [(0, 100), (25, 120), (50, 140)], DAY_50, "behind", 0.4),
    (100, 200, [(0, 150), (25, 150), (50, 150)], DAY_50, "behind", 0.5),
    (48, 24, [(50, 30)], DAY_50, "on_track", 0.75),
    (48, 24, [(50, 47)], DAY_50, "behind", 1 / 24),
    (48, 24, [(50, 20)], DAY_50, "met", 28 / 24),
    (100, 200, [], END, "unknown", 0.0),
    (100, 200, [], END + timedelta(days=1), "overdue", 0.0),
    (100, 200, [(50, 199)], END + timedelta(days=1), "overdue", 0.99),
    (100, 200, [(50, 200)], END + timedelta(days=400), "met", 1.0),
    # The last day is day 100: what is read later turns no verdict.
    (100, 200, [(100.9, 201), (105, 199)], END + timedelta(days=6), "met", 1.01),
    (100, 200, [(100.9, 190), (105, 199)], END + timedelta(days=6), "overdue", 0.9),
    (100, 200, [(100.9, 190), (101, 200)], END + timedelta(days=6), "late", 0.9),
    (100, 200, [(90, 190), (146, 200), (147, 180)], END + timedelta(days=60), "late", 0.9),
    (100, 200, [(90, 200), (100, 190), (101, 180)], END + timedelta(days=6), "overdue", 0.9),
    (100, 200, [(101, 200)], END + timedelta(days=6), "late", 0.0),
    (48, 24, [(90, 24), (101, 30)], END + timedelta(days=6), "met", 1.0),
    (48, 24, [(90, 30), (101, 24)], END + timedelta(days=6), "late", 0.75),
    (100, 200, [(-5, 100)], BEGIN - timedelta(days=5), "on_track", 0.0),
]


@pytest.mark.parametrize(("start", "target", "pairs", "today", "status", "share"), CASES)
def test_how_a_goal_stands(
    start: float, target: float, pairs: list[tuple[float, float]], today: date, status: str, share: float
) -> None:
    found = standing(start, target, BEGIN, END, points(*pairs), today, MONTH)
    assert (found.status, found.share) == (status, pytest.approx(share))


@pytest.mark.parametrize(
    ("today", "expected"),
    [(BEGIN - timedelta(days=9), 0.0), (BEGIN, 0.0), (DAY_50, 0.5), (END, 1.0), (END + timedelta(days=9), 1.0)],
)
def test_what_is_expected_by_now_stays_between_start_and_target(today: date, expected: float) -> None:
    assert standing(1, 2, BEGIN, END, [], today, MONTH).expected == pytest.approx(expected)


MONEY = st.floats(-1e11, 1e11)


@given(st.lists(st.tuples(st.floats(0, 3_000), MONEY), max_size=30), st.dates(date(2000, 1, 1), date(2099, 1, 1)))
def test_the_value_always_lies_in_its_interval(pairs: list[tuple[float, float]], day: date) -> None:
    found = forecast(points(*sorted(pairs)), day)
    assert found is None or isinstance(found, Forecast)
    if found:
        assert found.low <= found.value <= found.high


def test_what_was_never_below_zero_is_not_said_to_go_there() -> None:
    falling = forecast(points((0, 20), (1, 10), (2, 1)), date(2026, 1, 30))
    assert falling is not None and (falling.value, falling.low, falling.high >= 0) == (0, 0, True)
    below = forecast(points((0, 20), (1, 10), (2, -1)), date(2026, 1, 30))
    assert below is not None and below.low < below.value < 0
