"""Step one: brings the bytes of many addresses, politely and safely.

Conditional (ETag, Last-Modified: RFC 9110 §13), at most two connections per host, 304 and 410 understood,
permanent redirects remembered, Retry-After kept. Limits: 20 s in all, 10 MB after decompression, five redirects,
no private addresses. The 20 s begin when it is an address's turn: a slow host takes no time from the others.
A failure of the network is an Outcome, never an exception.
"""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from leitstand.connectors.addresses import check_address
from leitstand.connectors.errors import ConnectorError, Refused
from leitstand.connectors.http import AGENT

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 20.0
MOST_REDIRECTS = 5
PER_HOST, AT_ONCE = 2, 50
PERMANENT = (301, 308)
NO_SUCH_NAME = (socket.EAI_NONAME, socket.EAI_NODATA)
SAY_GONE = "The source says that it is gone for good."
SAY_DOWN = "The source cannot be reached right now."
SAY_UNKNOWN = "There is no server of this name."
SAY_NO_ADDRESS = "This is not a web address."
SAY_SLOW = "The source answers too slowly; reading was cut off after 20 seconds."
SAY_LARGE = "The source sends more than 10 MB; reading was cut off."
SAY_LOOP = "The source redirects in circles."
SAY_STATUS = "The source answers with an error."
SAY_BUSY = "The source asks us to come less often."
SAY_PRIVATE = (
    "The source lies inside a private network and is not read."
    " Whoever runs Leitstand can allow it: LEITSTAND_PRIVATE_HOSTS."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to fetch, and what we know from last time."""

    url: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status`: 200 new, 304 unchanged, 410 gone, 0 no answer, else the HTTP error. `moved_to`: remember it."""

    wish: Wish
    status: int
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    moved_to: str = ""
    final_url: str = ""
    retry_after: float = 0.0
    say: str = ""
    detail: str = ""


class NotAnAddress(ValueError):
    """Nothing that could ever be asked."""


class TooLarge(Exception):
    """The body passed the limit."""


class GuardedResolver(AbstractResolver):
    """Answers only with addresses that may be reached; the connection goes to exactly those."""

    def __init__(self, private_hosts: frozenset[str]) -> None:
        self.private_hosts = private_hosts

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(None, check_address, host, port, self.private_hosts)
        return [_resolved(host, address, port) for address in found]

    async def close(self) -> None:
        return None


def _resolved(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)


class Turns:
    """Who may fetch now: two for each host, fifty in all. What waits behind a host found slow waits no longer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.all = asyncio.Semaphore(AT_ONCE)
        self.hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(PER_HOST))
        self.slow: set[str] = set()

    @asynccontextmanager
    async def of(self, url: str) -> AsyncIterator[None]:
        """Inside it is this address's turn, for at most 20 s. Raises TimeoutError."""
        host = url.partition("://")[2].partition("/")[0].lower()
        async with self.hosts[host], self.all:
            if host in self.slow:
                raise TimeoutError
            try:
                async with asyncio.timeout(self.seconds):
                    yield
            except TimeoutError:
                self.slow.add(host)
                raise


def fetch_all(
    wishes: Sequence[Wish], private_hosts: frozenset[str] = frozenset(), seconds: float = SECONDS
) -> list[Outcome]:
    """All outcomes, in the order of the wishes; each gets so many seconds."""
    return asyncio.run(_fetch_all(wishes, private_hosts, seconds))


async def _fetch_all(wishes: Sequence[Wish], private_hosts: frozenset[str], seconds: float) -> list[Outcome]:
    connector = aiohttp.TCPConnector(
        limit=0, limit_per_host=PER_HOST, resolver=GuardedResolver(private_hosts), ttl_dns_cache=60
    )
    times = aiohttp.ClientTimeout(total=None, sock_connect=10)
    turns = Turns(seconds)
    headers = {
        "User-Agent": AGENT,
        "Accept": "application/feed+json, application/atom+xml, application/rss+xml, text/html;q=0.8, */*;q=0.5",
    }
    async with aiohttp.ClientSession(connector=connector, timeout=times, headers=headers, trust_env=False) as session:
        return list(await asyncio.gather(*(_fetch(session, turns, wish, private_hosts) for wish in wishes)))


async def _fetch(session: aiohttp.ClientSession, turns: Turns, wish: Wish, private_hosts: frozenset[str]) -> Outcome:
    try:
        async with turns.of(wish.url):
            return await _follow(session, wish, private_hosts)
    except TimeoutError:
        return Outcome(wish, 0, say=SAY_SLOW, detail="timeout")
    except TooLarge:
        return Outcome(wish, 0, say=SAY_LARGE, detail=f"more than {MOST_BYTES} bytes")
    except (ConnectorError, aiohttp.ClientError, OSError, ValueError) as error:
        return unreached(wish, error)


def unreached(wish: Wish, error: Exception) -> Outcome:
    """Why nothing came back. Pure."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectorError):
            return Outcome(wish, 0, say=_say(cause), detail=cause.detail)
        cause = cause.__cause__ or cause.__context__
    say = SAY_NO_ADDRESS if isinstance(error, NotAnAddress) else SAY_DOWN
    return Outcome(wish, 0, say=say, detail=f"{type(error).__name__}: {error}"[:300])


def _say(error: ConnectorError) -> str:
    """What the check found. A word without a dot is no address; of other names only a name server knows."""
    if isinstance(error, Refused):
        return SAY_PRIVATE
    if "." not in error.places.get("host", "."):
        return SAY_NO_ADDRESS
    is_unknown = isinstance(error.__cause__, socket.gaierror) and error.__cause__.errno in NO_SUCH_NAME
    return SAY_UNKNOWN if is_unknown else SAY_DOWN


async def _follow(session: aiohttp.ClientSession, wish: Wish, private_hosts: frozenset[str]) -> Outcome:
    url, moved_to, permanent = wish.url, "", True
    for _hop in range(MOST_REDIRECTS + 1):
        address = _checked(url, private_hosts)
        async with session.get(address, headers=_conditions(wish), allow_redirects=False) as answer:
            if answer.status not in (301, 302, 303, 307, 308) or "Location" not in answer.headers:
                return await _outcome(wish, answer, url, moved_to)
            url = urljoin(url, answer.headers["Location"])
            permanent = permanent and answer.status in PERMANENT
            moved_to = url if permanent else moved_to
    return Outcome(wish, 0, say=SAY_LOOP, detail="more than five redirects")


def _checked(url: str, private_hosts: frozenset[str]) -> URL:
    """The address as aiohttp will read it.

    It asks no resolver for hosts written as numbers, so those are checked here, in its own reading: "①②⑦.⓪.⓪.①"
    is 127.0.0.1.
    """
    try:
        address, port = URL(url), URL(url).port or 80
    except ValueError as error:
        raise NotAnAddress(url[:100]) from error
    host = address.raw_host or ""
    if address.scheme not in ("http", "https") or not host:
        raise NotAnAddress(url[:100])
    if ":" in host or host.replace(".", "").isdigit():
        check_address(host, port, private_hosts)
    return address


def _conditions(wish: Wish) -> dict[str, str]:
    named = {"If-None-Match": wish.etag, "If-Modified-Since": wish.modified}
    return {name: value for name, value in named.items() if value}


async def _outcome(wish: Wish, answer: aiohttp.ClientResponse, url: str, moved_to: str) -> Outcome:
    facts: dict[str, Any] = {"moved_to": moved_to, "final_url": url}
    if answer.status == 304:
        return Outcome(wish, 304, etag=wish.etag, modified=wish.modified, **facts)
    if answer.status != 200:
        say = {410: SAY_GONE, 429: SAY_BUSY}.get(answer.status, SAY_STATUS)
        return Outcome(
            wish, answer.status, retry_after=_retry_after(answer), say=say, detail=f"HTTP {answer.status}", **facts
        )
    body = await _body(answer)
    headers = answer.headers
    return Outcome(
        wish,
        200,
        body,
        headers.get("Content-Type", ""),
        _validator(headers.get("ETag", ""), 300),
        _validator(headers.get("Last-Modified", ""), 100),
        **facts,
    )


def _validator(given: str, most: int) -> str:
    """What we send back next time: as it was given, or not at all (RFC 9110 §5.5 wants printable ASCII)."""
    return given if len(given) <= most and given.isascii() and given.isprintable() else ""


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    """Read piece by piece; the limit counts after decompression, so a bomb is stopped early."""
    pieces, size = [], 0
    async for piece in answer.content.iter_chunked(64 * 1024):
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge
        pieces.append(piece)
    return b"".join(pieces)


def _retry_after(answer: aiohttp.ClientResponse) -> float:
    """Seconds the source asks us to wait, at most a day."""
    given = answer.headers.get("Retry-After", "")
    try:
        wait = float(given) if given.isdecimal() else _seconds_until(given)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return max(0.0, min(wait, 86_400.0))


def _seconds_until(date: str) -> float:
    return (parsedate_to_datetime(date).astimezone(UTC) - datetime.now(UTC)).total_seconds()
