"""The two processes of `leitstand run` that do the work: forked, started again when they end, ended together."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from leitstand.config import serve

GRACE = 25.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 20.0
LONG_LIFE = 60.0
WORK: dict[str, Callable[[], int]] = {"web": serve.web, "worker": serve.worker}


@dataclass
class Child:
    """One of our processes. Its number is 0 from its end until it is `due` again.

    `patience`: the seconds until then, if it ends soon; times are those of the monotonic clock.
    """

    name: str
    patience: float = FIRST_PAUSE
    pid: int = 0
    born: float = field(default_factory=time.monotonic)
    due: float = 0.0

    @property
    def pause(self) -> float:
        """Seconds until it is started again, if it ends now: more for what ends again and again."""
        lived = time.monotonic() - self.born
        return FIRST_PAUSE if lived > LONG_LIFE else min(self.patience, LONGEST_PAUSE)

    def start(self, lock: IO[str]) -> None:
        self.pid, self.born = fork(WORK[self.name], lock), time.monotonic()

    def note_end(self, status: int) -> None:
        print(f"The {self.name} process ended ({status}); starting it again.", file=sys.stderr, flush=True)
        pause = self.pause
        self.pid, self.due, self.patience = 0, time.monotonic() + pause, pause * 2


def started(lock: IO[str]) -> list[Child]:
    """One for each kind of work."""
    children = [Child(name) for name in WORK]
    for child in children:
        child.start(lock)
    return children


def keep(children: list[Child], lock: IO[str]) -> None:
    """Starts again those that ended, each when its own pause is over."""
    for pid, status in _ended():
        for child in children:
            if child.pid == pid:
                child.note_end(status)
    for child in children:
        if not child.pid and child.due <= time.monotonic():
            child.start(lock)


def _ended() -> Iterator[tuple[int, int]]:
    """Number and status; in a container that has no init, strangers are among them."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            yield found


def fork(work: Callable[[], int], lock: IO[str]) -> int:
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


def end(children: list[Child], at_once: Callable[[], bool]) -> None:
    """Asks all to end; who has not after the grace period, or when it shall be `at_once`, is ended."""
    waiting = {child.pid for child in children if child.pid}
    _signal(waiting, signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    while waiting and not at_once() and time.monotonic() < deadline:
        waiting -= {pid for pid in waiting if os.waitpid(pid, os.WNOHANG)[0]}
        time.sleep(0.05)
    _signal(waiting, signal.SIGKILL)


def _signal(pids: set[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
