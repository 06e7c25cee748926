"""Feeds as they are met in the wild: sloppy, odd and hostile."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.connectors.errors import Refused
from leitstand.connectors.feed import MOST_ITEMS, parse
from tests.effort import grows_in_proportion

URL = "https://blog.example/feed.xml"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Kaffee &amp;amp; mehr</title><link>/</link><language>de-AT</language>
<atom:link rel="self" href="https://blog.example/feed.xml"/>
<atom:link href="https://hub.example/?a=1&amp;b=2" rel="hub"/>
<item><title>Neue &lt;b&gt;R\xc3\xb6stung&lt;/b&gt;</title><link>/neu</link><guid isPermaLink="false">id-1</guid>
<pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate>
<description>&lt;p&gt;Kurz&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Lang &amp; gut.</p><script>alert(1)</script><p>Zwei</p>]]></content:encoded></item>
<item><title>Ohne alles</title></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title>
<link href="https://blog.example/"/><entry><id>urn:1</id><title>A</title><link href="a"/>
<author><name>Nora</name></author><updated>2026-01-01T00:00:00Z</updated>
<content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "JSON",
    "home_page_url": "https://blog.example/",
    "language": "de",
    "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    "items": [
        {"id": 7, "url": "/sieben", "content_html": "<p>Hallo</p>", "date_published": "2026-11-23T10:00:00+01:00"},
        {"content_text": "Nur Text", "authors": [{"name": "Nora"}], "language": "en-US"},
    ],
}


def test_rss() -> None:
    feed = parse(RSS, URL)
    assert (feed.title, feed.site_url, feed.language) == ("Kaffee & mehr", "https://blog.example/", "de-at")
    assert feed.hub == "https://hub.example/?a=1&b=2"
    first = feed.items[0]
    assert (first.remote_id, first.url, first.title) == ("id-1", "https://blog.example/neu", "Neue Röstung")
    assert first.at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert first.text == "Lang & gut.\n\nZwei" and "script" in first.html


def test_atom() -> None:
    feed = parse(ATOM, URL)
    assert (feed.language, feed.hub) == ("en", "")
    item = feed.items[0]
    assert (item.remote_id, item.url, item.author.name, item.text) == ("urn:1", "https://blog.example/a", "Nora", "x")


@pytest.mark.parametrize("content_type", ["", "application/feed+json", "text/plain"])
def test_json_feed(content_type: str) -> None:
    feed = parse(b"\xef\xbb\xbf" + orjson.dumps(JSON), URL, content_type)
    assert (feed.title, feed.language, feed.hub) == ("JSON", "de", "https://hub.example/")
    assert feed.items[0].remote_id == "7" and feed.items[0].url == "https://blog.example/sieben"
    assert (feed.items[1].text, feed.items[1].author.name, feed.items[1].language) == ("Nur Text", "Nora", "en-us")


def test_what_has_no_id_gets_the_same_one_each_time() -> None:
    bare = RSS.replace(b'<guid isPermaLink="false">id-1</guid>', b"")
    one, two = parse(bare, URL).items
    assert [one.remote_id, two.remote_id] == [item.remote_id for item in parse(bare, URL).items]
    assert one.remote_id != two.remote_id and one.remote_id and two.remote_id


@pytest.mark.parametrize("date", ["Mon, 23 Nov 2099 10:00:00 GMT", "yesterday", "", "99999999999999"])
def test_dates_are_never_in_the_future(date: str) -> None:
    item = parse(RSS.replace(b"Mon, 23 Nov 2026 10:00:00 +0100", date.encode()), URL).items[0]
    assert item.at <= datetime.now(UTC) < item.at + timedelta(minutes=1)


def test_too_many_items_are_cut() -> None:
    body = RSS.replace(b"<item><title>Ohne alles</title></item>", b"<item><title>x</title></item>" * (MOST_ITEMS + 50))
    assert len(parse(body, URL).items) == MOST_ITEMS


def test_an_empty_feed_is_a_feed() -> None:
    assert parse(b"<rss version='2.0'><channel><title>Leer</title></channel></rss>", URL).items == ()


LAUGHS = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE r [ <!ENTITY x SYSTEM "file:///etc/passwd"> ]>'
BOMBS = {
    "laughs": LAUGHS,
    "outside": OUTSIDE,
    "behind-comments": b"<!-- <rss> -->" * 5_000 + LAUGHS,
    "behind-instructions": b"<?a <b ?>" + OUTSIDE,
    "lower-case": LAUGHS.replace(b"DOCTYPE", b"doctype"),
    "spread": LAUGHS.replace(b"lolz [", b"lolz" + b" " * 1_000 + b"["),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_bombs_are_refused(bomb: str, encoding: str) -> None:
    document = BOMBS[bomb].decode() + "<rss><channel><title>&b;</title></channel></rss>"
    with pytest.raises(Refused) as told:
        parse(document.encode(encoding), URL)
    assert "entities" in told.value.say


def test_an_article_about_bombs_is_none() -> None:
    body = RSS.replace(b"Lang &amp; gut.", b'So sieht es aus: <!DOCTYPE x [<!ENTITY a "b">]>')
    assert parse(body, URL).items
    old = b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    assert parse(old + RSS[RSS.index(b"<rss") :], URL).items


@pytest.mark.parametrize(
    ("start", "piece"),
    [(b"", b"<!--"), (b"", b"<?"), (b"", b"<!"), (b"", b"<"), (b"<rss><channel>", b"<p <p")],
    ids=["comments", "instructions", "declarations", "brackets", "paragraphs"],
)
def test_rubbish_takes_no_more_time_than_its_length(start: bytes, piece: bytes) -> None:
    def work(times: int) -> None:
        with suppress(Refused):
            parse(start + piece * times, URL)

    assert grows_in_proportion(work, 60_000)


def test_markup_without_end_takes_no_more_time_than_its_length() -> None:
    assert grows_in_proportion(lambda times: parse(RSS.replace(b"Lang &amp; gut.", b"<p " * times), URL), 40_000)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"  ", b"\x00\xff\xfe", b"<html><body>Hi</body></html>", b"<rss>", b"<a>" * 5_000, b"GIF89a"),
        *(b"{}", b"{", b"[]", b"{" * 100_000, b'{"items": 7}', b'{"items": [7]}', b'{"items": [{"authors": "x"}]}'),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as told:
        parse(body, URL)
    assert "not a feed" in told.value.say


@given(st.binary(max_size=300) | st.binary(max_size=80).map(lambda some: RSS[:400] + some + RSS[400:]))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    try:
        feed = parse(body, URL)
    except Refused:
        return
    assert all(item.remote_id and item.at <= datetime.now(UTC) for item in feed.items)
