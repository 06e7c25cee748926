"""A relay before a real server that can hold back one request, so that a sender can be ended in its middle."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length"}


class Relay(ThreadingHTTPServer):
    """Passes everything on, until told to hold.

    `holding` is set once the request has come; from then on its sender waits, until the relay lets go and hangs up.
    """

    daemon_threads = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.holding, self.released = threading.Event(), threading.Event()
        self.path, self.after, self.skip = "", False, 0
        self.upstream = httpx.Client(base_url=server, timeout=60)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def hold(self, path: str, *, after: bool, skip: int = 0) -> None:
        """Holds the next POST to this path, `skip` ones let through; after: once the server has done what it asks."""
        self.path, self.after, self.skip = path, after, skip

    def is_held(self, method: str, path: str) -> bool:
        """Whether this request is the one to hold; there is only one."""
        if not self.path or method != "POST" or not path.partition("?")[0].endswith(self.path):
            return False
        self.skip -= 1
        if self.skip < 0:
            self.path = ""
            return True
        return False

    def let_go(self) -> None:
        self.released.set()

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was ended is what this is about."""


class Handler(BaseHTTPRequestHandler):
    """One request, there and back."""

    server: Relay

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        held = self.server.is_held(self.command, self.path)
        answer = None if held and not self.server.after else self._ask(body)
        if held or answer is None:
            self.server.holding.set()
            self.server.released.wait(60)
            return
        self.send_response(answer.status_code)
        for name, value in answer.headers.multi_items():
            if name not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def _ask(self, body: bytes) -> httpx.Response:
        """The server's own answer; it is asked under the relay's name, so that its links lead back here."""
        return self.server.upstream.request(self.command, self.path, headers=self.headers.items(), content=body)

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


@contextmanager
def relaying(server: str) -> Iterator[Relay]:
    """A relay before this server until the block ends."""
    relay = Relay(server)
    thread = threading.Thread(target=relay.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        relay.let_go()
        relay.shutdown()
        relay.server_close()
        relay.upstream.close()
        thread.join(5)
