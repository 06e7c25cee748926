"""Odd words in the address of a page, on every page of the house: they find nothing and break nothing."""

from __future__ import annotations

from itertools import product

import pytest
from django.urls import get_resolver
from tests import people

from leitstand.web import demo
from leitstand.web.tests.test_guessed_numbers import routes

ODD = ["\x00", "a\x00b", "²", "9" * 30, "-1", "'\"%_\\", "x" * 3_000, "\ud83d", "2026-02-31", "("]
ODD += ["0001-01-01", "9999-12-31"]
NAMES = ["q", "show", "state", "channel", "author", "goal", "kind", "who", "late", "page", "query", "source", "tone"]
NAMES += [
    "language",
    "days",
    "name",
    "actor",
    "person",
    "room",
    "since",
    "until",
    "from",
    "to",
    "start",
    "end",
    "owner",
]


def pages() -> list[str]:
    """All addresses without an open place that answer to reading."""
    found = [route for route in routes(get_resolver().url_patterns) if "<" not in route and "^" not in route]
    return [route for route in found if not route.startswith(("/accounts/", "/static/", "/healthz"))]


@pytest.mark.django_db
def test_odd_words_break_no_page() -> None:
    browser = people.signed_in(people.ada())
    demo.load()
    assert len(pages()) > 40
    for odd, route in product(ODD, pages()):
        typed = dict.fromkeys(NAMES, odd.encode("utf-8", "surrogatepass"))
        assert browser.get(route, typed).status_code < 500, (route, odd)
