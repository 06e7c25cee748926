"""The one door to the networks: limits, guards, and every failure told as one of the five outcomes.

- Time: 10 s to connect, 30 s between bytes, 90 s in all. Size: 20 MB of decompressed answer.
- Redirects: followed for reading only, at most five, each checked anew; credentials stay with their host.
- Retries: reading only, twice, with jitter, when no connection was made or a gateway failed (502, 503, 504).
  A changing call is sent once; whether it is repeated is decided by who keeps its key.
- Addresses: see `addresses` and `guard`. Tokens never stand in an error or a log: see `redact`.
- Compression: gzip only, unpacked here piece by piece, because a bomb must not be unpacked to be noticed.
"""

from __future__ import annotations

import logging
import random
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeVar

import httpx

from leitstand import __version__
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, Unreachable, Unsure
from leitstand.connectors.guard import guarded_transport, within
from leitstand.connectors.outcomes import (
    SAY_ADDRESS,
    SAY_DOWN,
    SAY_ODD,
    SAY_REDIRECTS,
    SAY_TOO_MUCH,
    SAY_UNSURE,
    failure_of,
)
from leitstand.connectors.protocol import Budget
from leitstand.connectors.rates import budget_of
from leitstand.connectors.redact import keep_logs_clean, redact, secrets_of

log = logging.getLogger(__name__)
AGENT = f"Leitstand/{__version__} (self-hosted social media management)"
READING = ("GET", "HEAD")
MOST_REDIRECTS = 5
PAUSES = (0.2, 0.5)
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
ODD_SHAPE = (ValueError, KeyError, TypeError, AttributeError, IndexError)

