"""A folder that was set up once; each test gets a copy of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.running import call

ADA = "ada@nordlicht.example"
PASSWORD = "drei-tassen-am-morgen"


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database made, tables made, one administrator; nothing runs on it."""
    home = tmp_path_factory.mktemp("set-up")
    made = call(home, "createadmin", ADA, "--name", "Ada", typed=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    return home


@pytest.fixture
def home(set_up: Path, tmp_path: Path) -> Path:
    """The copy keeps owners: as root, PostgreSQL's files belong to an account of their own."""
    copy = tmp_path / "home"
    subprocess.run(["cp", "-a", str(set_up), str(copy)], check=True)
    tmp_path.chmod(0o755)
    return copy
