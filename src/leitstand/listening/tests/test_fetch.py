"""The polite reader against a real server on loopback."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from leitstand.connectors.errors import Unreachable
from leitstand.listening import pace
from leitstand.listening.fetch import Outcome, Wish, fetch_all, unreached
from leitstand.listening.tests.conftest import RSS, Site, item, rss


def get(site: Site, url: str, etag: str = "", modified: str = "") -> Outcome:
    hosts = frozenset({f"127.0.0.1:{site.port}", f"localhost:{site.port}"})
    return fetch_all([Wish(url, etag, modified)], hosts)[0]


def test_marks_of_last_time_are_sent_and_304_is_understood(site: Site) -> None:
    first = get(site, site.put("/feed", rss(item(1)), Content_Type=RSS, ETag='"a1"', Last_Modified="Mon, 02 Nov 2026"))
    assert (first.status, first.etag, first.modified) == (200, '"a1"', "Mon, 02 Nov 2026")
    url = site.put("/feed", status=304)
    second = get(site, url, first.etag, first.modified)
    assert (second.status, second.etag, second.modified) == (304, '"a1"', "Mon, 02 Nov 2026")
    headers = site.asked[-1][1]
    assert headers["If-None-Match"] == '"a1"'
    assert headers["If-Modified-Since"] == "Mon, 02 Nov 2026"
    assert "Leitstand" in headers["User-Agent"]


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [([301], "/1"), ([308], "/1"), ([301, 308], "/2"), ([302], ""), ([307], ""), ([301, 302], "/1"), ([302, 301], "")],
)
def test_only_permanent_redirects_from_the_beginning_are_remembered(site: Site, hops: list[int], moved_to: str) -> None:
    for number, status in enumerate(hops):
        site.put(f"/{number}", status=status, Location=f"/{number + 1}")
    site.put(f"/{len(hops)}", rss(item(1)))
    outcome = get(site, site.url("/0"))
    assert outcome.status == 200
    assert outcome.final_url == site.url(f"/{len(hops)}")
    assert outcome.moved_to == (site.url(moved_to) if moved_to else "")


@pytest.mark.parametrize(
    ("status", "say"), [(410, "gone for good"), (404, "error"), (500, "error"), (429, "less often")]
)
def test_errors_have_a_reason(site: Site, status: int, say: str) -> None:
    outcome = get(site, site.put("/feed", status=status))
    assert outcome.status == status
    assert say in outcome.say
    assert outcome.detail == f"HTTP {status}"


def test_retry_after_is_kept_as_seconds_and_as_a_date(site: Site) -> None:
    assert get(site, site.put("/a", status=429, Retry_After="1200")).retry_after == 1200
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3_500 < get(site, site.put("/b", status=503, Retry_After=in_an_hour)).retry_after <= 3_600
    assert get(site, site.put("/c", status=503, Retry_After="soon")).retry_after == 0
    assert get(site, site.put("/d", status=503, Retry_After="99999999")).retry_after == 86_400
    assert get(site, site.put("/e", status=503, Retry_After="Fri, 01 Jan 2999 00:00:00 GMT")).retry_after == 86_400


def test_nobody_at_home(site: Site) -> None:
    outcome = get(site, f"http://localhost:{site.port}/")
    assert outcome.status == 404
    site.close()
    outcome = get(site, site.url("/"))
    assert outcome.status == 0
    assert outcome.say == "The source cannot be reached right now."


@pytest.mark.parametrize(
    ("number", "say"),
    [
        (socket.EAI_NONAME, "There is no server of this name."),
        (socket.EAI_AGAIN, "The source cannot be reached right now."),
    ],
)
def test_only_a_name_server_that_answers_tells_that_there_is_no_such_name(number: int, say: str) -> None:
    unknown = Unreachable("There is no server with this name: {host}", host="kafee.example")
    unknown.__cause__ = socket.gaierror(number, "")
    assert unreached(Wish("https://kafee.example/"), unknown).say == say


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://[::1", "http:/x"]
)
def test_what_is_no_web_address_is_an_outcome_too(site: Site, url: str) -> None:
    outcome = get(site, url)
    assert outcome.status == 0
    assert outcome.say
    assert not outcome.body


def test_at_most_two_at_once_for_each_host(site: Site) -> None:
    running, most, lock = [0], [0], threading.Lock()
    both = threading.Event()

    def slowly(door: BaseHTTPRequestHandler) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
            if running[0] == 2:
                both.set()
        both.wait(5)
        with lock:
            running[0] -= 1
        door.send_response(200)
        door.send_header("Content-Length", "0")
        door.end_headers()

    site.pages |= {f"/{number}": slowly for number in range(8)}
    wishes = [Wish(site.url(f"/{number}")) for number in range(8)]
    outcomes = fetch_all(wishes, frozenset({"127.0.0.1"}))
    assert [outcome.status for outcome in outcomes] == [200] * 8
    assert [outcome.wish for outcome in outcomes] == wishes
    assert most[0] == 2


def test_the_pace_follows_what_comes() -> None:
    assert pace.next_interval(30, 1) == 20
    assert pace.next_interval(30, 0) == 37
    assert pace.next_interval(10, 5) == pace.LEAST
    assert pace.next_interval(1_400, 0) == pace.MOST


def test_pauses_double_up_to_a_day_and_respect_the_source() -> None:
    now = datetime(2026, 11, 2, 8, tzinfo=UTC)
    pauses = [pace.after_failure(now, failures, 0) - now for failures in range(1, 12)]
    assert pauses[0] == timedelta(minutes=10)
    assert all(later == min(2 * sooner, timedelta(days=1)) for sooner, later in pairwise(pauses))
    assert pace.after_failure(now, 1, 7_200) - now == timedelta(hours=2)
    assert [pace.is_dead(failures) for failures in (29, 30)] == [False, True]
