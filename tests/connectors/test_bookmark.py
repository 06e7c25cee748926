"""An inbox in which things may come in below what was read: each is heard once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leitstand.connectors.bookmark import Note, bookmark
from leitstand.connectors.protocol import Author, Item

LATE = timedelta(minutes=15)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def note(mark: str, minutes: int) -> Note:
    at = NOON + timedelta(minutes=minutes)
    return Note(at, mark, Item(mark, "mention", "https://a.example", at, mark, Author("1", "o", "O")))


def test_what_comes_in_late_is_heard_once() -> None:
    first = bookmark(None, LATE).page([note("b", 0), note("a", -20)])
    assert [item.remote_id for item in first.items] == ["a", "b"]
    place = bookmark(first.cursor, LATE)
    assert place.since == NOON - LATE
    second = place.page([note("c", 1), note("b", 0), note("late", -10)])
    assert [item.remote_id for item in second.items] == ["late", "c"]
    assert bookmark(second.cursor, LATE).page([note("c", 1), note("b", 0), note("late", -10)]).items == ()


@pytest.mark.parametrize("cursor", [None, "", "91", "no time"])
def test_a_cursor_that_is_none_of_ours_is_the_beginning(cursor: str | None) -> None:
    place = bookmark(cursor, LATE)
    assert (place.since, place.page([]).cursor) == (None, None)
