"""A real server on loopback that behaves as badly as a test wants."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """Keeps what it was asked; answers by path."""

    daemon_threads = True

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers, self.asked, self.closing = answers, [], threading.Event()
        self.handed_out = 0  # bytes, of an answer that counts them
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


class Handler(BaseHTTPRequestHandler):
    """Plays the answer of the path."""

    server: Server

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, httpx.Headers(self.headers.items())))
        self.server.answers[self.path.partition("?")[0]](self)

    do_POST = do_HEAD = do_GET

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


def say(status: int, body: bytes = b"{}", **headers: str) -> Answer:
    """A whole answer; underscores in header names stand for dashes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def serving(**answers: Answer) -> Iterator[Server]:
    """A server with one path per name, until the block ends."""
    server = Server({f"/{name}": answer for name, answer in answers.items()})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
