"""Keeps one connection to each network per thread, so that many posts in a row need no new handshake.

A wire is never shared between threads nor across a fork: each process and thread has its own. `through` puts
another transport below all wires made inside it: that is how tests and benchmarks stand in for the internet.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from leitstand.connectors.http import open_wire
from leitstand.connectors.protocol import Budget

MOST_WIRES = 64
TOLD_EVERY = 1.0
transport: ContextVar[httpx.BaseTransport | None] = ContextVar("transport", default=None)
_kept = threading.local()


@dataclass(slots=True)
class Wire:
    """A kept client, the budget it last heard of, and when that was handed out."""

    client: httpx.Client
    heard: list[Budget] = field(default_factory=list)
    told_at: float = 0.0


@contextmanager
def through(other: httpx.BaseTransport) -> Iterator[None]:
    """Everything said inside goes through this transport instead of the network."""
    token = transport.set(other)
    try:
        yield
    finally:
        transport.reset(token)


def private_hosts() -> frozenset[str]:
    """Hosts the operator has allowed, and our own address, where the built-in network lives."""
    own = urlsplit(settings.PUBLIC_URL)
    port = own.port or (443 if own.scheme == "https" else 80)
    return frozenset(settings.PRIVATE_HOSTS) | {f"{own.hostname}:{port}"}


def fresh_wire() -> httpx.Client:
    """A wire for one conversation, to be closed by the caller."""
    return open_wire(private_hosts(), transport=transport.get())


def kept_wire(channel_id: int) -> httpx.Client:
    """The wire of this thread for this channel."""
    wires = _wires()
    key = _key(channel_id)
    if key not in wires:
        heard: list[Budget] = []
        wires[key] = Wire(open_wire(private_hosts(), heard.append, transport.get()), heard)
    wires.move_to_end(key)
    while len(wires) > MOST_WIRES:
        wires.popitem(last=False)[1].client.close()
    return wires[key].client


def last_budget(channel_id: int) -> Budget | None:
    """What was heard of the rate limit since it was last handed out; at most once a second unless it runs low."""
    wire = _wires().get(_key(channel_id))
    if wire is None or not wire.heard:
        return None
    newest, now = wire.heard[-1], time.monotonic()
    if now - wire.told_at < TOLD_EVERY and not _is_low(newest):
        return None
    wire.told_at = now
    wire.heard.clear()
    return newest


def hang_up() -> None:
    """Closes all wires of this thread."""
    wires = _wires()
    while wires:
        wires.popitem()[1].client.close()


def _is_low(budget: Budget) -> bool:
    return budget.left is not None and budget.left * 10 < (budget.limit or 0)


def _key(channel_id: int) -> tuple[object, ...]:
    return channel_id, private_hosts(), transport.get()


def _wires() -> OrderedDict[tuple[object, ...], Wire]:
    """Of this thread and process: after a fork the parent's connections are left alone."""
    if getattr(_kept, "process", None) != os.getpid():
        _kept.process, _kept.wires = os.getpid(), OrderedDict()
    wires: OrderedDict[tuple[object, ...], Wire] = _kept.wires
    return wires
