"""The commands on a PostgreSQL named by `DATABASE_URL`, as an owner of databases who rules over nothing else.

It is the server of the tests: the embedded one, or in CI also Debian's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.commands.conftest import ADA, PASSWORD
from tests.commands.test_run import PEOPLE
from tests.running import call, running


@pytest.fixture
def databases() -> Iterator[list[dict[str, str]]]:
    """Two empty databases, each as the setting that names it."""
    server, owner = os.environ["DATABASE_URL"], f"guest_{token_hex(4)}"
    names = [f"{owner}_{number}" for number in range(2)]
    with psycopg.connect(server, autocommit=True) as rule:
        rule.execute(f"CREATE ROLE {owner} LOGIN")
        for name in names:
            rule.execute(f"CREATE DATABASE {name} OWNER {owner}")
        yield [{"DATABASE_URL": address(server, owner, name)} for name in names]
        for name in names:
            rule.execute(f"DROP DATABASE {name} WITH (FORCE)")
        rule.execute(f"DROP ROLE {owner}")


def address(server: str, owner: str, name: str) -> str:
    parts = urlsplit(server)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{owner}@{host}", path=f"/{name}"))


def test_a_house_moves_from_one_database_to_another(databases: list[dict[str, str]], tmp_path: Path) -> None:
    first, second = databases
    home, fresh, file = tmp_path / "home", tmp_path / "fresh", tmp_path / "leitstand.backup"
    made = call(home, "createadmin", ADA, "--name", "Ada", typed=PASSWORD + "\n", more=first)
    assert made.returncode == 0, made.stderr
    with running(home, **first):
        written = call(home, "backup", str(file), more=first)
    assert written.returncode == 0, written.stderr
    for _turn in ("into the empty one", "again, insisting"):
        restored = call(fresh, "restore", "--force", str(file), more=second)
        assert restored.returncode == 0, restored.stderr
    with running(fresh, **second):
        who = call(fresh, "manage", "shell", "--no-imports", "-c", PEOPLE, more=second)
        assert ADA in who.stdout, who.stderr
        healthy = call(fresh, "doctor", more=second)
        assert healthy.returncode == 0, healthy.stdout + healthy.stderr
    assert not list(home.glob("*/PG_VERSION")) and not list(fresh.glob("*/PG_VERSION"))


def test_what_the_embedded_database_held_comes_into_ones_own(
    databases: list[dict[str, str]], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "leitstand.backup"
    assert call(home, "backup", str(file)).returncode == 0
    restored = call(tmp_path / "fresh", "restore", str(file), more=databases[0])
    assert restored.returncode == 0, restored.stderr
    assert ADA in call(tmp_path / "fresh", "manage", "shell", "--no-imports", "-c", PEOPLE, more=databases[0]).stdout
