"""`leitstand run`: database, web and worker in one small process group.

Django is loaded once; web and worker are forked from that process, which saves time and memory. A child that
dies is started again (after a pause that grows), the embedded database too; Ctrl-C or SIGTERM ends all, a second
one at once.
"""

from __future__ import annotations

import gc
import signal
import socket
import sys
import time
from types import FrameType
from typing import IO

from django.conf import settings

from leitstand.config import children, database, serve
from leitstand.config.postgres import DatabaseProblem
from leitstand.config.run_lock import RunLock

LOOK_EVERY = 0.25
TRY_DATABASE_EVERY = 10.0
ORPHANS_END_WITHIN = 3.0


class Stop(Exception):
    """Somebody asked us to end."""


def run() -> int:
    """Runs until stopped; returns the exit code."""
    began = time.monotonic()
    with RunLock(settings.HOME) as lock:
        if problem := _port_problem():
            print(problem, file=sys.stderr)
            return 1
        wish = _StopWish()
        share = database.ready()
        try:
            return _watch(began, lock, wish)
        finally:
            database.release(share)


def _watch(began: float, lock: IO[str], wish: _StopWish) -> int:
    _load_everything()
    gc.freeze()  # forked children share the memory of what is loaded
    ours = children.started(lock)
    print(
        f"Leitstand runs at {settings.PUBLIC_URL} (started in {time.monotonic() - began:.1f} s). Ctrl-C ends it.",
        flush=True,
    )
    look_again = 0.0
    try:
        wish.may_interrupt()
        while True:
            children.keep(ours, lock)
            if time.monotonic() > look_again:
                look_again = time.monotonic() + _look_after_database()
            time.sleep(LOOK_EVERY)
    except Stop:
        children.end(ours, at_once=lambda: wish.insists)
        return 0


def _look_after_database() -> float:
    """Returns the seconds until the next look: where it cannot be started, as on a full disk, it gets some time."""
    try:
        database.revive()
    except DatabaseProblem as problem:
        print(problem, file=sys.stderr, flush=True)
        return TRY_DATABASE_EVERY
    return 0.0


def _load_everything() -> None:
    from django.db import connection
    from django.urls import get_resolver

    import leitstand.config.wsgi  # noqa: F401  # imported for what it loads

    get_resolver().url_patterns  # noqa: B018  # reading it loads all addresses
    connection.close()


class _StopWish:
    """Ctrl-C or SIGTERM. It interrupts once, and not while we start: in the middle of an import, or while we end, it
    would do damage, so then it is only remembered."""

    def __init__(self) -> None:
        self.heard, self.interrupts = 0, False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    @property
    def insists(self) -> bool:
        return self.heard > 1

    def may_interrupt(self) -> None:
        self.interrupts = True
        if self.heard:
            self._interrupt()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.heard += 1
        if self.interrupts:
            self._interrupt()

    def _interrupt(self) -> None:
        self.interrupts = False
        raise Stop


def _port_problem() -> str:
    """Empty when the port is free. Processes whose `run` was killed a moment ago get the time to end."""
    deadline = time.monotonic() + ORPHANS_END_WITHIN
    while (problem := _bind()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return problem


def _bind() -> str:
    with socket.socket(socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, settings.PORT))
        except OSError as error:
            return serve.port_taken(error)
    return ""
