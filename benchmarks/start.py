"""How soon is the first page there, and how much memory does an idle house take?

    make bench-start

`leitstand run` on a folder that was set up before, with the demo company in it: from the command to the first
complete page. Median of several starts. Memory is told for all processes together, PostgreSQL and its children
included, a minute of idling after the last start: `idle_mb` is the proportional set size (PSS), which counts pages
that several share once; `rss_mb` the plain sum of resident sets, which counts them once for each.
"""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.processes import processes_on

LEITSTAND = str(Path(sys.executable).parent / "leitstand")
STARTS, IDLE, PATIENCE = 5, 60.0, 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path) -> tuple[subprocess.Popen[bytes], float]:
    """The running process, and the seconds to its first page."""
    port = free_port()
    began = time.perf_counter()
    run = subprocess.Popen([LEITSTAND, "run"], env=environment(home) | {"PORT": str(port)}, stdout=subprocess.DEVNULL)
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                assert b"</html>" in page.read()
                return run, time.perf_counter() - began
        except OSError:
            if time.perf_counter() - began > PATIENCE:
                raise
            time.sleep(0.02)


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return clean | {"LEITSTAND_HOME": str(home)}


def end(run: subprocess.Popen[bytes]) -> None:
    run.send_signal(signal.SIGINT)
    run.wait(timeout=60)


def memory(home: Path) -> tuple[float, float]:
    """Megabytes of all processes of this folder: PSS, and the plain sum of RSS."""
    lines = [line for number in processes_on(home) for line in _rollup(number)]
    pss, rss = (sum(int(line.split()[1]) for line in lines if line.startswith(name)) for name in ("Pss:", "Rss:"))
    return pss / 1024, rss / 1024


def _rollup(number: int) -> list[str]:
    try:
        return Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended meanwhile
        return []


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="leitstand-bench-") as folder:
        home = Path(folder)
        subprocess.run([LEITSTAND, "demo"], env=environment(home), check=True, stdout=subprocess.DEVNULL)
        seconds = []
        for number in range(STARTS):
            run, taken = start(home)
            seconds.append(taken)
            print(f"start {number + 1}: {taken:.2f} s", flush=True)
            if number + 1 < STARTS:
                end(run)
        time.sleep(IDLE)
        pss, rss = memory(home)
        end(run)
    first = statistics.median(seconds)
    print(f"bench-start: starts={STARTS} first_page_s={first:.2f} idle_mb={pss:.0f} rss_mb={rss:.0f}")


if __name__ == "__main__":
    main()
