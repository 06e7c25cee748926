"""Every address with a number in it, in every room: a guessed number leads nowhere, and never to a failure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests import people

NUMBER = re.compile(r"<int:\w+>")


def routes(patterns: Sequence[URLPattern | URLResolver], above: str = "/") -> Iterator[str]:
    """All addresses of the house, as they are written in its urls."""
    for one in patterns:
        whole = above + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, whole)
        else:
            yield whole


def numbered() -> list[str]:
    """Those whose only open places are numbers."""
    found = [route for route in routes(get_resolver().url_patterns) if NUMBER.search(route)]
    # The practice network stands for a foreign one: it wants a token first (practice/tests).
    return [route for route in found if "<" not in NUMBER.sub("", route) and not route.startswith("/practice/")]


@pytest.fixture
def boss(db: None) -> Client:
    """Who may do everything, so that nothing but the number can be the reason."""
    people.company()
    return people.signed_in(people.ada())


@pytest.mark.parametrize("number", [987_654, 2**31, 2**63, 10**30])
def test_a_guessed_number_leads_nowhere(boss: Client, number: int) -> None:
    assert len(numbered()) > 60
    for route in numbered():
        url = NUMBER.sub(str(number), route)
        told = {boss.get(url).status_code, boss.post(url, {"text": "x"}).status_code}
        assert told <= {404, 405}, url
