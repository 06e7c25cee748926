"""The real thing for the journeys: `leitstand run` on a folder of its own, and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READY_WITHIN = 60


@dataclass
class House:
    """A running installation."""

    url: str
    home: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An empty installation that runs: embedded database, web, worker."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONPATH")}
    environment |= {"LEITSTAND_HOME": str(home), "PORT": str(port), "LEITSTAND_PRIVATE_HOSTS": "127.0.0.1"}
    command = [str(Path(sys.executable).parent / "leitstand"), "run"]
    log = (home / "run.log").open("w")
    running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/healthz", home / "run.log")
        yield House(f"http://127.0.0.1:{port}", home)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=40)
        log.close()


def _wait_until_ready(url: str, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"not ready after {READY_WITHIN} s:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Without one the journeys are skipped loudly, but never in CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium for the journeys")
        pytest.skip("JOURNEYS SKIPPED: no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
