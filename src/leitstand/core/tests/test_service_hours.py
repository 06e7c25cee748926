"""The service clock as tables: weekends, holidays, breaks, midnight, and both daylight-saving days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.core.company import public_holidays
from leitstand.core.company.service_hours import ServiceHours, deadline, is_open, minutes_between, next_change

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = ServiceHours(BERLIN, {day: ((time(9), time(17)),) for day in range(5)})
BREAK = ServiceHours(BERLIN, {0: ((time(9), time(12)), (time(13), time(17)))})
ALL_DAY = ServiceHours(BERLIN, {day: ((time(0), time.max),) for day in range(7)}, country="XX")
NEVER = ServiceHours(BERLIN, {})


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "end"),
    [
        (OFFICE, "2026-11-23T10:00", 60, "2026-11-23T11:00"),
        (OFFICE, "2026-11-23T16:30", 60, "2026-11-24T09:30"),
        (OFFICE, "2026-11-27T16:30", 60, "2026-11-30T09:30"),  # over a weekend
        (OFFICE, "2026-11-28T12:00", 30, "2026-11-30T09:30"),  # written on Saturday
        (OFFICE, "2026-12-24T16:30", 60, "2026-12-28T09:30"),  # both Christmas days are closed
        (OFFICE, "2026-11-23T16:00", 60, "2026-11-23T17:00"),  # to the minute
        (BREAK, "2026-11-23T11:30", 60, "2026-11-23T13:30"),
        (BREAK, "2026-11-23T16:30", 60, "2026-11-30T09:30"),  # open on Mondays only
        (ALL_DAY, "2026-11-23T23:30", 60, "2026-11-24T00:30"),  # midnight loses nothing
        (NEVER, "2026-11-23T23:30", 60, "2026-11-24T00:30"),
    ],
)
def test_a_deadline_counts_service_time_only(hours: ServiceHours, start: str, minutes: int, end: str) -> None:
    assert deadline(_at(start), minutes, hours) == _at(end)
    assert minutes_between(_at(start), _at(end), hours) == minutes


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-23", 24)])
def test_days_on_which_the_clock_is_changed_have_their_real_length(day: str, hours: int) -> None:
    start = _at(f"{day}T00:00")
    end = datetime.combine(date.fromisoformat(day).replace(day=start.day + 1), time(0), tzinfo=BERLIN)
    assert minutes_between(start, end, ALL_DAY) == hours * 60


@pytest.mark.parametrize(
    ("hours", "moment", "expected", "change"),
    [
        (OFFICE, "2026-11-23T09:00", True, "2026-11-23T17:00"),
        (OFFICE, "2026-11-23T17:00", False, "2026-11-24T09:00"),
        (OFFICE, "2026-12-25T12:00", False, "2026-12-28T09:00"),
        (NEVER, "2026-12-25T12:00", True, None),
    ],
)
def test_whether_the_desk_is_staffed_and_until_when(
    hours: ServiceHours, moment: str, expected: bool, change: str | None
) -> None:
    assert is_open(_at(moment), hours) is expected
    assert next_change(_at(moment), hours) == (_at(change) if change else None)


def test_the_region_decides_about_its_own_holidays() -> None:
    bavaria = ServiceHours(BERLIN, OFFICE.week, "DE", "BY")
    assert is_open(_at("2027-01-06T12:00"), OFFICE)
    assert not is_open(_at("2027-01-06T12:00"), bavaria)


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    minutes=st.integers(1, 5_000),
)
def test_the_two_clocks_agree(start: datetime, minutes: int) -> None:
    end = deadline(start, minutes, OFFICE)
    assert is_open(end, OFFICE) or next_change(end, OFFICE) is not None
    assert minutes_between(start, end, OFFICE) == minutes


def test_holidays_speak_the_language_of_the_page() -> None:
    found = public_holidays.ahead("DE", "BY", date(2026, 12, 1), 3, "de")
    assert [holiday.name for holiday in found] == ["Erster Weihnachtstag", "Zweiter Weihnachtstag", "Neujahr"]
    assert public_holidays.ahead("DE", "BY", date(2026, 12, 1), 1, "en")[0].name == "Christmas Day"


def test_an_unknown_country_has_no_holidays_and_an_unknown_region_those_of_the_country() -> None:
    assert public_holidays.ahead("XX", "", date(2026, 12, 1), 3) == []
    assert public_holidays.days("DE", "nowhere", 2026) == public_holidays.days("DE", "", 2026) != frozenset()
    assert public_holidays.days("AT", "BY", 2026) == public_holidays.days("AT", "", 2026)
    assert public_holidays.regions("XX") == ()
    assert ("9", "Wien") in public_holidays.regions("AT")


@pytest.mark.parametrize("hours", [OFFICE, NEVER])
def test_no_service_time_lies_before_its_start(hours: ServiceHours) -> None:
    """What others tell us may be dated by a clock ahead of ours."""
    assert minutes_between(_at("2026-11-23T10:03"), _at("2026-11-23T10:00"), hours) == 0
