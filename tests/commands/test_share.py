"""Who goes last stops the embedded server, whoever started it; a restore does not wait, it refuses."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from leitstand.config import postgres
from tests.commands.conftest import ADA, people
from tests.running import House, call, end, free_port, start


def _web(home: Path) -> House:
    """`leitstand web` without a worker; it serves."""
    house = start(home, free_port(), "web")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", int(house.url.rsplit(":", 1)[1]))) == 0:
                return house
        time.sleep(0.1)
    raise AssertionError(house.log())


def test_a_web_server_alone_keeps_the_database_and_stops_it_at_its_end(home: Path, tmp_path: Path) -> None:
    assert call(home, "backup", str(tmp_path / "file")).returncode == 0
    web = _web(home)
    try:
        assert ADA in people(home)
        refused = call(home, "restore", "--force", str(tmp_path / "file"))
        assert refused.returncode != 0
        assert "a web server, a worker or a command. Stop it first." in refused.stderr
        assert postgres.is_running(home), "commands that ended leave it to the web server"
    finally:
        end(web)
    assert not postgres.is_running(home)
    assert call(home, "restore", "--force", str(tmp_path / "file")).returncode == 0


def test_of_two_the_first_to_end_leaves_the_database_to_the_other(home: Path) -> None:
    first, second = _web(home), _web(home)
    end(first)
    assert postgres.is_running(home)
    end(second)
    assert not postgres.is_running(home)
