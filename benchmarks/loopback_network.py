"""A network on this machine that speaks the Mastodon API, counts what it accepts, and can behave badly.

    python benchmarks/loopback_network.py          # prints its address; ends with its standard input

Each token is an account of its own. An `Idempotency-Key` sent twice makes one status, as Mastodon does; `resent`
counts how often the network was given what it had already, so that its own care hides nobody's blind sending.
Tests run it in a thread (`running`) and tell it what to do with the next posts (`moods`); the benchmark runs it
in a process of its own, and lets it drop some connections after it has accepted a post (`/bench/drops`).
"""

from __future__ import annotations

import asyncio
import html
import json
import math
import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
LIMITS = {
    "X-RateLimit-Limit": "1000000",
    "X-RateLimit-Remaining": "999999",
    "X-RateLimit-Reset": "2099-01-01T00:00:00Z",
}
SCOPES = ["read", "write"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `dropped`: nothing goes back, the connection is closed."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What came in; header names in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def key(self) -> str:
        return self.headers.get("idempotency-key", "")


@dataclass(slots=True)
class Mood:
    """How one post is taken: whether it is accepted, and what is answered instead of the status (None: that)."""

    accepts: bool = True
    answer: Answer | None = None


ACCEPT_AND_DROP = Mood(True, Answer(dropped=True))
DROP = Mood(False, Answer(dropped=True))


def says(status: int, error: str = "no", **headers: str) -> Mood:
    """Accepts nothing and answers with this status; underscores in header names stand for dashes."""
    return Mood(
        False, Answer(status, {"error": error}, {name.replace("_", "-"): text for name, text in headers.items()})
    )


class Network:
    """Accounts, statuses and the count of what was accepted."""

    def __init__(self) -> None:
        self.address = ""
        self.accounts: dict[str, str] = {}
        self.statuses: list[Json] = []
        self.accepted: list[tuple[str, str, float]] = []
        self.by_key: dict[tuple[str, str], Json] = {}
        self.resent: list[tuple[str, str, float]] = []
        self.moods: list[Mood] = []
        self.refused_tokens: set[str] = set()
        self.requests: list[Request] = []
        self.drops = 0.0
        self.media = 0

    def texts(self) -> list[str]:
        """The words of everything accepted and not deleted, oldest first."""
        return [status["text"] for status in self.statuses]

    def posts_asked(self) -> list[Request]:
        """The requests to publish, oldest first."""
        return [one for one in self.requests if one.method == "POST" and one.path == "/api/v1/statuses"]

    def answer(self, request: Request) -> Answer:
        path = urlsplit(request.path).path
        if path.startswith("/bench/"):
            return self._bench(path, request)
        self.requests.append(request)
        if request.token in self.refused_tokens or not request.token:
            return Answer(401, {"error": "The access token is invalid"})
        account = self.accounts.setdefault(request.token, str(len(self.accounts) + 1))
        return self._api(request, path.removeprefix("/api/"), account)

    def _api(self, request: Request, path: str, account: str) -> Answer:
        if path == "v1/statuses" and request.method == "POST":
            return self._publish(request, account)
        if path == "v2/media":
            self.media += 1
            return Answer(200, {"id": str(self.media)})
        if path.startswith("v1/statuses/"):
            return self._status(request, path.rpartition("/")[2])
        if path.endswith("/statuses"):
            return Answer(200, self._own(account, request))
        return Answer(200, self._reading(path, account))

    def _own(self, account: str, request: Request) -> list[Json]:
        """Forty statuses of the account, newest first; `max_id` pages back."""
        before = int(parse_qs(urlsplit(request.path).query).get("max_id", ["0"])[0]) or math.inf
        mine = (one for one in reversed(self.statuses) if one["account"] == account and int(one["id"]) < before)
        return [_shown(one) for one in islice(mine, 40)]

    def _reading(self, path: str, account: str) -> Any:
        name = f"account{account}"
        if path == "v1/accounts/verify_credentials":
            return {"id": account, "acct": name, "display_name": name, "url": f"{self.address}/@{name}"}
        return {"v1/notifications": [], "v1/apps/verify_credentials": {"scopes": SCOPES}}.get(
            path, {"domain": "loop.test"}
        )

    def _publish(self, request: Request, account: str) -> Answer:
        mood = self.moods.pop(0) if self.moods else Mood()
        if not mood.accepts:
            return mood.answer or Answer(422, {"error": "no"})
        made = self._once(account, request)
        if random.random() < self.drops:
            return Answer(dropped=True)
        return mood.answer or Answer(200, _shown(made), LIMITS)

    def _once(self, account: str, request: Request) -> Json:
        known = self.by_key.get((account, request.key))
        if known and request.key:
            self.resent.append((account, known["text"], time.time()))
            return known
        made = self._made(account, json.loads(request.body))
        self.by_key[account, request.key] = made
        return made

    def _made(self, account: str, body: Json) -> Json:
        now, number = time.time(), str(1_000 + len(self.accepted))
        url = f"{self.address}/@account{account}/{number}"
        facts = {"id": number, "url": url, "uri": url, "created_at": datetime.fromtimestamp(now, UTC).isoformat()}
        counts = {"favourites_count": 7, "reblogs_count": 3, "replies_count": 2}
        made = (
            facts | counts | {"account": account, "text": body["status"], "in_reply_to_id": body.get("in_reply_to_id")}
        )
        self.statuses.append(made)
        self.accepted.append((account, body["status"], now))
        return made

    def _status(self, request: Request, number: str) -> Answer:
        found = next((one for one in self.statuses if one["id"] == number), None)
        if found is None:
            return Answer(404, {"error": "Record not found"})
        if request.method == "DELETE":
            self.statuses.remove(found)
        if request.method == "PUT":
            found["text"] = json.loads(request.body)["status"]
        return Answer(200, _shown(found))

    def _bench(self, path: str, request: Request) -> Answer:
        if path == "/bench/drops":
            self.drops = float(request.body)
        told = {"/bench/count": len(self.accepted), "/bench/resent": self.resent}
        return Answer(200, told.get(path, self.accepted))


def _shown(status: Json) -> Json:
    shown = {name: value for name, value in status.items() if name not in ("text", "account")}
    return shown | {"content": f"<p>{html.escape(status['text'])}</p>"}


# --- HTTP ---------------------------------------------------------------------------------------


async def _talk(network: Network, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers one connection until either side has enough."""
    try:
        while request := await _read(reader):
            answer = network.answer(request)
            if answer.dropped:
                break
            writer.write(_bytes(answer))
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    pairs = (line.split(":", 1) for line in lines if line)
    headers = {name.lower(): value.strip() for name, value in pairs}
    method, path, _version = first.split(" ")
    return Request(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))


def _bytes(answer: Answer) -> bytes:
    body = json.dumps(answer.body).encode()
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} .", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _serve(network: Network, ready: threading.Event, ending: asyncio.Event) -> None:
    server = await asyncio.start_server(lambda *pair: _talk(network, *pair), "127.0.0.1", 0)
    network.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    ready.set()
    await ending.wait()
    server.close()
    talks = asyncio.all_tasks() - {asyncio.current_task()}
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)


@contextmanager
def running() -> Iterator[Network]:
    """The network in a thread of this process, until the block ends."""
    network, ready, loop, ending = Network(), threading.Event(), asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=[_serve(network, ready, ending)], daemon=True)
    thread.start()
    ready.wait()
    try:
        yield network
    finally:
        loop.call_soon_threadsafe(ending.set)
        thread.join()
        loop.close()


if __name__ == "__main__":
    with running() as here:
        print(here.address, flush=True)
        sys.stdin.read()
