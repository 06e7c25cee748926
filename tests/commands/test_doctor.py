"""`leitstand doctor`, `demo` and `rotate-keys` on a real folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from leitstand.config import postgres
from tests.running import call

TAMPER = """
ALTER TABLE core_diaryentry DISABLE TRIGGER USER;
UPDATE core_diaryentry SET at = at - interval '1 day' WHERE id = (SELECT min(id) FROM core_diaryentry);
ALTER TABLE core_diaryentry ENABLE TRIGGER USER;
"""


def lines(home: Path) -> dict[str, str]:
    """What the doctor says, and how bad it is."""
    told = json.loads(call(home, "doctor", "--json").stdout)
    return {line["what"]: line["state"] for line in told}


@contextmanager
def database(home: Path) -> Iterator[psycopg.Connection]:
    postgres.start(home)
    try:
        where = postgres.address(home)
        with psycopg.connect(dbname=where["NAME"], user=where["USER"], host=where["HOST"], port=where["PORT"]) as one:
            yield one
    finally:
        postgres.stop(home)


def test_a_healthy_folder_has_nothing_bad(home: Path) -> None:
    answer = call(home, "doctor")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "PostgreSQL 18" in answer.stdout
    assert "bad" not in lines(home).values()


def test_a_changed_diary_is_found(home: Path) -> None:
    assert call(home, "demo").returncode == 0
    seal = "from leitstand.core import chain; chain.seal()"
    assert call(home, "manage", "shell", "--no-imports", "-c", seal).returncode == 0
    assert any("chain" in what and state == "ok" for what, state in lines(home).items())
    with database(home) as connection:
        connection.execute(TAMPER)
    answer = call(home, "doctor")
    assert answer.returncode == 1
    assert "The diary is broken at entry" in answer.stdout


def test_the_diary_cannot_be_changed_by_the_application(home: Path) -> None:
    assert call(home, "demo").returncode == 0
    with database(home) as connection:
        for change in ("UPDATE core_diaryentry SET at = now()", "DELETE FROM core_diaryentry"):
            try:
                connection.execute(change)
            except psycopg.Error:
                connection.rollback()
            else:
                raise AssertionError(f"allowed: {change}")


def test_keys_that_others_can_read_are_named_with_the_remedy(home: Path) -> None:
    (home / "vault.keys").chmod(0o644)
    answer = call(home, "doctor")
    assert answer.returncode == 1
    assert f"chmod 600 {home / 'vault.keys'}" in answer.stdout


def test_the_demo_company_comes_and_goes(home: Path) -> None:
    assert call(home, "demo").returncode == 0
    again = call(home, "demo")
    assert again.returncode == 0
    assert call(home, "demo", "--remove").returncode == 0
    assert "bad" not in lines(home).values()


def test_credentials_open_after_the_keys_were_rotated(home: Path) -> None:
    assert call(home, "demo").returncode == 0
    before = (home / "vault.keys").read_bytes()
    rotated = call(home, "rotate-keys")
    assert rotated.returncode == 0, rotated.stderr
    assert (home / "vault.keys").read_bytes() != before
    assert lines(home)["All credentials can be opened"] == "ok"


def test_a_lost_key_is_told_by_the_channel_it_closes(home: Path) -> None:
    assert call(home, "demo").returncode == 0
    (home / "vault.keys").unlink()
    answer = call(home, "doctor")
    assert answer.returncode == 1
    assert "Restore vault.keys from the backup" in answer.stdout


def test_unknown_arguments_are_refused(home: Path) -> None:
    refused = call(home, "backup", "a", "b")
    assert refused.returncode == 2
    assert "unknown arguments: b" in refused.stderr
