"""Local times that do not exist, or exist twice."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import company

from leitstand.core import clock

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "kind", "utc", "second"),
    [
        ("2026-11-23T14:00", "plain", "2026-11-23T13:00", None),
        ("2026-03-29T02:30", "skipped", "2026-03-29T01:30", None),  # becomes 03:30
        ("2026-10-25T02:30", "twice", "2026-10-25T00:30", "2026-10-25T01:30"),
    ],
)
def test_what_a_typed_time_means(typed: str, kind: str, utc: str, second: str | None) -> None:
    meant = clock.local_to_utc(datetime.fromisoformat(typed), BERLIN)
    assert meant.kind == kind
    assert meant.utc == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert meant.second == (datetime.fromisoformat(second).replace(tzinfo=UTC) if second else None)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_there_and_back_is_the_same_unless_it_was_skipped(typed: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    meant = clock.local_to_utc(typed, zone)
    same = clock.local(meant.utc, zone).replace(tzinfo=None) == typed
    assert same is (meant.kind != "skipped")


@pytest.mark.django_db
def test_the_zone_is_the_companys() -> None:
    company(time_zone="America/New_York")
    assert clock.zone() == ZoneInfo("America/New_York")
    assert clock.now().tzinfo is not None
