"""`leitstand doctor`, `demo` and `rotate-keys` on a real folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from leitstand.config import doctor
from tests.commands.conftest import database
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


def test_missing_browser_libraries_are_named(tmp_path: Path, settings: Any) -> None:
    assert doctor.assets().state == "ok"
    settings.STATICFILES_DIRS = [("vendor", tmp_path)]
    assert (doctor.assets().state, "make setup" in doctor.assets().mend) == ("bad", True)


def test_a_healthy_folder_has_nothing_bad(home: Path) -> None:
    answer = call(home, "doctor")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "PostgreSQL 18" in answer.stdout
    assert "bad" not in lines(home).values()


def test_a_folder_without_tables_is_looked_at(tmp_path: Path) -> None:
    answer = call(tmp_path / "fresh", "doctor")
    assert answer.returncode == 0 and "Traceback" not in answer.stderr, answer.stderr
    assert "migrations wait" in answer.stdout and "Run: leitstand migrate" in answer.stdout


def test_a_changed_diary_is_found(home: Path) -> None:
    assert call(home, "demo").returncode == 0
    seal = "from leitstand.core.diary import chain; chain.seal()"
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
    assert call(home, "demo").stdout == "The demo company is loaded.\n"
    again = call(home, "demo")
    assert (again.returncode, again.stdout) == (0, "The demo company was loaded already.\n")
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


def test_a_damaged_key_file_is_told_by_every_command(home: Path) -> None:
    for command, content in (("doctor", ""), ("migrate", "no key\n")):
        (home / "vault.keys").write_text(content)
        answer = call(home, command)
        assert answer.returncode == 1
        assert "restore it from the backup" in answer.stdout + answer.stderr
        assert "Traceback" not in answer.stderr


def test_an_empty_key_of_sessions_ends_the_start(home: Path) -> None:
    (home / "session.key").write_text("")
    answer = call(home, "doctor")
    assert answer.returncode == 1
    assert "session.key is empty. Remove it" in answer.stderr and "Traceback" not in answer.stderr


@pytest.mark.parametrize("typed", ["0", "1001", "-1", "many", "²"])
def test_a_number_of_jobs_that_cannot_be_is_refused_in_one_line(home: Path, typed: str) -> None:
    refused = call(home, "worker", f"--concurrency={typed}")
    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1].endswith(f"{typed!r} is not a number from 1 to 1000")


def test_unknown_arguments_are_refused(home: Path) -> None:
    refused = call(home, "backup", "a", "b")
    assert refused.returncode == 2
    assert "unknown arguments: b" in refused.stderr
