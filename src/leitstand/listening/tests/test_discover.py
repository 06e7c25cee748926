"""Feeds are found on a web page, scored with reasons, and added from there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests import people

from leitstand.connectors.feed import parse
from leitstand.core.errors import Declined
from leitstand.listening import add
from leitstand.listening.discover import feed_links, score
from leitstand.listening.models import Source
from leitstand.listening.tests.conftest import Site, item, rss

pytestmark = pytest.mark.usefixtures("house")
BAD_LINK = "<link rel=alternate type=application/rss+xml href=http://[::1>"
PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="stylesheet" href="/x.css">
<LINK REL="Alternate" TYPE="application/atom+xml" HREF="atom.xml">
<link rel="alternate" hreflang="en" href="/en/"></head>
<body><a href="/blog/rss.xml">RSS</a><a href="/rss.xml.html">Nein</a><a href="/feed">schon genannt</a></body></html>"""


def test_links_of_a_page_the_surest_first() -> None:
    assert feed_links(PAGE, "https://x.example/a/b") == [
        "https://x.example/feed",
        "https://x.example/a/atom.xml",
        "https://x.example/blog/rss.xml",
    ]


@pytest.mark.parametrize(
    "html", ["", "<<<", "<link rel=alternate type=application/rss+xml>", BAD_LINK, "<a href='http://[::1'>"]
)
def test_broken_pages_name_nothing(html: str) -> None:
    assert feed_links(html, "https://x.example/") == []


def test_from_a_web_page_to_a_source(site: Site) -> None:
    site.put("/", PAGE, Content_Type="text/html")
    site.put("/feed", rss(item(1, "Rösterei Morgenrot röstet"), title="Kaffeeblog"))
    gina = people.signed_in(people.gina())
    shown = gina.post("/listening/sources/find/", {"url": site.url("/")}).content.decode()
    assert "Kaffeeblog" in shown
    assert "1 of 1 items speak of your topics." in shown
    url = site.url("/feed")
    gina.post("/listening/sources/add/", {"url": url, f"title-{url}": "Mein Blog", f"score-{url}": "62"})
    kept = Source.objects.get()
    assert (kept.url, kept.title, kept.score) == (url, "Mein Blog", 62)
    assert "is read already" in gina.post("/listening/sources/find/", {"url": site.url("/")}).content.decode()


def test_a_feed_itself_is_its_own_candidate(site: Site) -> None:
    found = add.find(site.put("/feed", rss(item(1))))
    assert [candidate.url for candidate in found] == [site.url("/feed")]


def test_usual_addresses_are_tried_when_a_page_names_none(site: Site) -> None:
    site.put("/blog/", "<p>Willkommen</p>")
    site.put("/blog/atom.xml", rss(item(1)))
    assert [candidate.url for candidate in add.find(site.url("/blog/"))] == [site.url("/blog/atom.xml")]


def test_a_page_without_feeds_says_what_to_do(site: Site) -> None:
    with pytest.raises(Declined) as caught:
        add.find(site.put("/", "<p>Nichts</p>"))
    assert "no feed" in str(caught.value.say)
    assert caught.value.hints


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "http://[::1]/", "ftp://x.example/", "   ", "nirgends"]
)
def test_what_cannot_be_reached_is_declined_on_the_page(site: Site, url: str) -> None:
    answer = people.signed_in(people.gina()).post("/listening/sources/find/", {"url": url})
    assert answer.status_code == 422
    assert "source" in answer.content.decode()


def test_a_score_has_reasons_that_add_up() -> None:
    now = datetime(2026, 11, 3, tzinfo=UTC)
    feed = parse(rss(item(1, "Kaffee"), item(2, "Tee"), item(3, "Kakao")).encode(), "https://x.example/")
    points = {reason.say: reason.points for reason in score(feed, ["Kaffee"], now)}
    assert points == {
        "It can be read by machine.": 20,
        "{hits} of {all} items speak of your topics.": 40,
        "{n} items in the last 30 days.": 6,
        "The newest item is fresh.": 15,
        "Language: {language}": 10,
    }
    late = {reason.say: reason.points for reason in score(feed, ["Rennrad"], now + timedelta(days=60))}
    assert late["{hits} of {all} items speak of your topics."] == -5
    assert late["Nothing new in the last 30 days."] == -15
    assert late["The newest item is older than two weeks."] == -10
