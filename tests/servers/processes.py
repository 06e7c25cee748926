"""Starts the servers of these tests as processes of their own, and ends them with all they have started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "servers"
HERE = Path(__file__).resolve().parent
READY_WITHIN, ENDS_WITHIN = 90.0, 15.0


@contextmanager
def running(command: list[str], log: Path, ready: Callable[[], bool], **environment: str) -> Iterator[None]:
    """The server of this command from the moment it is ready until the block ends."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env=_environment(environment), stdout=output, stderr=output, start_new_session=True
        )
        try:
            _wait(process, ready, log)
            yield
        finally:
            _end(process)


def once(*command: str) -> None:
    """A program that does its work and ends; one that fails is told with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, env=_environment({}))
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def answers(url: str) -> bool:
    """Whether somebody answers at this address."""
    try:
        return httpx.get(url, timeout=5).status_code < 500
    except httpx.TransportError:
        return False


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """The bare needs of a program, so that nothing of the project's own settings reaches it."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | dict(more)


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while not ready():
        ended = process.poll() is not None
        assert not ended and time.monotonic() < deadline, f"{process.args} is not ready:\n{log.read_text()[-4000:]}"
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks once; whoever is left of the process group is then ended."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
