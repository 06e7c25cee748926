"""Holds a library that opens its own connections to public addresses: judged are the connections it makes.

Apprise speaks through requests and smtplib and takes no transport of ours, and what it looked up beforehand may be
another address by the time it connects (DNS rebinding). Python tells an audit hook of each look-up and each connection
before it happens, whatever library makes it (https://peps.python.org/pep-0578/): so the very address that is connected
is the one that is judged, and no library has to be patched. A hook cannot be taken away again; the one here serves
the whole process and minds only what runs inside `only_public`, in that thread.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leitstand.connectors.addresses import is_named, is_public


class Inside(ConnectionRefusedError):
    """The connection would lead into a private network; for the library it is one that nobody took."""


@dataclass(slots=True)
class Watch:
    """What may be connected, the name looked up last, and what was refused."""

    private_hosts: frozenset[str]
    asked: str = ""
    refused: list[str] = field(default_factory=list)

    def judge(self, address: Any) -> None:
        host, port = address[:2] if isinstance(address, tuple) else (address, 0)
        if not is_named(self.asked, port, self.private_hosts) and not _is_public(str(host)):
            self.refused.append(str(host))
            raise Inside(f"{self.asked} leads to {host}")


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def only_public(private_hosts: frozenset[str] = frozenset()) -> Iterator[list[str]]:
    """Inside, this thread connects to public addresses and named hosts only; gives the list of what was refused."""
    _put_up()
    watch = Watch(private_hosts)
    token = _watch.set(watch)
    try:
        yield watch.refused
    finally:
        _watch.reset(token)


@cache
def _put_up() -> None:
    sys.addaudithook(_look)


def _look(event: str, facts: tuple[Any, ...]) -> None:
    """Called for everything the interpreter does: two comparisons for what does not concern it."""
    if event == "socket.getaddrinfo" and (watch := _watch.get()):
        watch.asked = str(facts[0])
    elif event == "socket.connect" and (watch := _watch.get()):
        watch.judge(facts[1])


def _is_public(host: str) -> bool:
    """A name or a path instead of an address is none: nobody could say where it leads."""
    try:
        return is_public(host)
    except ValueError:
        return False
