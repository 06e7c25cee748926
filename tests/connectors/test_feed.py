"""Feeds as they are met in the wild: sloppy, odd and hostile."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitstand.connectors.errors import Refused
from leitstand.connectors.feed import MOST_ITEMS, ParsedFeed, parse
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


def test_items_speak_the_language_of_their_feed_unless_they_say_otherwise() -> None:
    assert [item.language for item in parse(RSS, URL).items] == ["de-at", "de-at"]
    assert [item.language for item in parse(orjson.dumps(JSON), URL).items] == ["de", "en-us"]


def test_a_broken_link_spoils_only_itself() -> None:
    one, two = parse(RSS.replace(b"<link>/neu</link>", b"<link>http://[::1</link>"), URL).items
    assert (one.url, one.title, two.title) == ("", "Neue Röstung", "Ohne alles")


def test_what_has_no_date_is_told() -> None:
    feed = parse(RSS, URL)
    assert feed.undated == {feed.items[1].remote_id}


def test_what_has_no_id_gets_the_same_one_each_time() -> None:
    bare = RSS.replace(b'<guid isPermaLink="false">id-1</guid>', b"")
    one, two = parse(bare, URL).items
    assert [one.remote_id, two.remote_id] == [item.remote_id for item in parse(bare, URL).items]
    assert one.remote_id != two.remote_id and one.remote_id and two.remote_id


def dated(date: str, guid: str = "id-1") -> ParsedFeed:
    """The feed with this date and number at its first item."""
    body = RSS.replace(b"Mon, 23 Nov 2026 10:00:00 +0100", date.encode()).replace(b">id-1<", f">{guid}<".encode())
    return parse(body, URL)


MOMENTS = [
    ("Mon, 23 Nov 2026 10:00:00 +0100", "2026-11-23T09:00"),
    ("Mon 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00"),
    ("Mon, 23 Nov 2026 10:00:00 CET", "2026-11-23T09:00"),
    ("23 Nov 2026", "2026-11-23T00:00"),
    ("Di, 03 März 2026 08:00:00 +0100", "2026-03-03T07:00"),
    ("Dienstag, 3. M&#228;rz 2026", "2026-03-03T00:00"),
    ("Fr., 1. Mai 2026 - 08:15 Uhr", "2026-05-01T08:15"),
    ("Do, 31 Dez. 2025 23:00 MEZ", "2025-12-31T22:00"),
    ("04.11.2026 08:00", "2026-11-04T08:00"),
    ("05.12.2025 08:00:30", "2025-12-05T08:00"),
    ("Mi, 4.11.2026, 8:00 Uhr", "2026-11-04T08:00"),
    ("04.11.2026", "2026-11-04T00:00"),
    ("<![CDATA[04.11.2026]]>", "2026-11-04T00:00"),
    ("Wed, 04 Nov 2026 8:00 pm +0100", "2026-11-04T19:00"),
    ("Tue, 04 Nov 2025 08:00:00 +01:00", "2025-11-04T07:00"),
    ("Tue, 04 Nov 2025 08:00:00 GMT+0100", "2025-11-04T07:00"),
    ("Tue, 04 Nov 2025 08:00:00 GMT+1", "2025-11-04T07:00"),
    ("Tue, 04 Nov 2025 08:00:00 UTC -5", "2025-11-04T13:00"),
    ("04.11.2025 08:00 +0100", "2025-11-04T07:00"),
    ("04.11.2025 08:00 MEZ", "2025-11-04T07:00"),
    ("Di, 04.11.2025, 08:00 Uhr MEZ", "2025-11-04T07:00"),
    ("04.11.2025 08:00-09:00 Uhr", "2025-11-04T08:00"),
    ("2025-11-04 08:00:00 CET", "2025-11-04T07:00"),
    ("2025-11-04T08:00:00.000 MEZ", "2025-11-04T07:00"),
    ("2025-11-04T08:00:00-05:00", "2025-11-04T13:00"),
    ("2025-11-04 08:00:00 UTC", "2025-11-04T08:00"),
    ("Tue Nov 04 08:00:00 CET 2025", "2025-11-04T07:00"),
    ("Nov 4, 2026 12:30:05 a.m.", "2026-11-04T00:30:05"),
    ("2026-11-04T08:00:00Z", "2026-11-04T08:00"),
    ("2026-11-04 08:00:00 +0100", "2026-11-04T07:00"),
    ("2026-11-04", "2026-11-04T00:00"),
    ("</pubDate><date>04.11.2026</date><pubDate>", "2026-11-04T00:00"),
    ("soon</pubDate><updated>2026-11-04</updated><pubDate>", "2026-11-04T00:00"),
]


@pytest.mark.filterwarnings("ignore:tzname MEZ")  # the parser of feeds does not know it
@pytest.mark.parametrize(("date", "at"), MOMENTS)
def test_dates_are_read_with_the_day_before_the_month(date: str, at: str) -> None:
    feed = dated(date)
    assert feed.items[0].at.isoformat().startswith(at)
    assert "id-1" not in feed.undated


UNREADABLE = [
    "",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "13.13.2026",
    "4711",
    "bald",
    "Mon, 23 Nov 2026 10:00 +9900",
    "9" * 90,
]


@pytest.mark.parametrize("date", UNREADABLE)
@pytest.mark.parametrize("guid", ["id-1", "1984", "120314", "20240101", "310599", "4", "2019-03-01"])
def test_no_date_is_made_of_a_number(date: str, guid: str) -> None:
    feed = dated(date, guid)
    assert feed.undated == {guid, feed.items[1].remote_id}
    assert datetime.now(UTC) - feed.items[0].at < timedelta(minutes=1)


def test_the_date_of_another_feed_quoted_in_an_entry_is_not_its_own() -> None:
    source = b"<source><id>urn:2</id><updated>2026-06-06T00:00:00Z</updated></source><updated>"
    assert parse(ATOM.replace(b"<updated>", source), URL).items[0].at == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("length", [1, 500])
def test_entries_that_are_quoted_are_none(length: int) -> None:
    quoted = b"<item><pubDate>04.11.2026</pubDate></item>" * length
    body = RSS.replace(b"<p>Lang", quoted + b"<!-- <p>Lang").replace(
        b"<item>", b"<!-- " + quoted + b" -><!-- --><item>"
    )
    feed = parse(body, URL)
    assert [item.remote_id in feed.undated for item in feed.items] == [False, True]
    assert feed.items[0].at == datetime(2026, 11, 23, 9, tzinfo=UTC)


NO_ENTRIES = [
    (b"<pubDate>", b"<x:items xmlns:x='urn:x'><x:item/></x:items><pubDate>"),
    (b"<pubDate>", b"<x:item xmlns:x='urn:x'><pubDate>04.11.2025</pubDate></x:item><pubDate>"),
    (b"<item>", b"<x:toc xmlns:x='urn:x'><x:entry>1</x:entry></x:toc><item>"),
    (b"</channel>", b"</channel><item><pubDate>04.11.2025</pubDate></item>"),
]


@pytest.mark.parametrize(("before", "after"), NO_ENTRIES)
def test_what_is_only_named_like_an_entry_hides_no_date(before: bytes, after: bytes) -> None:
    feed = parse(RSS.replace(before, after, 1), URL)
    assert feed.items[0].at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert feed.undated == {feed.items[1].remote_id}


def test_entries_that_lie_deeper_have_their_dates() -> None:
    deeper = RSS.replace(b"<item>", b"<items><item>", 1).replace(b"</channel>", b"</items></channel>")
    assert parse(deeper, URL).items[0].at == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(("guid", "is_dated"), [("https://blog.example/1", True), ("20240101", False)])
def test_where_entries_cannot_be_told_apart_no_date_is_made_of_a_number(guid: str, is_dated: bool) -> None:
    twice = RSS.replace(b"</rss>", b"<channel><item/></channel></rss>").replace(b">id-1<", f">{guid}<".encode())
    feed = parse(twice, URL)
    assert len(feed.items) == 2
    assert (feed.items[0].at == datetime(2026, 11, 23, 9, tzinfo=UTC)) is is_dated


@pytest.mark.parametrize("start", [b"\n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"Warnung: x\n"])
@pytest.mark.parametrize("body", [RSS, ATOM])
def test_what_stands_before_the_document_hides_no_date(start: bytes, body: bytes) -> None:
    assert parse(start + body, URL).items[0].at == parse(body, URL).items[0].at


@pytest.mark.parametrize("date", ["Mon, 23 Nov 2099 10:00:00 GMT", "yesterday", "", "99999999999999"])
def test_dates_are_never_in_the_future(date: str) -> None:
    item = parse(RSS.replace(b"Mon, 23 Nov 2026 10:00:00 +0100", date.encode()), URL).items[0]
    assert item.at <= datetime.now(UTC) < item.at + timedelta(minutes=1)


def test_letters_written_as_names_of_html_cut_no_text() -> None:
    body = RSS.replace(b"Neue &lt;b&gt;R\xc3\xb6stung&lt;/b&gt;", b"Kaffee f&uuml;r K&ouml;ln &ndash; R&amp;D &euro;")
    item = parse(body.replace(b"<![CDATA[<p>Lang", b"<![CDATA[<p>&amp;uuml; &Ouml;"), URL).items[0]
    assert item.title == "Kaffee für Köln – R&D €"
    assert item.text.startswith("&uuml; Ö & gut.") and "&amp;uuml; &Ouml; &amp;" in item.html


def test_markup_that_is_quoted_stays_quoted() -> None:
    body = RSS.replace(b"Neue &lt;b&gt;", b"&amp;lt;i&amp;gt; &copy;&quot;&apos;&#38;lt; ")
    assert parse(body, URL).items[0].title == "<i> ©\"'< Röstung"
    commented = RSS.replace(b"<item><title>Neue", b"<!-- &uuml; <item> - -><item> --><item><title>&Uuml;ber")
    assert [item.title for item in parse(commented, URL).items] == ["Über Röstung", "Ohne alles"]


GERMAN = "Röstkaffee „neu“ – 5 €"
XML = '<?xml version="1.0" encoding="{}"?>'
ENCODED = [
    ("", "cp1252", "application/rss+xml; charset=ISO-8859-1"),
    ("", "cp1252", 'text/xml; Charset="windows-1252"'),
    ("", "iso8859-15", "text/xml; charset=iso-8859-15"),
    ("", "utf-8", "text/xml; charset=iso-8859-1"),
    ("", "utf-8", "text/xml; charset=nonsense"),
    ("", "utf-8", "text/xml; charset=punycode"),
    (XML.format("ISO-8859-1"), "cp1252", ""),
    (XML.format("iso-8859-1"), "cp1252", "text/xml; charset=utf-8"),
    (XML.format("iso-8859-1"), "utf-8", ""),
    (XML.format("windows-1252"), "cp1252", ""),
    (XML.format("utf-8"), "utf-8", "text/xml; charset=iso-8859-1"),
    (XML.format("utf-16"), "utf-16", "text/xml; charset=iso-8859-1"),
]


@pytest.mark.parametrize(("declared", "encoding", "content_type"), ENCODED)
def test_a_feed_is_read_in_its_charset(declared: str, encoding: str, content_type: str) -> None:
    title = GERMAN if encoding != "iso8859-15" else "Röstkaffee 5 €"
    body = f"{declared}<rss version='2.0'><channel><title>T</title><item><title>{title}</title></item></channel></rss>"
    assert parse(body.encode(encoding), URL, content_type).items[0].title == title


def test_a_title_in_xhtml_is_read() -> None:
    inside = b"<div xmlns='http://www.w3.org/1999/xhtml'>R&ouml;sterei <b>Nord</b> &lt; S&#252;d</div>"
    body = ATOM.replace(b"<title>A</title>", b"<title type='xhtml'>" + inside + b"</title>")
    assert parse(body, URL).items[0].title == "Rösterei Nord < Süd"


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
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-7"])
def test_bombs_are_refused(bomb: str, encoding: str) -> None:
    document = BOMBS[bomb].decode() + "<rss><channel><title>&b;&uuml;</title></channel></rss>"
    with pytest.raises(Refused) as told:
        parse(document.encode(encoding), URL, f"text/xml; charset={encoding}")
    assert "entities" in told.value.say


def test_an_article_about_bombs_is_none() -> None:
    body = RSS.replace(b"Lang &amp; gut.", b'So sieht es aus: <!DOCTYPE x [<!ENTITY a "b">]>')
    assert parse(body, URL).items
    old = b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    assert parse(old + RSS[RSS.index(b"<rss") :], URL).items


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        *((b"", b"<!--"), (b"", b"<?"), (b"", b"<!"), (b"", b"<"), (b"<rss><channel>", b"<p <p")),
        *((b"&uuml;", b"<!--"), (b"&uuml;", b"<![CDATA["), (b"&uuml;<!--", b"--"), (b"", b"&uuml")),
    ],
    ids=lambda piece: piece.decode().strip("<!") or "nothing",
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
