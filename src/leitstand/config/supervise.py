"""`leitstand run`: database, web and worker in one small process group.

Django is loaded once; web and worker are forked from that process, which saves time and memory. A child that
dies is started again (after a pause that grows); Ctrl-C or SIGTERM ends all, a second one at once.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

from django.conf import settings

from leitstand.config import database, serve
from leitstand.config.run_lock import RunLock

GRACE = 25.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 20.0
LONG_LIFE = 60.0
CHILDREN: dict[str, Callable[[], int]] = {"web": serve.web, "worker": serve.worker}
ORPHANS_END_WITHIN = 3.0


@dataclass
class Child:
    """One of our processes: when it began, and the seconds its successor would wait if it ended soon."""

    name: str
    patience: float = FIRST_PAUSE
    born: float = field(default_factory=time.monotonic)

    @property
    def pause(self) -> float:
        """Seconds until it is started again, now that it has ended: more for what ends again and again."""
        lived = time.monotonic() - self.born
        return FIRST_PAUSE if lived > LONG_LIFE else min(self.patience, LONGEST_PAUSE)


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
        database.ready()
        try:
            return _watch(began, lock, wish)
        finally:
            database.stop()  # also one that a killed `run` left behind


def _watch(began: float, lock: IO[str], wish: _StopWish) -> int:
    _load_everything()
    gc.freeze()  # forked children share the memory of what is loaded
    children = {_fork(work, lock): Child(name) for name, work in CHILDREN.items()}
    print(
        f"Leitstand runs at {settings.PUBLIC_URL} (started in {time.monotonic() - began:.1f} s). Ctrl-C ends it.",
        flush=True,
    )
    try:
        wish.may_interrupt()
        while True:
            pid, status = os.wait()
            if not (ended := children.pop(pid, None)):
                continue
            print(f"The {ended.name} process ended ({status}); starting it again.", file=sys.stderr, flush=True)
            pause = ended.pause
            time.sleep(pause)
            children[_fork(CHILDREN[ended.name], lock)] = Child(ended.name, pause * 2)
    except Stop:
        return _end(set(children))


def _load_everything() -> None:
    from django.db import connection
    from django.urls import get_resolver

    import leitstand.config.wsgi  # noqa: F401

    get_resolver().url_patterns  # noqa: B018
    connection.close()


def _fork(work: Callable[[], int], lock: IO[str]) -> int:
    """A child that does the work. It does not hold the lock, and ends when we were killed."""
    parent, pid = os.getpid(), os.fork()
    if pid:
        return pid
    os.close(lock.fileno())
    threading.Thread(target=_end_without, args=(parent,), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = 1
    try:
        code = work()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
        print(end.code if isinstance(end.code, str) else "", file=sys.stderr)
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def _end(waiting: set[int]) -> int:
    """Asks all to end; who has not after the grace period, or at a second request, is ended."""
    _signal(waiting, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    try:
        while waiting and time.monotonic() < deadline:
            waiting -= {pid for pid in waiting if os.waitpid(pid, os.WNOHANG)[0]}
            time.sleep(0.05)
    except Stop:
        pass
    _signal(waiting, signal.SIGKILL)
    return 0


def _signal(pids: set[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


class _StopWish:
    """Ctrl-C or SIGTERM. While we start it is only remembered: in the middle of an import it would do damage."""

    def __init__(self) -> None:
        self.heard = self.interrupts = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)

    def may_interrupt(self) -> None:
        self.interrupts = True
        if self.heard:
            raise Stop

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.heard = True
        if self.interrupts:
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
