"""A folder that was set up once; each test gets a copy of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from leitstand.config import postgres
from tests.running import call

ADA = "ada@nordlicht.example"
PASSWORD = "drei-tassen-am-morgen"
PEOPLE = "from leitstand.core.models import Person; print(*Person.objects.values_list('email', flat=True))"
TABLES = "from django.db import connection; connection.cursor().execute({!r})"


@pytest.fixture(scope="session")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database made, tables made, one administrator; nothing runs on it."""
    home = tmp_path_factory.mktemp("set-up")
    made = call(home, "createadmin", ADA, "--name", "Ada", typed=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    assert made.stdout == f"{ADA} is administrator and can sign in.\n"
    return home


@pytest.fixture
def home(set_up: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "home"
    copied(set_up, copy)
    tmp_path.chmod(0o755)
    return copy


def copied(home: Path, copy: Path) -> None:
    """The copy keeps owners: as root, PostgreSQL's files belong to an account of their own."""
    subprocess.run(["cp", "-a", str(home), str(copy)], check=True)


def people(home: Path) -> str:
    """Who is known there, asked through a fresh command."""
    answer = call(home, "manage", "shell", "--no-imports", "-c", PEOPLE)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def sql(home: Path, statement: str) -> None:
    done = call(home, "manage", "shell", "--no-imports", "-c", TABLES.format(statement))
    assert done.returncode == 0, done.stderr


def server(home: Path) -> dict[str, str]:
    """The way to the embedded server of that folder."""
    where = postgres.address(home)
    return {"user": where["USER"], "host": where["HOST"], "port": where["PORT"]}


@contextmanager
def database(home: Path, joined: bool = False) -> Iterator[psycopg.Connection]:
    """A connection to the embedded server; the one who has not `joined` stops it afterwards."""
    postgres.start(home)
    try:
        with psycopg.connect(dbname=postgres.NAME, **server(home)) as one:
            yield one
    finally:
        if not joined:
            postgres.stop(home)


def wait_for(connection: psycopg.Connection, question: str, within: float = 30) -> None:
    deadline = time.monotonic() + within
    connection.autocommit = True
    while not (answer := connection.execute(question).fetchone()) or not answer[0]:
        assert time.monotonic() < deadline, question
        time.sleep(0.05)
