"""Which database is used, and what is said when it cannot be: by DATABASE_URL, too new, out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import ADA
from tests.commands.test_run import people
from tests.running import call

TABLES = "from django.db import connection; connection.cursor().execute({!r})"


@pytest.mark.parametrize("command", ["run", "web", "worker", "migrate"])
def test_a_server_that_is_not_there_is_named_and_no_password(home: Path, command: str) -> None:
    refused = call(home, command, more={"DATABASE_URL": "postgresql://leitstand:geheim-7@127.0.0.1:9/leitstand"})
    assert refused.returncode != 0
    assert "The database cannot be reached" in refused.stderr and "Check DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr and "geheim-7" not in refused.stderr


@pytest.mark.parametrize("url", ["mysql://x/y", "leitstand", "postgresql://host:5432"])
def test_an_address_that_is_none_is_explained(home: Path, url: str) -> None:
    refused = call(home, "migrate", more={"DATABASE_URL": url})
    assert refused.returncode != 0
    assert "DATABASE_URL must look like" in refused.stderr and "Traceback" not in refused.stderr


def sql(home: Path, statement: str) -> None:
    done = call(home, "manage", "shell", "--no-imports", "-c", TABLES.format(statement))
    assert done.returncode == 0, done.stderr


def test_data_of_a_newer_leitstand_are_left_alone(home: Path) -> None:
    sql(home, "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_later', now())")
    for command in ("run", "migrate"):
        refused = call(home, command)
        assert refused.returncode != 0
        assert "used by a newer Leitstand" in refused.stderr
    assert ADA in people(home)


def test_tables_that_are_out_of_date_are_backed_up_and_brought_up(home: Path) -> None:
    undone = call(home, "manage", "migrate", "api", "zero", "--verbosity", "0")
    assert undone.returncode == 0, undone.stderr
    done = call(home, "migrate")
    assert done.returncode == 0, done.stderr
    assert len(list((home / "backups").glob("before-*.tar"))) == 1
    sql(home, "SELECT count(*) FROM api_token")
    assert ADA in people(home)
