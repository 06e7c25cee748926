"""The one door to the networks: limits, guards, and every failure told as one of the five outcomes.

- Time: 10 s to connect, 30 s between bytes, 90 s in all. Size: 20 MB of decompressed answer.
- Redirects: followed for reading only, at most five, each checked anew; credentials stay with their host.
- Retries: reading only, twice, with jitter; a changing call is never repeated here.
- Addresses: see `addresses`. Tokens never stand in an error.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpcore
import httpx

from leitstand import __version__
from leitstand.connectors.addresses import resolve
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.protocol import Budget

AGENT = f"Leitstand/{__version__} (self-hosted social media management)"
TIMES = httpx.Timeout(30.0, connect=10.0, pool=10.0)
TOTAL_SECONDS = 90.0
MOST_BYTES = 20 * 1024 * 1024
MOST_REDIRECTS = 5
DEFAULT_WAIT = 60.0
NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
SAY_DOWN = "The network cannot be reached right now."
SAY_UNSURE = "The network gave no clear answer. It may have done what we asked."
SAY_ACCESS = "The network does not accept our access any more. Please reconnect the channel."
SAY_FAST = "The network asks us to slow down."
SAY_REFUSED = "The network refused this: {reason}"
SAY_TOO_MUCH = "The answer is too large and was cut off."

OnBudget = Callable[[Budget], None]


class GuardedBackend(httpcore.SyncBackend):
    """Connects only to addresses that were checked, and to exactly those."""

    def __init__(self, private_hosts: frozenset[str]) -> None:
        self.private_hosts = private_hosts

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = resolve(host, port, self.private_hosts)[0]
        return super().connect_tcp(address, port, timeout, local_address, socket_options)


def open_wire(
    private_hosts: frozenset[str] = frozenset(),
    on_budget: OnBudget | None = None,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """A client that keeps the rules above. `transport` replaces the network in tests."""
    hooks: dict[str, list[Any]] = {"response": [lambda response: _tell_budget(response, on_budget)]}
    return httpx.Client(
        transport=transport or _guarded(private_hosts),
        timeout=TIMES,
        headers={"User-Agent": AGENT, "Accept": "application/json"},
        event_hooks=hooks if on_budget else {},
        trust_env=False,
    )


def _guarded(private_hosts: frozenset[str]) -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(retries=0, limits=httpx.Limits(max_connections=10, keepalive_expiry=30))
    transport._pool._network_backend = GuardedBackend(private_hosts)  # type: ignore[attr-defined]
    return transport


def ask(wire: httpx.Client, method: str, url: str, *, changes: bool | None = None, **options: Any) -> httpx.Response:
    """One request; the answer is 2xx, everything else is raised as a ConnectorError.

    changes: whether it changes something there (default: every method but GET and HEAD). Such a call is sent
    once; when its answer is lost, that is Unsure.
    """
    changing = method not in ("GET", "HEAD") if changes is None else changes
    for attempt in range(1 if changing else 3):
        try:
            return _checked(_send(wire, method, url, changing, options), changing)
        except Unreachable:
            if changing or attempt == 2:
                raise
            time.sleep(0.2 * 2**attempt * random.uniform(0.5, 1.5))
    raise AssertionError("unreachable")  # pragma: no cover


def _send(wire: httpx.Client, method: str, url: str, changing: bool, options: dict[str, Any]) -> httpx.Response:
    try:
        response = _read(wire, wire.build_request(method, url, **options))
        for _hop in range(MOST_REDIRECTS):
            if changing or not response.has_redirect_location:
                return response
            response = _read(wire, _next_hop(wire, response))
    except ConnectorError:
        raise
    except httpx.InvalidURL as error:
        raise Refused(SAY_REFUSED, str(error), reason="URL") from error
    except NOTHING_SENT as error:
        raise Unreachable(SAY_DOWN, _safe(error)) from error
    except httpx.HTTPError as error:
        raise (Unsure(SAY_UNSURE, _safe(error)) if changing else Unreachable(SAY_DOWN, _safe(error))) from error
    raise Refused(SAY_REFUSED, "more than five redirects", reason="redirects")


def _next_hop(wire: httpx.Client, response: httpx.Response) -> httpx.Request:
    """The next address of a redirect; another host gets no credentials."""
    target = response.url.join(response.headers["location"])
    headers = dict(response.request.headers) if target.host == response.url.host else {"User-Agent": AGENT}
    headers.pop("host", None)
    return wire.build_request("GET", target, headers=headers)


def _read(wire: httpx.Client, request: httpx.Request) -> httpx.Response:
    """The whole answer, within the limits of size (after decompression) and total time."""
    began = time.monotonic()
    response = wire.send(request, stream=True)
    try:
        pieces, size = [], 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > MOST_BYTES:
                raise Refused(SAY_TOO_MUCH, f"more than {MOST_BYTES} bytes")
            if time.monotonic() - began > TOTAL_SECONDS:
                raise httpx.ReadTimeout("the answer took too long", request=request)
            pieces.append(piece)
    finally:
        response.close()
    response._content = b"".join(pieces)
    return response


def _checked(response: httpx.Response, changing: bool) -> httpx.Response:
    if response.is_success:
        return response
    raise _failure(response, changing)


def _failure(response: httpx.Response, changing: bool) -> ConnectorError:
    """The outcome a status means (RFC 9110, RFC 6585)."""
    status, detail = response.status_code, f"{response.status_code} from {response.url.host}: {reason_of(response)}"
    if status in (401, 403):
        return NotAllowed(SAY_ACCESS, detail)
    if status == 429 or (status == 503 and "retry-after" in response.headers):
        return TooFast(SAY_FAST, detail, after=wait_of(response))
    if status >= 500:
        return Unsure(SAY_UNSURE, detail) if changing else Unreachable(SAY_DOWN, detail)
    return Refused(SAY_REFUSED, detail, reason=reason_of(response))


def answer_of(response: httpx.Response) -> Any:
    """The JSON of an answer. Unreadable after a change: Unsure; after reading: Unreachable."""
    try:
        return response.json()
    except ValueError as error:
        changed = response.request.method not in ("GET", "HEAD")
        detail = f"unreadable answer from {response.url.host}"
        raise (Unsure(SAY_UNSURE, detail) if changed else Unreachable(SAY_DOWN, detail)) from error


def reason_of(response: httpx.Response) -> str:
    """The network's own words about a refusal, short and without markup."""
    try:
        body = response.json()
    except ValueError:
        return response.reason_phrase or str(response.status_code)
    if not isinstance(body, dict):
        return response.reason_phrase
    found = next((body[name] for name in ("message", "error_description", "error", "detail") if body.get(name)), "")
    return str(found)[:200] or response.reason_phrase


