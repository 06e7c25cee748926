"""Feeds are found on a web page, scored with reasons, and added from there."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import people

from leitstand.connectors.feed import parse
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.listening import add
from leitstand.listening.discover import feed_links, score
from leitstand.listening.models import Source
from leitstand.listening.queries import topics
from leitstand.listening.tests.conftest import Site, item, rss

pytestmark = pytest.mark.usefixtures("house")
BAD_LINK = "<link rel=alternate type=application/rss+xml href=http://[::1>"
PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="stylesheet" href="/x.css">
<LINK REL="Alternate" TYPE="application/Atom+xml ; charset=utf-8" HREF="atom.xml">
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
    assert "Your topics come up in 1 of 1 items." in shown
    url = site.url("/feed")
    gina.post("/listening/sources/add/", {"url": url, f"title-{url}": "Mein Blog"})
    kept = Source.objects.get()
    assert (kept.url, kept.title) == (url, "Mein Blog")
    jobs.run_waiting()
    listed = gina.get("/listening/sources/").content.decode()
    assert "Score 91 of 100 when first read" in listed
    assert "Your topics come up in 1 of 1 items." in listed
    assert "is read already" in gina.post("/listening/sources/find/", {"url": site.url("/")}).content.decode()


@pytest.mark.parametrize("typed", ["foo", "javascript:alert(1)", "ftp://x.y/", "https://"])
def test_what_can_never_be_reached_is_no_web_address(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*args: Any, **options: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_AGAIN, "")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    gina = people.signed_in(people.gina())
    shown = gina.post("/listening/sources/find/", {"url": typed}).content.decode()
    assert "This is not a web address." in shown
    assert "Copy it from the address bar of your browser." in shown


def test_a_server_that_does_not_answer_is_no_typing_mistake(site: Site) -> None:
    site.close()
    with pytest.raises(Declined) as declined:
        add.find(site.url("/"))
    assert declined.value.say == "The source cannot be reached right now."
    assert "Open it in your browser." in str(declined.value.hints[0])


def test_a_feed_itself_is_its_own_candidate(site: Site) -> None:
    found = add.find(site.put("/feed", rss(item(1))))
    assert [candidate.url for candidate in found] == [site.url("/feed")]


def test_a_feed_is_offered_in_its_letters(site: Site) -> None:
    body = rss(item(1), title="Köln").replace('encoding="utf-8"', "").encode("latin-1")
    [found] = add.find(site.put("/feed", body, Content_Type="text/xml; charset=iso-8859-1"))
    assert found.feed.title == "Köln"


def test_a_feed_is_found_however_its_address_is_typed(site: Site) -> None:
    url = site.put("/feed", rss(item(1)))
    for typed in (f" {url} ", url.replace("http", "HTTP"), url.replace("http", "feed"), f"feed:{url}", f"Feed://{url}"):
        assert [candidate.url for candidate in add.find(typed)] == [url]


def test_an_address_is_added_in_one_spelling(site: Site) -> None:
    url = site.put("/feed", rss(item(1)))
    assert add.add(url.replace("http", "feed"), people.gina()).url == url
    with pytest.raises(Declined):
        add.add(url.replace("http", "HTTP"), people.gina())


def test_usual_addresses_are_tried_when_a_page_names_none(site: Site) -> None:
    site.put("/blog/", "<p>Willkommen</p>")
    site.put("/blog/atom.xml", rss(item(1)))
    assert [candidate.url for candidate in add.find(site.url("/blog/"))] == [site.url("/blog/atom.xml")]


def test_a_feed_behind_several_addresses_is_offered_once(site: Site) -> None:
    site.put("/", "<p>Willkommen</p>")
    site.put("/feed/", rss(item(1)))
    for path in ("/rss.xml", "/feed.xml"):
        site.put(path, status=301, Location="/feed/")
    assert [candidate.url for candidate in add.find(site.url("/"))] == [site.url("/feed/")]


def test_the_base_of_a_page_counts() -> None:
    page = '<base href="/blog/"><link rel="alternate" type="application/rss+xml" href="feed.rss">'
    assert feed_links(page, "https://x.example/a/") == ["https://x.example/blog/feed.rss"]


def test_topics_are_what_is_looked_for_and_not_what_must_not_be_there() -> None:
    add.new_query("Suche", '("fair gehandelt" OR röst*) NOT werbung lang:de', people.gina())
    assert topics() == [people.company().name, "fair gehandelt", "roest"]


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
    now = datetime.now(UTC)
    feed = parse(rss(item(1, "Kaffee"), item(2, "Tee"), item(3, "Kakao")).encode(), "https://x.example/")
    points = {reason.say: reason.points for reason in score(feed, ["Kaffee"], now)}
    assert points == {
        "It can be read by machine.": 20,
        "Your topics come up in {hits} of {all} items.": 40,
        "Items in the last 30 days: {n}.": 6,
        "The newest item is fresh.": 15,
        "Language: {language}": 10,
    }
    late = {reason.say: reason.points for reason in score(feed, ["Rennrad"], now + timedelta(days=60))}
    assert late["Your topics come up in {hits} of {all} items."] == -5
    assert late["Nothing new in the last 30 days."] == -15
    assert late["The newest item is older than two weeks."] == -10
