"""Starts the real command line on a folder of its own, as a person would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

READY_WITHIN = 60
COMMAND = str(Path(sys.executable).parent / "leitstand")


@dataclass
class House:
    """A running installation; `process` is the command, which writes its log from `begins` on."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    begins: int = 0

    def log(self) -> str:
        return (self.home / "run.log").read_bytes()[self.begins :].decode()

    @property
    def has_started(self) -> bool:
        return "Leitstand runs at" in self.log()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of ours but the folder: the embedded database, no address of a server."""
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONPATH")}
    return clean | {"LEITSTAND_HOME": str(home), "LEITSTAND_PRIVATE_HOSTS": "127.0.0.1"} | more


def call(
    home: Path, *arguments: str, typed: str = "", more: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """One command to its end, at most two minutes; `typed` is what it reads."""
    return subprocess.run(
        [COMMAND, *arguments],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        input=typed,
    )


def start(home: Path, port: int, command: str = "run", **more: str) -> House:
    """`leitstand run`, or one of its parts alone; not yet ready."""
    log = (home / "run.log").open("ab")
    settings = environment(home, PORT=str(port), **more)
    process = subprocess.Popen([COMMAND, command], env=settings, stdout=log, stderr=log, start_new_session=True)
    begins = log.tell()
    log.close()
    return House(f"http://127.0.0.1:{port}", home, process, begins)


@contextmanager
def running(home: Path, **more: str) -> Iterator[House]:
    """`leitstand run`, ready; ended as Ctrl-C ends it."""
    house = start(home, free_port(), **more)
    try:
        wait_until_ready(house)
        yield house
    finally:
        end(house)


def end(house: House) -> int:
    """Ctrl-C; returns the exit code."""
    if house.process.poll() is None:
        house.process.send_signal(signal.SIGINT)
    return house.process.wait(timeout=40)


def wait_until_ready(house: House) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and house.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{house.url}/healthz", timeout=2) as answer:
                if answer.status == 200 and house.has_started:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"not ready after {READY_WITHIN} s:\n{house.log()}")
