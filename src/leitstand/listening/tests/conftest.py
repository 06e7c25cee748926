"""A web site on loopback that answers as a test wants, and feeds to put on it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from tests import people

from leitstand.listening.models import Source

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
        "<pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item>"
    )


def rss(*items: str, title: str = "Kaffeeblog", language: str = "de") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://blog.example/</link><language>{language}</language>{''.join(items)}</channel></rss>"
    )


def source(url: str, **columns: Any) -> Source:
    return Source.objects.create(url=url, **({"next_at": timezone.now()} | columns))
