"""`leitstand run`: a second start, kill -9, a taken port, an older folder, a full disk. Nothing is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from leitstand.config import postgres
from tests.commands.conftest import ADA, people
from tests.processes import processes_on
from tests.running import COMMAND, House, call, end, environment, free_port, running, start, wait_until_ready


def gone(home: Path, within: float = 15) -> bool:
    deadline = time.monotonic() + within
    while processes_on(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_on(home)


JOB = """
import time
from leitstand.core import jobs
from leitstand.publishing.measure import measure_due
jobs.enqueue(measure_due)
until = time.monotonic() + 60
there = jobs.waiting() | jobs.running()
while (waits := there.filter(task_name=measure_due.name)).exists() and time.monotonic() < until:
    time.sleep(0.2)
print("done" if not waits.exists() else "nobody works")
"""


def children(house: House) -> list[int]:
    """The processes of web and worker."""
    listed = Path(f"/proc/{house.process.pid}/task/{house.process.pid}/children").read_text()
    return [int(number) for number in listed.split()]


def is_replaced(house: House, killed: int, within: float = 30) -> bool:
    """Whether another process stands in for that one."""
    deadline = time.monotonic() + within
    while (killed in children(house) or len(children(house)) < 2) and time.monotonic() < deadline:
        time.sleep(0.1)
    return killed not in children(house) and len(children(house)) == 2


def written(house: House, words: str, within: float = 90) -> bool:
    """Whether that comes to stand in the log."""
    deadline = time.monotonic() + within
    while words not in house.log() and time.monotonic() < deadline:
        time.sleep(0.1)
    return words in house.log()


def test_ctrl_c_ends_everything(home: Path) -> None:
    with running(home) as house:
        assert len(processes_on(home)) > 3
        assert end(house) == 0
        assert gone(home)


def test_many_a_ctrl_c_ends_it_without_a_word(home: Path) -> None:
    with running(home) as house:
        for _time in range(12):
            house.process.send_signal(signal.SIGINT)
        assert end(house) == 0
        assert "Traceback" not in house.log()
        assert gone(home)


def test_a_second_start_on_the_same_folder_is_refused_and_harms_nothing(home: Path) -> None:
    with running(home) as house:
        second = call(home, "run", more={"PORT": str(free_port())})
        assert second.returncode != 0
        assert f"runs already on {home}" in second.stderr
        assert str(house.process.pid) in second.stderr
        wait_until_ready(house)


def test_a_taken_port_is_named_with_a_way_out(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = call(home, "run", more={"PORT": str(port)})
    assert refused.returncode != 0
    assert f"Port {port}" in refused.stderr
    assert f"PORT={port + 1} leitstand run" in refused.stderr


def test_after_kill_9_of_everything_it_starts_again_with_all_data(home: Path) -> None:
    house = start(home, free_port())
    wait_until_ready(house)
    for pid in processes_on(home):
        with suppress(ProcessLookupError):  # it has ended with its parent
            os.kill(pid, signal.SIGKILL)
    house.process.wait()
    assert gone(home)
    with running(home):
        assert ADA in people(home)


def test_after_kill_9_of_the_parent_alone_the_others_end_and_a_new_start_works(home: Path) -> None:
    port = free_port()
    house = start(home, port)
    wait_until_ready(house)
    house.process.kill()
    house.process.wait()
    again = start(home, port)
    try:
        wait_until_ready(again)
        assert ADA in people(home)
    finally:
        assert end(again) == 0, again.log()
    assert gone(home), "the database that the killed one left behind ends, too"


def test_a_command_that_ends_leaves_the_database_to_a_run_that_began_meanwhile(home: Path) -> None:
    command = [COMMAND, "manage", "shell", "--no-imports", "-c", "input('ready')"]
    asked = subprocess.Popen(command, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert asked.stdout is not None
    assert asked.stdout.read(5) == b"ready"
    with running(home) as house:
        asked.communicate(b"\n", timeout=60)
        assert asked.returncode == 0
        wait_until_ready(house)
        assert ADA in people(home)
    assert gone(home)


@pytest.mark.parametrize("which", ["web", "worker"])
def test_a_killed_child_is_started_again(home: Path, which: str) -> None:
    with running(home) as house:
        before = children(house)
        killed = before[0 if which == "web" else 1]
        os.kill(killed, signal.SIGKILL)
        assert written(house, f"The {which} process ended")
        assert is_replaced(house, killed)
        wait_until_ready(house)


def test_a_folder_of_an_older_postgresql_is_left_alone(home: Path) -> None:
    version = home / "postgres" / "PG_VERSION"
    version.write_text("16\n")
    refused = call(home, "run", more={"PORT": str(free_port())})
    assert refused.returncode != 0
    assert "were written by PostgreSQL 16" in refused.stderr
    assert "leitstand backup" in refused.stderr
    assert version.read_text() == "16\n"


@pytest.fixture
def small_disk(set_up: Path, tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of 200 MB of its own."""
    if os.geteuid() != 0:
        pytest.skip("FULL DISK NOT TESTED: only root may mount a small file system")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "none", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("FULL DISK NOT TESTED: this machine does not let us mount")
    try:
        tmp_path.chmod(0o755)
        subprocess.run(["cp", "-a", str(set_up), str(place / "home")], check=True)
        yield place / "home"
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Takes what space is left."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 16)):
                pass
        except OSError:
            return filler
    raise AssertionError("the disk did not fill")


