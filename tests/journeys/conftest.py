"""The real thing for the journeys: `leitstand run` on a folder of its own, and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.running import House, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

# Two cores may be shared by a browser, a database, a worker and other tests.
expect.set_options(timeout=30_000)


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An empty installation that runs: embedded database, web, worker."""
    with running(tmp_path_factory.mktemp("home")) as house:
        yield house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Without one the journeys are skipped loudly, but never in CI.

    Ended with its module: while Playwright is open, its event loop counts as running for all tests of this process.
    """
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium for the journeys")
        pytest.skip("JOURNEYS SKIPPED: no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
