"""What is refused with a sentence before anything is done: senseless settings, folders of others, odd paths."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from leitstand.config import postgres
from tests.commands.conftest import ADA, people
from tests.running import call, environment

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
NOBODY = 65534


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "70000", "from 1 to 65535"),
        ("PORT", "0", "from 1 to 65535"),
        ("PORT", "http", "a whole number"),
        ("LEITSTAND_LOG", "verbose", "one of DEBUG"),
        ("LEITSTAND_WEB_THREADS", "0", "1 or more"),
        ("LEITSTAND_URL", "leitstand.example.org", "an address like https://"),
        ("LEITSTAND_URL", "http://[leitstand", "an address like https://"),
        ("LEITSTAND_HOME", __file__, "a folder"),
        ("LEITSTAND_HOME", f"{__file__}/home", "a folder"),
        ("LEITSTAND_MAIL_TLS", "perhaps", "yes or no"),
    ],
)
def test_a_value_that_makes_no_sense_ends_the_start(tmp_path: Path, name: str, value: str, expected: str) -> None:
    read = [sys.executable, "-c", "import leitstand.config.settings"]
    settings = environment(tmp_path) | {name: value}
    refused = subprocess.run(read, env=settings, capture_output=True, text=True, check=False)
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    assert f"{name}='" in refused.stderr and expected in refused.stderr


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:ge/heim@host/name",
        "postgresql://ada:ge[heim@host/name",
        "postgresql://ada:ge#heim@host/name",
        "postgresql://ada:12/heim@host/name",
        "postgresql://ada:geheim@host:99999/name",
    ],
)
def test_an_address_of_a_database_that_is_none_shows_no_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(postgres.DatabaseProblem) as told:
        postgres.address(tmp_path, url)
    assert "DATABASE_URL must look like" in str(told.value) and "heim" not in str(told.value)


def test_an_apostrophe_in_the_path_is_explained(tmp_path: Path) -> None:
    refused = call(tmp_path / "o'brien", "migrate")
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    assert "may stand in its path" in refused.stderr


@AS_ROOT
@pytest.mark.parametrize("command", [["doctor"], ["backup", "/dev/null"], ["migrate"]])
def test_root_leaves_the_folder_of_another_account_alone(home: Path, command: list[str]) -> None:
    os.chown(home, NOBODY, NOBODY)
    before = [(path, path.stat().st_uid) for path in home.rglob("*")]
    refused = call(home, *command)
    assert refused.returncode != 0 and "Run this as nobody" in refused.stderr
    assert [(path, path.stat().st_uid) for path in home.rglob("*")] == before


@AS_ROOT
def test_data_stay_with_the_account_that_keeps_them(home: Path) -> None:
    for path in [home / "postgres", *(home / "postgres").rglob("*")]:
        os.chown(path, NOBODY, NOBODY)
    assert ADA in people(home)
    assert {path.stat().st_uid for path in (home / "postgres").rglob("*")} == {NOBODY}


def far(tmp_path: Path) -> Path:
    """A folder whose path is too long for a socket."""
    return tmp_path / ("x" * 60) / ("y" * 60)


def test_a_socket_in_the_temporary_folder_is_for_this_account_only(tmp_path: Path) -> None:
    sockets = postgres.socket_folder(far(tmp_path))
    made = call(far(tmp_path), "migrate")
    assert made.returncode == 0, made.stderr
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    sockets.chmod(0o777)
    refused = call(far(tmp_path), "migrate")
    assert refused.returncode != 0 and "not a folder for this account alone" in refused.stderr
    sockets.rmdir()
    sockets.symlink_to(tmp_path)
    assert "not a folder for this account alone" in call(far(tmp_path), "migrate").stderr
    sockets.unlink()
