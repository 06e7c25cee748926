"""Feeds that attack: each is refused with a stored reason, in bounded memory, and hurts no other source."""

from __future__ import annotations

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

import brotli
import pytest

from leitstand.listening.fetch import MOST_BYTES, Outcome, Wish, fetch_all
from leitstand.listening.models import Mention, Source
from leitstand.listening.read import read, take
from leitstand.listening.tests.conftest import Site, item, rss, source
from leitstand.signals.language import detect

pytestmark = pytest.mark.usefixtures("house")
GIGABYTE, PIECE = 1024, bytes(1_048_576)
MOST_MEMORY = 100_000_000
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><title>&i;</title></channel></rss>"
)
FILE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>'


@contextmanager
def little_memory() -> Iterator[None]:
    """What is done inside never holds more than 100 MB, the model of languages aside."""
    detect("Un texte qui demande le modèle des langues")
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY


def refused(site: Site, bad: str) -> Source:
    """Reads the bad source between two good ones, which must be none the worse for it."""
    first, last = source(site.put("/good", rss(item(1)))), source(site.put("/fine", rss(item(2))))
    one = source(bad)
    with little_memory():
        read([first, one, last])
    assert Mention.objects.count() == 2
    assert Source.objects.filter(pk__in=[first.pk, last.pk], failures=0).count() == 2
    one.refresh_from_db()
    assert one.failures == 1
    assert one.trouble_detail
    return one


@pytest.mark.parametrize("text", [LAUGHS, FILE])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entities_are_not_unfolded(site: Site, text: str, charset: str) -> None:
    assert "declares entities" in refused(site, site.put("/bomb", text.encode(charset))).trouble


def _gzip() -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(squeeze.compress(PIECE) for _ in range(GIGABYTE)) + squeeze.flush()


def _brotli() -> bytes:
    squeeze = brotli.Compressor(quality=4)
    return b"".join(squeeze.process(PIECE) for _ in range(GIGABYTE)) + bytes(squeeze.finish())


@pytest.mark.parametrize(("coding", "made"), [("gzip", _gzip), ("br", _brotli)])
def test_a_bomb_of_a_gigabyte_is_stopped_early(site: Site, coding: str, made: Callable[[], bytes]) -> None:
    bomb = made()
    assert len(bomb) < 2_000_000
    assert "more than 10 MB" in refused(site, site.put("/bomb", bomb, Content_Encoding=coding)).trouble


def test_what_only_claims_to_be_packed_is_trouble(site: Site) -> None:
    assert refused(site, site.put("/odd", b"not packed at all", Content_Encoding="gzip")).trouble


def test_a_packed_feed_is_read(site: Site) -> None:
    read([source(site.put("/feed", gzip.compress(rss(item(1)).encode()), Content_Encoding="gzip"))])
    assert Mention.objects.count() == 1


def test_a_body_without_end_is_cut_off(site: Site) -> None:
    sent = []

    def pour(door: BaseHTTPRequestHandler) -> None:
        door.send_response(200)
        door.end_headers()
        for _piece in range(GIGABYTE):
            try:
                door.wfile.write(PIECE)
            except OSError:
                return
            sent.append(len(PIECE))

    site.pages["/flood"] = pour
    assert "more than 10 MB" in refused(site, site.url("/flood")).trouble
    assert MOST_BYTES <= sum(sent) + 2 * len(PIECE) < 100_000_000


def test_redirects_in_circles_end(site: Site) -> None:
    site.put("/a", status=301, Location="/b")
    assert "circles" in refused(site, site.put("/b", status=301, Location="/a")).trouble
    assert len([path for path, _headers in site.asked if path in "/a/b"]) == 6


