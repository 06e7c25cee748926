"""`leitstand run`: database, web and worker in one small process group.

Django is loaded once; web and worker are forked from that process, which saves time and memory. A child that
dies is started again (after a pause that grows); Ctrl-C or SIGTERM ends all, a second one at once.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

from django.conf import settings

from leitstand.config import database, serve

GRACE = 25.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 20.0


class Stop(Exception):
    """Somebody asked us to end."""


def run() -> int:
    """Runs until stopped; returns the exit code."""
    began = time.monotonic()
    with _lock(settings.HOME / "run.lock"):
        if problem := _port_problem():
            print(problem, file=sys.stderr)
            return 1
        signal.signal(signal.SIGTERM, _raise_stop)
        signal.signal(signal.SIGINT, _raise_stop)
        ours = database.ready()
        try:
            return _watch(began)
        finally:
            if ours:
                database.stop()


def _watch(began: float) -> int:
    _load_everything()
    gc.freeze()  # forked children share the memory of what is loaded
    children = {"web": _fork(serve.web), "worker": _fork(serve.worker)}
    print(
        f"Leitstand runs at {settings.PUBLIC_URL} (started in {time.monotonic() - began:.1f} s). Ctrl-C ends it.",
        flush=True,
    )
    pause = FIRST_PAUSE
    try:
        while True:
            pid, status = os.wait()
            name = next((name for name, child in children.items() if child == pid), "")
            if not name:
                continue
            print(f"The {name} process ended ({status}); starting it again.", file=sys.stderr, flush=True)
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE) if time.monotonic() - began < 3_600 else FIRST_PAUSE
            children[name] = _fork(getattr(serve, name))
    except Stop:
        return _end(children)


def _load_everything() -> None:
    from django.db import connection
    from django.urls import get_resolver

    import leitstand.config.wsgi  # noqa: F401

    get_resolver().url_patterns  # noqa: B018
    connection.close()


def _fork(work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = 1
    try:
        code = work()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(code)


def _end(children: dict[str, int]) -> int:
    """Asks all to end; who has not after the grace period, or at a second request, is ended."""
    waiting = set(children.values())
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


def _raise_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


class _lock:
    """One `run` per folder. The lock belongs to the open file, so it falls with the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] | None = None

    def __enter__(self) -> None:
        self.file = self.path.open("a+")
        os.set_inheritable(self.file.fileno(), False)
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            raise SystemExit(
                f"Leitstand runs already on {self.path.parent} (process {self.file.read().strip()}). "
                "Stop that one first, or set LEITSTAND_HOME to another folder."
            ) from None
        self.file.truncate(0)
        self.file.write(str(os.getpid()))
        self.file.flush()

    def __exit__(self, *details: object) -> None:
        if self.file:
            self.file.close()


def _port_problem() -> str:
    """Empty when the port is free."""
    with socket.socket(socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, settings.PORT))
        except OSError as error:
            return serve.port_taken(error)
    return ""
