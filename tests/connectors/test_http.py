"""The one door, against a real server: nothing hangs, nothing bursts, nothing reaches inside, nothing is doubled."""

from __future__ import annotations

import gzip
import logging
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx
import pytest

from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.http import AGENT, Limits, Wire, address_of, answer_of, ask, open_wire
from leitstand.connectors.protocol import Budget
from tests.connectors.loopback import Server, say, serving

CALM = Limits(connect=5.0, silence=5.0, total=10.0, size=1_000_000)
QUICK = Limits(connect=5.0, silence=0.3, total=0.8, size=1_000_000)  # only for what never ends by itself
DROPS, PAUSE = 1000, 0.05
WHOLE_DRIP = DROPS * PAUSE  # seconds
MOST_ON_THE_WAY = 16_000_000  # bytes that can lie between a server and the door that has closed


def door(*servers: Server, limits: Limits = CALM, **options: Any) -> Wire:
    return open_wire(frozenset(server.host for server in servers), limits=limits, **options)


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Accepts, and says nothing."""
    handler.server.closing.wait(5)  # type: ignore[attr-defined]  # our own server below


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte now and then, so that no silence is ever long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % DROPS)
    _drop_by_drop(handler, b"x")


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drop_by_drop(handler, b"y")


def _drop_by_drop(handler: BaseHTTPRequestHandler, drop: bytes) -> None:
    while not handler.server.closing.wait(PAUSE):  # type: ignore[attr-defined]  # our own server below
        handler.wfile.write(drop)
        handler.wfile.flush()


def flood(handler: BaseHTTPRequestHandler) -> None:
    """A gigabyte, of which the server notes how much it could hand out."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(2**30))
    handler.end_headers()
    for _block in range(2**14):
        handler.wfile.write(b"\x00" * 65_536)
        handler.server.handed_out += 65_536  # type: ignore[attr-defined]  # our own server below


BOMB = gzip.compress(gzip.compress(b"\x00" * 40_000_000))
ONE_LAYER = gzip.decompress(BOMB)


def test_an_answer_comes_back() -> None:
    with serving(a=say(200, b'{"a": 1}')) as server:
        assert answer_of(ask(door(server), "GET", f"{server.url}/a", params={"q": "ä"})) == {"a": 1}
        assert server.asked[0][2]["User-Agent"] == AGENT


def test_gzip_is_unpacked() -> None:
    with serving(a=say(200, gzip.compress(b'{"a": 1}'), Content_Encoding="gzip")) as server:
        assert answer_of(ask(door(server), "GET", f"{server.url}/a")) == {"a": 1}


@pytest.mark.parametrize(
    "answer",
    [
        flood,
        say(200, ONE_LAYER, Content_Encoding="gzip"),
        say(200, b"x", Content_Encoding="br"),
        say(200, b"x" * 1_000_001),
    ],
    ids=["gigabyte", "gzip-bomb", "brotli", "one-byte-more"],
)
def test_what_is_too_large_is_cut_off(answer: Any) -> None:
    with serving(a=answer) as server:
        wire = door(server)
        with pytest.raises(Refused):
            ask(wire, "GET", f"{server.url}/a")
        with pytest.raises(Unsure):
            ask(wire, "POST", f"{server.url}/a")
    assert server.handed_out < 2 * MOST_ON_THE_WAY


@pytest.mark.parametrize("answer", [drip, drip_headers], ids=["body", "headers"])
def test_a_slow_drip_ends_at_the_deadline(answer: Any) -> None:
    with serving(a=answer) as server:
        began = time.monotonic()
        with pytest.raises(Unreachable):
            ask(door(server, limits=QUICK), "GET", f"{server.url}/a")
        assert QUICK.total - 0.1 < time.monotonic() - began < WHOLE_DRIP / 2


@pytest.mark.parametrize("answer", [hang, hang_up, drip], ids=["hangs", "hangs-up", "drips"])
def test_accepted_and_then_lost_is_unsure(answer: Any) -> None:
    with serving(a=answer) as server:
        with pytest.raises(Unsure):
            ask(door(server, limits=QUICK), "POST", f"{server.url}/a", json={})
        assert len(server.asked) == 1
        with pytest.raises(Unreachable):
            ask(door(server, limits=QUICK), "POST", f"{server.url}/a", json={}, changes=False)


def test_nobody_there_is_unreachable() -> None:
    with serving() as server:
        url, wire = server.url, door(server)
    with pytest.raises(Unreachable):
        ask(wire, "POST", f"{url}/a")


def test_endless_redirects_end() -> None:
    with serving(a=say(302, Location="/a")) as server:
        with pytest.raises(Refused) as told:
            ask(door(server), "GET", f"{server.url}/a")
        assert len(server.asked) == 6
        assert "redirects" in told.value.detail


@pytest.mark.parametrize(("status", "outcome"), [(301, Refused), (302, Refused), (303, Unsure), (307, Refused)])
def test_a_changing_call_is_never_redirected(status: int, outcome: type[ConnectorError]) -> None:
    with serving(a=say(status, Location="/b"), b=say(200)) as server:
        with pytest.raises(outcome):
            ask(door(server), "POST", f"{server.url}/a")
        assert len(server.asked) == 1


def test_a_redirect_keeps_credentials_at_home() -> None:
    with (
        serving(b=say(200)) as other,
        serving(a=say(302, Location=f"{other.url}/b"), c=say(302, Location="/d"), d=say(200)) as server,
    ):
        wire, secret = door(server, other), {"Authorization": "Bearer abcdefgh", "X-Mine": "1"}
        ask(wire, "GET", f"{server.url}/a", headers=secret)
        ask(wire, "GET", f"{server.url}/c", headers=secret)
        assert "Authorization" not in other.asked[0][2] and "X-Mine" not in other.asked[0][2]
        assert server.asked[-1][2]["Authorization"] == "Bearer abcdefgh"


