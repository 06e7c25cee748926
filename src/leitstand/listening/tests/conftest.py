"""A web site on loopback that answers as a test wants, and feeds to put on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.connectors.protocol import Author, Item
from leitstand.core import jobs
from leitstand.listening import add
from leitstand.listening.judge import judge_all
from leitstand.listening.models import Query, Source
from leitstand.listening.store import matcher, store

Give = Callable[[BaseHTTPRequestHandler], None]
RSS = "application/rss+xml"


class Site:
    """A server in a thread. `pages` maps a path to (status, headers, body), or to a function that writes itself."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | Give] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _door(self))
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """From now on this page answers so; `Content_Type="…"` is a header. Returns its address."""
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, raw)
        return self.url(path)

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()


def _door(site: Site) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, (404, {}, b""))
            if callable(page):
                page(self)
                return
            status, headers, body = page
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value.encode().decode("latin-1"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    return Door


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    """A web site that the operator has allowed."""
    made = Site()
    settings.PRIVATE_HOSTS = frozenset({f"127.0.0.1:{made.port}", f"localhost:{made.port}"})
    yield made
    made.close()


@pytest.fixture
def house(db: None) -> None:
    people.company()


def item(number: int | str, title: str = "", text: str = "", link: str = "") -> str:
    where = link or f"https://blog.example/{number}"
    return (
        f"<item><guid>{number}</guid><title>{title or f'Nummer {number}'}</title><link>{where}</link>"
        f"<description>{text or 'Neues aus der Rösterei.'}</description>"
        f"<pubDate>{format_datetime(timezone.now() - timedelta(days=1))}</pubDate></item>"
    )


def rss(*items: str, title: str = "Kaffeeblog", language: str = "de") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://blog.example/</link><language>{language}</language>{''.join(items)}</channel></rss>"
    )


def source(url: str, **columns: Any) -> Source:
    return Source.objects.create(url=url, **({"next_at": timezone.now()} | columns))


SAID = {
    "de1": "Die Häuser der Rösterei Morgenrot duften nach frischem Kaffee, und wir kaufen dort gern.",
    "de2": "Der Kaffee bei Morgenrot ist leider teurer geworden, das ist nicht schön für uns.",
    "en1": "The roasters at Morgenrot were running late again and the coffee is not cheap at all.",
    "en2": "I am looking for a fair espresso near the station, any ideas for this?",
}


def tell(where: Source, said: dict[str, str] | None = None, author: str = "Jo") -> None:
    at = datetime(2026, 11, 2, 8, tzinfo=UTC)
    who = Author(author, author.lower(), author)
    items = [
        Item(number, "article", f"https://x.example/{number}", at, text, who) for number, text in (said or SAID).items()
    ]
    store(judge_all(items, matcher(), str(where)), where)


@pytest.fixture
def told() -> Source:
    where = source("https://feed.example/", title="Stadtblog")
    tell(where)
    return where


def saved_query(text: str, name: str = "Suche") -> Query:
    """A new query, stored mentions searched."""
    saved = add.new_query(name, text, people.gina())
    jobs.run_waiting()
    return saved