def wait_of(response: httpx.Response) -> float:
    """Seconds to wait: Retry-After as number or date, else the reset time of the rate limit, else a minute."""
    given = response.headers.get("retry-after", "")
    if given.isdecimal():
        return float(given)
    reset = _moment(given) or _reset_of(response)
    return max(1.0, (reset - datetime.now(UTC)).total_seconds()) if reset else DEFAULT_WAIT


def budget_of(response: httpx.Response) -> Budget | None:
    """What the headers say of our rate limit (X-RateLimit-*, RateLimit-*); None: nothing."""
    limit, left = (_count(response, name) for name in ("limit", "remaining"))
    return Budget(limit, left, _reset_of(response)) if left is not None else None


def _count(response: httpx.Response, name: str) -> int | None:
    value = response.headers.get(f"x-ratelimit-{name}") or response.headers.get(f"ratelimit-{name}") or ""
    return int(value) if value.isdecimal() else None


def _reset_of(response: httpx.Response) -> datetime | None:
    value = response.headers.get("x-ratelimit-reset") or response.headers.get("ratelimit-reset") or ""
    return _moment(value)


def _moment(value: str) -> datetime | None:
    """A date in any of the forms networks use: epoch seconds, seconds from now, ISO 8601, HTTP date."""
    try:
        if value.isdecimal():
            number = int(value)
            return datetime.fromtimestamp(number if number > 1_000_000_000 else time.time() + number, UTC)
        if value[:4].isdecimal():
            return datetime.fromisoformat(value).astimezone(UTC)
        return parsedate_to_datetime(value).astimezone(UTC) if value else None
    except (ValueError, TypeError, OverflowError):
        return None


def _tell_budget(response: httpx.Response, on_budget: OnBudget | None) -> None:
    if on_budget and (budget := budget_of(response)):
        on_budget(budget)


def _safe(error: Exception) -> str:
    """The kind of error only: its text may hold an address with a token."""
    return type(error).__name__
