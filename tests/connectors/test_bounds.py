"""Nothing a stranger writes breaks what stores or shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from leitstand.connectors.bounds import MOST, kept
from leitstand.connectors.protocol import Author, Figures, Image, Item, Page

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "is_kept"),
    [
        ("a\x00b\ud800c 😀", "abc 😀"),
        (2**40, MOST),
        (-1, 0),
        (7, 7),
        (True, True),
        (None, None),
        (0.5, 0.5),
        (b"\x00", b"\x00"),
        (datetime(9999, 12, 31, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)),
        (datetime(1, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)),
        (NOON, NOON),
        ({"a\x00": ["\x00", (2**33,)]}, {"a": ["", (MOST,)]}),
        (Figures(likes=-3, shares=2**35), Figures(likes=0, shares=MOST)),
    ],
)
def test_what_is_kept(told: Any, is_kept: Any) -> None:
    assert kept(told) == is_kept and type(kept(told)) is type(told)


def test_a_page_is_kept_to_its_last_author() -> None:
    item = Item("1", "mention", "https://a.example", NOON, "a\x00", Author("1", "o", "\udfff", followers=2**31))
    (found,) = kept(Page((item,), "c")).items
    assert (found.text, found.author.name, found.author.followers) == ("a", "", MOST)


def test_an_image_stays_as_it_is() -> None:
    image = Image(b"\x00\x01", "image/png", "Tasse", "a.png", 8, 6)
    assert kept(image) == image
