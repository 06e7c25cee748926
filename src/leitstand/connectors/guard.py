"""The network beneath the door: connects only to checked addresses, and ends every call at its deadline.

httpx measures the silence between two bytes; a server that drips one byte every few seconds would hold us for
ever. `within` sets a deadline for everything the thread does, and each read and write is cut to what is left.
"""

from __future__ import annotations

import math
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

from leitstand.connectors.addresses import check_address

_deadline: ContextVar[float] = ContextVar("deadline", default=math.inf)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Everything inside must be done after so many seconds; else reads and writes time out."""
    token = _deadline.set(min(_deadline.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _deadline.reset(token)


def is_over() -> bool:
    """Whether the time set by `within` has passed."""
    return time.monotonic() >= _deadline.get()


def _left(timeout: float | None, late: type[Exception]) -> float | None:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise late("the call took too long")
    return min(math.inf if timeout is None else timeout, left) if left < math.inf else timeout


class TimedStream(httpcore.NetworkStream):
    """A connection that knows the deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self.stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return TimedStream(self.stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class GuardedBackend(httpcore.SyncBackend):
    """Resolves a name, checks every address, and connects to one of exactly those."""

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
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in check_address(host, port, self.private_hosts):
            try:
                left = _left(timeout, httpcore.ConnectTimeout)
                return TimedStream(super().connect_tcp(address, port, left, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


def guarded_transport(private_hosts: frozenset[str]) -> httpx.HTTPTransport:
    """httpx's own transport on the guarded network. httpx has no public place for it; the tests prove it holds."""
    limits = httpx.Limits(max_connections=10, max_keepalive_connections=5, keepalive_expiry=30)
    transport = httpx.HTTPTransport(retries=0, limits=limits, trust_env=False)
    transport._pool._network_backend = GuardedBackend(private_hosts)
    return transport
