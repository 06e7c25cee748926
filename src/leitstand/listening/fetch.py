"""Step one: brings the bytes of many addresses, politely and safely.

Conditional (ETag, Last-Modified: RFC 9110 §13), at most two connections per host, 304 and 410 understood,
permanent redirects remembered, Retry-After kept. Limits: 20 s in all, 10 MB after decompression, five redirects,
no private addresses. A failure of the network is an Outcome, never an exception.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from leitstand.connectors.addresses import check_address
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.http import AGENT

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 20.0
MOST_REDIRECTS = 5
PER_HOST, AT_ONCE = 2, 50
PERMANENT = (301, 308)
SAY_GONE = "The source says that it is gone for good."
SAY_DOWN = "The source cannot be reached right now."
SAY_SLOW = "The source answers too slowly; reading was cut off after 20 seconds."
SAY_LARGE = "The source sends more than 10 MB; reading was cut off."
SAY_LOOP = "The source redirects in circles."
SAY_STATUS = "The source answers with an error."
SAY_PRIVATE = "The source lies inside a private network and is not read."


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


def fetch_all(wishes: Sequence[Wish], private_hosts: frozenset[str] = frozenset()) -> list[Outcome]:
    """All outcomes, in the order of the wishes."""
    return asyncio.run(_fetch_all(wishes, private_hosts))


async def _fetch_all(wishes: Sequence[Wish], private_hosts: frozenset[str]) -> list[Outcome]:
    connector = aiohttp.TCPConnector(
        limit=AT_ONCE, limit_per_host=PER_HOST, resolver=GuardedResolver(private_hosts), ttl_dns_cache=60
    )
    times = aiohttp.ClientTimeout(total=None, connect=10, sock_read=SECONDS)
    headers = {
        "User-Agent": AGENT,
        "Accept": "application/feed+json, application/atom+xml, application/rss+xml, text/html;q=0.8, */*;q=0.5",
    }
    async with aiohttp.ClientSession(connector=connector, timeout=times, headers=headers, trust_env=False) as session:
        return list(await asyncio.gather(*(_fetch(session, wish, private_hosts) for wish in wishes)))


async def _fetch(session: aiohttp.ClientSession, wish: Wish, private_hosts: frozenset[str]) -> Outcome:
    try:
        async with asyncio.timeout(SECONDS):
            return await _follow(session, wish, private_hosts)
    except TimeoutError:
        return Outcome(wish, 0, say=SAY_SLOW, detail="timeout")
    except TooLarge:
        return Outcome(wish, 0, say=SAY_LARGE, detail=f"more than {MOST_BYTES} bytes")
    except ConnectorError as error:
        return Outcome(wish, 0, say=SAY_PRIVATE, detail=error.detail)
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return _unreached(wish, error)


def _unreached(wish: Wish, error: Exception) -> Outcome:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectorError):
            return Outcome(wish, 0, say=SAY_PRIVATE if "private" in cause.say else SAY_DOWN, detail=cause.detail)
        cause = cause.__cause__ or cause.__context__
    return Outcome(wish, 0, say=SAY_DOWN, detail=f"{type(error).__name__}: {error}"[:300])


async def _follow(session: aiohttp.ClientSession, wish: Wish, private_hosts: frozenset[str]) -> Outcome:
    url, moved_to, permanent = wish.url, "", True
    for _hop in range(MOST_REDIRECTS + 1):
        _check_literal(url, private_hosts)
        async with session.get(url, headers=_conditions(wish), allow_redirects=False) as answer:
            if answer.status not in (301, 302, 303, 307, 308) or "Location" not in answer.headers:
                return await _outcome(wish, answer, url, moved_to)
            url = urljoin(url, answer.headers["Location"])
            permanent = permanent and answer.status in PERMANENT
            moved_to = url if permanent else moved_to
    return Outcome(wish, 0, say=SAY_LOOP, detail="more than five redirects")


def _check_literal(url: str, private_hosts: frozenset[str]) -> None:
    """aiohttp asks no resolver for addresses written as numbers, so those are checked here."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not a web address: {url[:100]}")
    if parts.hostname[-1].isdecimal() or ":" in parts.hostname:
        check_address(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80), private_hosts)


def _conditions(wish: Wish) -> dict[str, str]:
    named = {"If-None-Match": wish.etag, "If-Modified-Since": wish.modified}
    return {name: value for name, value in named.items() if value}


async def _outcome(wish: Wish, answer: aiohttp.ClientResponse, url: str, moved_to: str) -> Outcome:
    facts: dict[str, Any] = {"moved_to": moved_to, "final_url": url}
    if answer.status == 304:
        return Outcome(wish, 304, etag=wish.etag, modified=wish.modified, **facts)
    if answer.status != 200:
        say = SAY_GONE if answer.status == 410 else SAY_STATUS
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
        headers.get("ETag", "")[:300],
        headers.get("Last-Modified", "")[:100],
        **facts,
    )


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
    given = answer.headers.get("Retry-After", "")
    if given.isdecimal():
        return min(float(given), 86_400.0)
    try:
        return max(0.0, (parsedate_to_datetime(given).astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0