def _raw(status: int, header: bytes, body: str = "") -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer whose header no library of ours would write."""
    return lambda door: door.wfile.write(b"HTTP/1.0 %d X\r\n%s\r\n\r\n%s" % (status, header, body.encode())) and None


@pytest.mark.parametrize(
    "header", [b'ETag: "caf\xe9"', b"Last-Modified: Mo, 02 M\xe4r 2026", b"ETag: " + b"a" * 301, b'ETag: "a\tb"']
)
def test_an_odd_header_is_not_kept_and_stops_nobody(site: Site, header: bytes) -> None:
    site.pages["/odd"] = _raw(200, header, rss(item(9)))
    one, behind = source(site.url("/odd")), source(site.put("/good", rss(item(1))))
    read([one, behind])
    assert Mention.objects.count() == 2
    one.refresh_from_db()
    assert (one.failures, one.etag, one.modified) == (0, "", "")


@pytest.mark.parametrize("where", [b"/n?" + b"a" * 1_200, b"/caf\xe9"])
def test_a_move_to_what_is_no_address_is_not_remembered(site: Site, where: bytes) -> None:
    site.pages["/old"] = _raw(301, b"Location: " + where)
    site.pages[where.decode(errors="replace")] = site.pages["/caf%ED%B3%A9"] = (200, {}, rss(item(9)).encode())
    one, behind = source(site.url("/old")), source(site.put("/good", rss(item(1))))
    read([one, behind])
    one.refresh_from_db()
    assert one.url == site.url("/old")
    assert Mention.objects.filter(source=behind).exists()


def test_what_the_database_refuses_is_the_trouble_of_one_source(site: Site) -> None:
    one, behind = source(site.url("/odd")), source(site.put("/good", rss(item(1))))
    take(one, Outcome(Wish(one.url), 304, etag="x" * 301))
    read([behind])
    one.refresh_from_db()
    assert (one.trouble, one.failures) == ("The source sends something that cannot be stored.", 1)
    assert Mention.objects.get().source == behind


def test_a_source_removed_while_it_is_read_leaves_nothing(site: Site) -> None:
    gone, behind = source(site.put("/gone", rss(item(9)))), source(site.put("/good", rss(item(1))))
    Source.objects.filter(pk=gone.pk).delete()
    read([gone, behind])
    assert Mention.objects.get().source == behind


def test_slow_drips_end_and_hold_up_only_their_own_host(site: Site) -> None:
    def drip(door: BaseHTTPRequestHandler) -> None:
        door.send_response(200)
        door.end_headers()
        try:
            while not site.closing.wait(0.05):
                door.wfile.write(b" ")
        except OSError:
            return

    site.pages |= {f"/drip/{number}": drip for number in range(60)}
    good = [Wish(site.put(f"/{number}", rss(item(number)))) for number in range(5)]
    slow = [Wish(site.url(f"/drip/{number}", "localhost")) for number in range(60)]
    outcomes = fetch_all([*slow, *good], frozenset({"127.0.0.1", "localhost"}), seconds=3)
    assert [outcome.status for outcome in outcomes] == [0] * 60 + [200] * 5
    assert len([path for path, _headers in site.asked if "drip" in path]) == 2
    one = source(slow[0].url)
    take(one, outcomes[0])
    one.refresh_from_db()
    assert "too slowly" in one.trouble


def _resolving(to: dict[str, str]) -> Callable[..., list[Any]]:
    real = socket.getaddrinfo

    def resolve(host: str, *args: Any, **options: Any) -> list[Any]:
        return real(to.get(host, host), *args, **options)

    return resolve


LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "①②⑦.⓪.⓪.①", "127.1"]


@pytest.mark.parametrize(
    "host", [*LOOPBACK_NAMES, "169.254.169.254", "10.0.0.1", "192.168.1.1", "[fe80::1]", "0.0.0.0"]
)
def test_private_addresses_are_not_read(site: Site, settings: Any, host: str) -> None:
    settings.PRIVATE_HOSTS = frozenset()
    secret = site.put("/secret", rss(item(1)))
    one = source(secret.replace("127.0.0.1", host))
    read([one])
    one.refresh_from_db()
    assert "private network" in one.trouble and "LEITSTAND_PRIVATE_HOSTS" in one.say
    assert (site.asked, Mention.objects.count()) == ([], 0)


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.2", "①②⑦.⓪.⓪.②", "[::1]"])
def test_nor_when_a_redirect_leads_there(site: Site, host: str) -> None:
    bad = site.put("/out", status=302, Location=f"http://{host}/latest/meta-data/")
    assert "private network" in refused(site, bad).trouble


def test_nor_when_a_name_leads_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", _resolving({"harmless.example": "127.0.0.1", "cloud.example": "10.1.2.3"})
    )
    bad = site.put("/out", status=302, Location="http://cloud.example/")
    assert "private network" in refused(site, bad).trouble
    one = source(site.url("/good", "harmless.example"))
    read([one])
    one.refresh_from_db()
    assert "private network" in one.trouble and "LEITSTAND_PRIVATE_HOSTS" in one.say


def test_a_name_nobody_has_is_not_called_private(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*args: Any, **options: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    one = source("http://gibt-es-nicht.example/feed")
    read([one])
    one.refresh_from_db()
    assert one.trouble == "There is no server of this name."
    assert "gibt-es-nicht.example" in one.trouble_detail


def test_zero_bytes_and_links_that_are_scripts_are_taken_out(site: Site) -> None:
    feed = (
        '{"version":"https://jsonfeed.org/version/1.1","title":"A\\u0000B","items":[{"id":"x\\u0000y","title":"Null\\u0000",'
        '"url":"javascript:alert(1)","content_text":"a\\u0000b","authors":[{"name":"E\\u0000va"}]}]}'
    )
    one = source(site.put("/feed", feed))
    read([one])
    one.refresh_from_db()
    kept = Mention.objects.get()
    assert (one.title, kept.title, kept.remote_id, kept.author_name, kept.url) == ("AB", "Null", "xy", "Eva", "")


def test_scripts_in_a_feed_never_reach_a_page(site: Site) -> None:
    evil = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror="alert(2)"&gt;Kaffee &lt;b&gt;fett&lt;/b&gt;'
    read([source(site.put("/feed", rss(item(1, evil, evil))))])
    kept = Mention.objects.get()
    for shown in (kept.title, kept.text):
        assert "alert" not in shown
        assert "<" not in shown
        assert "Kaffee fett" in shown