def test_each_hop_is_checked() -> None:
    with serving(b=say(200)) as inside, serving(a=say(302, Location=f"{inside.url}/b")) as server:
        with pytest.raises(Refused):
            ask(door(server), "GET", f"{server.url}/a")
        assert inside.asked == []


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "ftp://example.org/x", "gopher://example.org/"])
def test_only_the_web(scheme: str) -> None:
    with serving(a=say(302, Location=scheme)) as server, pytest.raises(Refused):
        ask(door(server), "GET", f"{server.url}/a")
    with pytest.raises(Refused):
        ask(door(), "GET", scheme)


INSIDE = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "10.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "localhost",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00::1]",
    "[ff02::1]",
)


@pytest.mark.parametrize("host", INSIDE)
def test_nothing_inside_is_reached(host: str) -> None:
    with serving(a=say(200)) as server:
        for method in ("GET", "POST"):
            with pytest.raises(Refused):
                ask(door(), method, f"http://{host}:{server.server_port}/a")
        assert server.asked == []


def test_a_named_port_is_no_key_to_its_neighbour() -> None:
    with serving(a=say(200)) as named, serving(a=say(200)) as neighbour:
        assert ask(door(named), "GET", f"{named.url}/a").status_code == 200
        with pytest.raises(Refused):
            ask(door(named), "GET", f"{neighbour.url}/a")


def test_a_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """First look-up public, second loopback: the connection goes to what was checked (and ends at the fence)."""
    real, asked = socket.getaddrinfo, []

    def changing(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host != "rebind.example":
            return real(host, port, *rest, **more)
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with serving(a=say(200)) as server:
        with pytest.raises(AssertionError, match=r"93\.184\.215\.14"):
            ask(door(), "POST", f"http://rebind.example:{server.server_port}/a")
        assert server.asked == []


def test_reading_is_repeated_and_changing_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with serving(a=say(502), b=say(500), c=say(404)) as server:
        for method, path in (("GET", "a"), ("GET", "b"), ("GET", "c"), ("POST", "a")):
            with pytest.raises(ConnectorError):
                ask(door(server), method, f"{server.url}/{path}")
        paths = [(method, path) for method, path, _headers in server.asked]
    assert paths == [("GET", "/a")] * 3 + [("GET", "/b"), ("GET", "/c"), ("POST", "/a")]


@pytest.mark.parametrize(
    ("status", "reading", "changing"),
    [
        (400, Refused, Refused),
        (401, NotAllowed, NotAllowed),
        (403, NotAllowed, NotAllowed),
        (404, Refused, Refused),
        (408, Unreachable, Unreachable),
        (409, Refused, Refused),
        (410, Refused, Refused),
        (413, Refused, Refused),
        (422, Refused, Refused),
        (429, TooFast, TooFast),
        (500, Unreachable, Unsure),
        (501, Refused, Refused),
        (502, Unreachable, Unsure),
        (504, Unreachable, Unsure),
    ],
)
def test_what_a_status_means(status: int, reading: type, changing: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with serving(a=say(status, b'{"error": "Code", "message": "in words"}')) as server:
        for method, outcome in (("GET", reading), ("POST", changing)):
            with pytest.raises(ConnectorError) as told:
                ask(door(server), method, f"{server.url}/a")
            assert type(told.value) is outcome
            assert (told.value.status, told.value.code) == (status, "Code")
            assert "in words" in told.value.detail


def test_the_budget_is_told_and_cookies_are_forgotten() -> None:
    budgets: list[Budget] = []
    limited = say(200, X_RateLimit_Limit="300", X_RateLimit_Remaining="12", Set_Cookie="session=abc")
    with serving(a=limited) as server:
        wire = door(server, on_budget=budgets.append)
        ask(wire, "GET", f"{server.url}/a")
        ask(wire, "GET", f"{server.url}/a")
        assert "Cookie" not in server.asked[1][2]
    assert budgets == [Budget(300, 12, None)] * 2


def test_no_token_in_logs_or_errors(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = b'{"error": "access_token=tok-in-the-address or Bearer tok-in-the-header"}'
    with serving(a=say(400, echo)) as server, pytest.raises(Refused) as told:
        headers = {"Authorization": "Bearer tok-in-the-header"}
        ask(door(server), "GET", f"{server.url}/a?access_token=tok-in-the-address", headers=headers)
    assert "tok-in" not in f"{told.value!r} {told.value.detail} {told.value.places} {caplog.text}"


@pytest.mark.parametrize("token", ["ü", "line\nbreak", "\x00"])
def test_a_token_that_cannot_be_sent_is_refused(token: str) -> None:
    with serving(a=say(200)) as server:
        with pytest.raises(Refused):
            ask(door(server), "POST", f"{server.url}/a", headers={"Authorization": f"Bearer {token}"})
        assert server.asked == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("social.example", "https://social.example"),
        (" http://localhost:8080/blog/ ", "http://localhost:8080/blog/"),
        ("https://münchen.example", "https://münchen.example"),
    ],
)
def test_typed_addresses(typed: str, address: str) -> None:
    assert address_of(typed) == httpx.URL(address)


@pytest.mark.parametrize(
    "typed", ["", "https://", "ftp://x.example", "http://user:secretpw@x.example", "http://[::1", "a b"]
)
def test_typed_rubbish(typed: str) -> None:
    with pytest.raises(Refused):
        address_of(typed)
