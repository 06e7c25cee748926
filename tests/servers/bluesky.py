"""A real Bluesky server (PDS) with its directory of identities, and an eye of its own on what it holds.

The eye speaks plain XRPC (https://docs.bsky.app/docs/category/http-reference) and shares no code with our connector.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from tests.running import free_port
from tests.servers.postgres import postgres
from tests.servers.processes import CACHE, HERE, answers, running
from tests.servers.redis import redis

MAIN_PASSWORD = "main-password-nobody-types"
POST, LIKE = "app.bsky.feed.post", "app.bsky.feed.like"
# What @atproto/dev-env signs access tokens with.
SIGNED_WITH = b"jwt-secret"
SHOWN_WITHIN = 120.0
Json = dict[str, Any]


@dataclass(frozen=True)
class Member:
    """Somebody with an account on the server; `password` is an app password."""

    handle: str
    did: str
    password: str
    access: str


@dataclass(frozen=True)
class Bluesky:
    """The running server."""

    url: str

    def join(self, name: str) -> Member:
        """A new account with an app password."""
        handle = f"{name}.test"
        made = self._post(
            "com.atproto.server.createAccount",
            {"handle": handle, "email": f"{name}@example.org", "password": MAIN_PASSWORD},
        )
        added = self._post("com.atproto.server.createAppPassword", {"name": "Leitstand"}, made["accessJwt"])
        return Member(handle, made["did"], added["password"], made["accessJwt"])

    def withdraw(self, member: Member) -> None:
        """The app password is valid no more."""
        self._post("com.atproto.server.revokeAppPassword", {"name": "Leitstand"}, member.access)

    def end_session(self, refresh: str) -> None:
        """The refresh token is valid no more."""
        self._post("com.atproto.server.deleteSession", None, refresh)

    def write(self, member: Member, text: str, reply: Json | None = None, **more: Any) -> Json:
        """A post of this member: its uri and cid."""
        record = {"$type": POST, "text": text, "createdAt": _now()} | more
        body = {"repo": member.did, "collection": POST, "record": record | ({"reply": reply} if reply else {})}
        made = self._post("com.atproto.repo.createRecord", body, member.access)
        return {"uri": made["uri"], "cid": made["cid"]}

    def answer(self, member: Member, text: str, post: Json) -> Json:
        """A reply of this member to a post that begins a thread, once the appview shows that post: its uri and cid.

        People answer what they see. A reply the appview hears of before its parent counts as one to nothing, for ever.
        """
        deadline = time.monotonic() + SHOWN_WITHIN
        while not self._shows(member, post):
            assert time.monotonic() < deadline, f"the appview does not show {post['uri']}"
            time.sleep(0.2)
        return self.write(member, text, {"root": post, "parent": post})

    def like(self, member: Member, post: Json) -> None:
        """A like of this member for a post, named by its uri and cid."""
        record = {"$type": LIKE, "subject": post, "createdAt": _now()}
        body = {"repo": member.did, "collection": LIKE, "record": record}
        self._post("com.atproto.repo.createRecord", body, member.access)

    def posts(self, did: str) -> list[Json]:
        """All post records of an account: uri, cid, value."""
        query = {"repo": did, "collection": POST, "limit": "100"}
        answer = httpx.get(f"{self.url}/xrpc/com.atproto.repo.listRecords", params=query)
        found: list[Json] = answer.raise_for_status().json()["records"]
        return found

    def post(self, uri: str) -> Json:
        """One post record, by its address in the network."""
        return next(one for one in self.posts(uri.split("/")[2]) if one["uri"] == uri)

    def blob(self, did: str, cid: str) -> bytes:
        """The bytes of an uploaded file."""
        query = {"did": did, "cid": cid}
        return httpx.get(f"{self.url}/xrpc/com.atproto.sync.getBlob", params=query).raise_for_status().content

    def _shows(self, member: Member, post: Json) -> bool:
        headers = {"Authorization": f"Bearer {member.access}"}
        url = f"{self.url}/xrpc/app.bsky.feed.getPosts"
        answer = httpx.get(url, params={"uris": post["uri"]}, headers=headers, timeout=30)
        return bool(answer.raise_for_status().json()["posts"])

    def _post(self, method: str, body: Json | None, token: str = "") -> Json:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.post(f"{self.url}/xrpc/{method}", json=body, headers=headers, timeout=30)
        assert answer.is_success, f"{method}: {answer.text}"
        found: Json = answer.json() if answer.content else {}
        return found


def expired(token: str) -> str:
    """The same access token as the server would have issued it long ago: valid in form, past its time."""
    head, payload, _signature = token.split(".")
    facts = json.loads(base64.urlsafe_b64decode(payload + "=="))
    signed = f"{head}.{_encoded(json.dumps(facts | {'iat': 1_700_000_000, 'exp': int(time.time()) - 60}).encode())}"
    return f"{signed}.{_encoded(hmac.digest(SIGNED_WITH, signed.encode(), hashlib.sha256))}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def bluesky(folder: Path) -> Iterator[Bluesky]:
    """A bare server: nobody collects replies, likes and counts."""
    with _network(folder) as server:
        yield server


@contextmanager
def bluesky_with_appview(folder: Path) -> Iterator[Bluesky]:
    """A server with the appview that tells it of replies, likes and counts; that one needs PostgreSQL and Redis."""
    with (
        postgres(folder) as database,
        redis(folder) as memory,
        _network(folder, free_port(), DB_POSTGRES_URL=database, REDIS_HOST=memory) as server,
    ):
        yield server


@contextmanager
def _network(folder: Path, *appview: int, **environment: str) -> Iterator[Bluesky]:
    """The processes on free ports of this machine until the block ends."""
    home, plc, pds = CACHE / "bluesky", free_port(), free_port()
    node = (home / "node").read_text().strip()
    ports = [str(port) for port in (plc, pds, *appview)]
    command = [node, "--require", str(HERE / "loopback.cjs"), str(HERE / "bluesky.cjs"), *ports]
    url = f"http://127.0.0.1:{pds}"
    log = folder / "bluesky.log"

    def ready() -> bool:
        return "READY" in log.read_text() and answers(f"{url}/xrpc/_health")

    with running(command, log, ready, NODE_PATH=str(home / "node_modules"), LOG_ENABLED="false", **environment):
        yield Bluesky(url)