def test_a_full_disk_is_named_and_nothing_is_lost(small_disk: Path) -> None:
    filler = fill(small_disk)
    refused = call(small_disk, "run", more={"PORT": str(free_port())})
    assert refused.returncode != 0
    assert "disk is full" in refused.stderr.lower() or "no space left" in refused.stderr.lower()
    assert "Traceback" not in refused.stderr
    filler.unlink()
    with running(small_disk):
        assert ADA in people(small_disk)


def test_a_backup_that_does_not_fit_is_named_and_leaves_nothing(small_disk: Path, home: Path) -> None:
    place = small_disk.parent
    filler = fill(place)
    refused = call(home, "backup", str(place / "file"))
    assert refused.returncode != 0
    assert "could not be written" in refused.stderr and "No space left" in refused.stderr
    assert {entry.name for entry in place.iterdir()} == {"home", filler.name}


def test_a_backup_that_cannot_be_unpacked_is_not_called_damaged(small_disk: Path, home: Path, tmp_path: Path) -> None:
    made = call(home, "backup", str(tmp_path / "file"))
    assert made.returncode == 0, made.stderr
    filler = fill(small_disk)
    refused = call(small_disk, "restore", "--force", str(tmp_path / "file"))
    assert refused.returncode != 0
    assert "disk is full" in refused.stderr and "Traceback" not in refused.stderr
    filler.unlink()
    assert ADA in people(small_disk)


def test_a_disk_that_fills_while_it_runs(small_disk: Path) -> None:
    with running(small_disk) as house:
        filler = fill(small_disk)
        time.sleep(3)
        assert house.process.poll() is None
        assert httpx.get(f"{house.url}/healthz").json()["disk"] == "full"
        filler.unlink()
        wait_until_ready(house)
        assert ADA in people(small_disk)


def test_a_database_that_dies_is_started_again(home: Path) -> None:
    """As when memory runs out."""
    with running(home) as house:
        before = children(house)
        os.kill(int((home / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert written(house, "The database ended; starting it again.")
        assert "done" in call(home, "manage", "shell", "--no-imports", "-c", JOB).stdout
        wait_until_ready(house)
        assert children(house) == before
        assert end(house) == 0


def test_a_worker_alone_outlives_its_database(home: Path) -> None:
    worker = start(home, free_port(), "worker")
    try:
        assert "done" in call(home, "manage", "shell", "--no-imports", "-c", JOB).stdout
        postgres.stop(home)
        assert written(worker, "The worker begins anew")
        postgres.start(home)
        assert "done" in call(home, "manage", "shell", "--no-imports", "-c", JOB).stdout
    finally:
        assert end(worker) == 0


def test_many_open_connections_keep_nobody_out(home: Path) -> None:
    with running(home) as house, ExitStack() as idle:
        port = int(house.url.rsplit(":", 1)[1])
        for _one in range(150):
            idle.enter_context(socket.create_connection(("127.0.0.1", port)))
        wait_until_ready(house)


def test_pages_say_that_the_database_is_away(home: Path) -> None:
    web = start(home, free_port(), "web")
    try:
        assert status(f"{web.url}/accounts/login/", wanted=200) == 200
        postgres.stop(home)
        assert status(f"{web.url}/accounts/login/", wanted=503) == 503
    finally:
        assert end(web) == 0


def status(url: str, wanted: int, within: float = 60) -> int:
    """What it answers, when it is what is wanted or the time is over."""
    deadline, answer = time.monotonic() + within, 0
    while answer != wanted and time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            answer = httpx.get(url, timeout=20).status_code
    return answer