OnBudget = Callable[[Budget], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, of silence, and in all; bytes of the unpacked answer."""

    connect: float = 10.0
    silence: float = 30.0
    total: float = 90.0
    size: int = 20 * 1024 * 1024


class TooLarge(Exception):
    """The answer is larger than allowed, or packed in a way that was not asked for. Never leaves this file."""


class Wire(httpx.Client):
    """An httpx client that knows its limits and keeps no cookies, so that accounts never mix."""

    limits = Limits()


def open_wire(
    private_hosts: frozenset[str] = frozenset(),
    on_budget: OnBudget | None = None,
    transport: httpx.BaseTransport | None = None,
    limits: Limits = Limits(),
) -> Wire:
    """A client that keeps the rules above.

    private_hosts: names ("host" or "host:port") that may lie in a private network. on_budget: told after each
    answer that speaks of a rate limit. transport: replaces the network in tests.
    """
    keep_logs_clean()
    wire = Wire(
        transport=transport or guarded_transport(private_hosts),
        timeout=httpx.Timeout(limits.silence, connect=limits.connect, pool=limits.connect),
        headers={"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        event_hooks={"response": [lambda response: _tell_budget(response, on_budget)]},
        trust_env=False,
    )
    wire.limits = limits
    return wire


def _tell_budget(response: httpx.Response, on_budget: OnBudget | None) -> None:
    if on_budget and (budget := budget_of(response)):
        on_budget(budget)


def ask(wire: httpx.Client, method: str, url: str, *, changes: bool | None = None, **options: Any) -> httpx.Response:
    """One request; the answer is 2xx, everything else is raised as a ConnectorError.

    changes: whether a lost answer leaves something done that matters (default: every method but GET and HEAD).
    Such a call with a lost answer is Unsure; any other is Unreachable and may simply be made again.
    """
    changing = method not in READING if changes is None else changes
    with within(_limits(wire).total):
        for pause in PAUSES if method in READING else ():
            try:
                return _once(wire, method, url, changing, options)
            except Unreachable as error:
                if not _passes(error):
                    raise
            time.sleep(pause * random.uniform(0.5, 1.5))
        return _once(wire, method, url, changing, options)


def _passes(error: Unreachable) -> bool:
    return error.status in (502, 503, 504) or isinstance(error.__cause__, NOT_SENT)


def _limits(wire: httpx.Client) -> Limits:
    return wire.limits if isinstance(wire, Wire) else Wire.limits


def _once(wire: httpx.Client, method: str, url: str, changing: bool, options: dict[str, Any]) -> httpx.Response:
    try:
        request = wire.build_request(method, url, **options)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Refused(SAY_ADDRESS, redact(str(error)), host=redact(url)) from error
    request.extensions["changes"] = changing
    try:
        response = _followed(wire, request)
    except TooLarge as error:
        raise (Unsure if changing else Refused)(SAY_TOO_MUCH, f"{request.url.host}: {error}") from error
    except httpx.HTTPError as error:
        raise _broken(error, request, changing) from error
    if response.is_success:
        return response
    raise failure_of(response, changing)


def _broken(error: httpx.HTTPError, request: httpx.Request, changing: bool) -> ConnectorError:
    """No answer came. Only where nothing can have left the house is that harmless."""
    detail = redact(f"{request.method} {request.url.host}: {type(error).__name__} {error}", secrets_of(request))
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return Refused(SAY_ADDRESS, detail, host=request.url.host)
    if isinstance(error, NOT_SENT) or not changing:
        return Unreachable(SAY_DOWN, detail)
    return Unsure(SAY_UNSURE, detail)


def _followed(wire: httpx.Client, request: httpx.Request) -> httpx.Response:
    for _hop in range(MOST_REDIRECTS + 1):
        response = _read(wire, request)
        if request.method not in READING or not response.has_redirect_location:
            return response
        request = _next_hop(wire, response)
    raise Refused(SAY_REDIRECTS, f"more than {MOST_REDIRECTS} redirects from {request.url.host}")


def _next_hop(wire: httpx.Client, response: httpx.Response) -> httpx.Request:
    """The next address of a redirect; another host, or the same one without TLS, gets no credentials."""
    try:
        target = response.url.join(response.headers["location"])
    except httpx.InvalidURL as error:
        raise Refused(SAY_ADDRESS, redact(str(error)), host=response.url.host) from error
    old = response.request
    kept = {name: value for name, value in old.headers.items() if name != "host"}
    hop = wire.build_request(old.method, target, headers=kept if _same_house(old.url, target) else {})
    hop.extensions.update(old.extensions)
    return hop


def _same_house(old: httpx.URL, new: httpx.URL) -> bool:
    if old.host != new.host:
        return False
    upgraded = old.scheme == "http" and new.scheme == "https" and old.port is None and new.port is None
    return upgraded or (old.scheme, old.port) == (new.scheme, new.port)


def _read(wire: httpx.Client, request: httpx.Request) -> httpx.Response:
    """The whole answer, unpacked, within its limit of size."""
    response = wire.send(request, stream=True, follow_redirects=False)
    try:
        body = b"".join(_unpacked(response, _limits(wire).size))
    finally:
        response.close()
    headers = [pair for pair in response.headers.raw if pair[0].lower() not in (b"content-encoding", b"content-length")]
    return httpx.Response(response.status_code, headers=headers, content=body, request=request)


def _unpacked(response: httpx.Response, most: int) -> Iterator[bytes]:
    if response.is_stream_consumed:  # a transport of tests has unpacked it already
        raw, encoding = iter([response.content]), ""
    else:
        raw, encoding = response.iter_raw(), response.headers.get("content-encoding", "")
    unpack, left = _unpacker(encoding), most
    for piece in raw:
        plain = unpack(piece, left + 1)
        left -= len(plain)
        if left < 0:
            raise TooLarge(f"more than {most} bytes")
        yield plain


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """Unpacks one piece to at most so many bytes; zlib stops there, whatever the piece would grow to."""
    if encoding.lower() in ("", "identity"):
        return lambda piece, _most: piece
    if encoding.lower() not in ("gzip", "x-gzip", "deflate"):
        raise TooLarge(f"packed as {encoding[:20]}, which was not asked for")
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def unpack(piece: bytes, most: int) -> bytes:
        try:
            return stream.decompress(piece, most)
        except zlib.error as error:
            raise TooLarge(f"cannot be unpacked: {error}") from error

    return unpack


def answer_of(response: httpx.Response, read: Callable[[Any], T] = lambda body: body) -> T:
    """What `read` makes of the JSON of an answer.

    Unreadable, or of another shape than `read` expects: Unsure after a change, Unreachable after reading.
    """
    try:
        return read(response.json())
    except ODD_SHAPE as error:
        detail = f"unreadable answer from {response.url.host}: {type(error).__name__}"
        changed = response.request.extensions.get("changes", response.request.method not in READING)
        raise (Unsure(SAY_UNSURE, detail) if changed else Unreachable(SAY_ODD, detail)) from error


def each(found: Iterable[Any], read: Callable[[Any], T]) -> Iterator[T]:
    """What `read` makes of each; one of another shape than it expects is left out, and the operator is told.

    Strangers write what comes in: one of them must not keep all others from being heard.
    """
    for one in found:
        try:
            yield read(one)
        except ODD_SHAPE as error:
            log.warning("left out, for it cannot be read: %s", redact(f"{type(error).__name__} {error}")[:200])


def home_of(wire: httpx.Client, typed: httpx.URL, path: str) -> str:
    """Where a server lives, as "scheme://host": who typed http is asked, without credentials, whether it is https."""
    home = typed
    if typed.scheme == "http":
        try:
            home = ask(wire, "GET", str(typed.copy_with(path=path, query=None))).url
        except (Refused, NotAllowed):  # it does not tell strangers
            home = typed
    return f"{home.scheme}://{home.netloc.decode()}"


@contextmanager
def gone_is_fine() -> Iterator[None]:
    """For deletions: what is not there any more needs no deleting."""
    try:
        yield
    except Refused as refused:
        if refused.status not in (404, 410):
            raise


def address_of(typed: str) -> httpx.URL:
    """What a person typed as an address; https where they left it out. Raises Refused for what is none."""
    text = typed.strip()
    try:
        url = httpx.URL(text if "://" in text else f"https://{text}")
    except httpx.InvalidURL as error:
        raise Refused(SAY_ADDRESS, str(error), host=text) from error
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or len(text.split()) != 1:
        raise Refused(SAY_ADDRESS, redact(f"not an address: {text}"), host=redact(text))
    return url
