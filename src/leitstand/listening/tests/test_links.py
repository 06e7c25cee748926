"""Addresses in many spellings."""

from __future__ import annotations

import pytest

from leitstand.listening.links import page_of

PAGE = "https://blog.example/kaffee/1"


@pytest.mark.parametrize(
    "url",
    [
        "http://blog.example/kaffee/1",
        "https://WWW.Blog.Example/kaffee/1/",
        "https://blog.example:443/kaffee/1",
        f"{PAGE}?utm_source=rss&utm_medium=feed&fbclid=x&GCLID=1",
        f"{PAGE}#kommentare",
        f"{PAGE}?#xtor=RSS-1",
    ],
)
def test_two_spellings_are_one_page(url: str) -> None:
    assert page_of(url) == page_of(PAGE) == "blog.example/kaffee/1"


OTHERS = [
    PAGE,
    "https://shop.blog.example/kaffee/1",
    "https://blog.example:8443/kaffee/1",
    "https://blog.example/Kaffee/1",
    "https://blog.example/kaffee/1?p=1",
    "https://blog.example/kaffee/1?p=2&utm_source=rss",
    "https://blog.example/kaffee/1#comment-1",
    "https://blog.example/kaffee/1#comment-2",
    "https://blog.example",
    "http://[::1",
    "",
]


def test_other_pages_stay_others() -> None:
    assert len({page_of(url) for url in OTHERS}) == len(OTHERS)
