"""The commands on a PostgreSQL named by `DATABASE_URL`, as an owner of databases who rules over nothing else.

It is the server of the tests: the embedded one, or in CI also Debian's.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.commands.conftest import ADA, PASSWORD, PEOPLE
from tests.running import COMMAND, call, environment, running


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


def test_two_who_start_at_once_make_the_tables_once(databases: list[dict[str, str]], tmp_path: Path) -> None:
    settings = environment(tmp_path / "home", **databases[0])
    both = [
        subprocess.Popen([COMMAND, "migrate"], env=settings, stderr=subprocess.PIPE, text=True) for _one in range(2)
    ]
    said = [one.communicate(timeout=120)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said


def test_tables_of_another_account_are_data_too(databases: list[dict[str, str]], home: Path, tmp_path: Path) -> None:
    file, name = tmp_path / "leitstand.backup", urlsplit(databases[0]["DATABASE_URL"]).path
    assert call(home, "backup", str(file)).returncode == 0
    with psycopg.connect(urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=name))) as rule:
        rule.execute("CREATE TABLE ledger ()")
    refused = call(tmp_path / "fresh", "restore", str(file), more=databases[0])
    assert refused.returncode != 0 and "There are data here already" in refused.stderr


def test_what_the_server_refuses_is_told(databases: list[dict[str, str]], home: Path, tmp_path: Path) -> None:
    """psql hangs up at the first line, while the rest is still being sent."""
    file, parts = tmp_path / "leitstand.backup", urlsplit(databases[0]["DATABASE_URL"])
    assert call(home, "backup", str(file)).returncode == 0
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as rule:
        rule.execute(f"ALTER DATABASE {parts.path[1:]} OWNER TO CURRENT_USER")
    refused = call(tmp_path / "fresh", "restore", str(file), more=databases[0])
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    assert "must be owner of schema public" in refused.stderr


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
