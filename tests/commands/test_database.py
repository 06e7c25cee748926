"""Which database is used, and what is said when it cannot be: by DATABASE_URL, too new, out of date."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import ADA, database, people, server, sql
from tests.running import call


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


@pytest.mark.parametrize("room", ["core", "a_room_to_come"])
def test_data_of_a_newer_leitstand_are_left_alone(home: Path, room: str) -> None:
    sql(home, f"INSERT INTO django_migrations (app, name, applied) VALUES ('{room}', '9999_later', now())")
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


def test_a_library_may_have_dropped_a_migration(home: Path) -> None:
    sql(home, "INSERT INTO django_migrations (app, name, applied) VALUES ('account', '0001_before_squashing', now())")
    assert ADA in people(home)
    assert call(home, "migrate").returncode == 0


def test_a_database_that_was_never_made_is_made_by_who_joins_the_server(home: Path) -> None:
    with database(home) as one:
        one.close()
        with psycopg.connect(dbname="postgres", **server(home), autocommit=True) as rule:
            rule.execute("ALTER DATABASE leitstand RENAME TO put_away")
        made = call(home, "migrate")
        assert made.returncode == 0, made.stderr


def test_a_killed_initdb_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    left = tmp_path / "fresh" / "postgres.new-half"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    made = call(tmp_path / "fresh", "migrate")
    assert made.returncode == 0, made.stderr
    assert not left.exists()


def test_files_that_are_no_database_are_named(tmp_path: Path) -> None:
    (tmp_path / "fresh" / "postgres").mkdir(parents=True)
    (tmp_path / "fresh" / "postgres" / "letter").write_text("mine")
    refused = call(tmp_path / "fresh", "migrate")
    assert "holds something, but no database" in refused.stderr and "Traceback" not in refused.stderr
    assert (tmp_path / "fresh" / "postgres" / "letter").read_text() == "mine"
