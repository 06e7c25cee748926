"""`leitstand backup` and `restore`: all of it comes back, and a failed restore changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import subprocess
import tarfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.commands.conftest import ADA, PASSWORD, copied, database, people, sql, wait_for
from tests.running import COMMAND, call, environment, running


@pytest.fixture(scope="session")
def backed_up(set_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house and its backup, made while the house runs; an upload is in it."""
    folder = tmp_path_factory.mktemp("backed-up")
    folder.chmod(0o755)
    home = folder / "home"
    copied(set_up, home)
    (home / "media").mkdir(exist_ok=True)
    (home / "media" / "picture.png").write_bytes(b"a picture")
    with running(home):
        written = call(home, "backup", str(folder / "leitstand.backup"))
    assert written.returncode == 0 and not written.stderr, written.stderr
    return folder


@pytest.fixture
def backup(home: Path, backed_up: Path, tmp_path: Path) -> Path:
    """Of the house as it is in `home`."""
    shutil.rmtree(home)
    copied(backed_up / "home", home)
    return Path(shutil.copy2(backed_up / "leitstand.backup", tmp_path))


def test_everything_comes_back_in_an_empty_folder(home: Path, backup: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    restored = call(fresh, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert people(fresh) == people(home)
    assert (fresh / "media" / "picture.png").read_bytes() == b"a picture"
    for key in ("session.key", "vault.keys"):
        assert (fresh / key).read_bytes() == (home / key).read_bytes()
        assert stat.S_IMODE((fresh / key).stat().st_mode) == 0o600


JOIN_AND_SEAL = f"""
from leitstand.core.diary import chain
from leitstand.core.people import membership
membership.add("{{name}}@nordlicht.example", "{{name}}", "{PASSWORD}", ["reader"])
print(chain.seal() and chain.verify().broken_at)
"""


def seal(home: Path, name: str) -> str:
    """This person joins, it is sealed, and this is the mark of it."""
    done = call(home, "manage", "shell", "--no-imports", "-c", JOIN_AND_SEAL.format(name=name))
    assert done.stdout.strip() == "None", done.stderr
    return (home / "diary.head").read_text()


def test_the_mark_of_the_diary_comes_back_with_its_tables(home: Path, tmp_path: Path) -> None:
    unmarked, file = tmp_path / "unmarked", tmp_path / "marked"
    assert call(home, "backup", str(unmarked)).returncode == 0
    marked = seal(home, "early")
    assert call(home, "backup", str(file)).returncode == 0
    assert seal(home, "late") != marked
    assert call(home, "restore", "--force", str(file)).returncode == 0
    assert (home / "diary.head").read_text() == marked
    seal(home, "again")
    assert call(home, "restore", "--force", str(unmarked)).returncode == 0
    assert not (home / "diary.head").exists()
    seal(home, "once-more")


def test_the_backup_is_for_its_owner_only(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_when_it_was_made_is_noted_for_board_and_doctor(home: Path, backup: Path) -> None:
    made = datetime.fromisoformat((home / "backup.last").read_text().strip())
    assert abs(made.timestamp() - backup.stat().st_mtime) < 600
    assert f"ok  Last backup: {made.astimezone():%Y-%m-%d %H:%M}" in call(home, "doctor").stdout


def test_data_that_would_be_lost_are_not_replaced_unless_one_insists(home: Path, backup: Path) -> None:
    added = call(home, "createadmin", "late@nordlicht.example", typed=PASSWORD + "\n")
    assert added.returncode == 0, added.stderr
    refused = call(home, "restore", str(backup))
    assert refused.returncode != 0
    assert "--force" in refused.stderr
    assert "late@nordlicht.example" in people(home)
    assert call(home, "restore", "--force", str(backup)).returncode == 0
    assert "late@nordlicht.example" not in people(home)
    assert ADA in people(home)


def test_nothing_is_replaced_under_a_running_house(home: Path, backup: Path) -> None:
    with running(home):
        refused = call(home, "restore", "--force", str(backup))
        assert refused.returncode != 0
        assert f"runs already on {home}" in refused.stderr and "Stop that one first" in refused.stderr
        assert ADA in people(home)


def forged(backup: Path, target: Path, more: dict[str, bytes] | None = None, **tables: bytes) -> Path:
    """The backup with other content, and a manifest that agrees with it."""
    with tarfile.open(backup) as archive:
        parts = {member.name: (archive.extractfile(member) or io.BytesIO()).read() for member in archive.getmembers()}
    manifest = json.loads(parts.pop("manifest.json"))
    parts |= (more or {}) | {f"database.{ending}": content for ending, content in tables.items()}
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    with tarfile.open(target, "w") as archive:
        for name, content in {"manifest.json": json.dumps(manifest).encode(), **parts}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target


def refusal(home: Path, *arguments: str) -> str:
    refused = call(home, *arguments)
    assert refused.returncode != 0 and "Traceback" not in refused.stderr, refused.stderr
    return refused.stderr


def test_a_dump_that_breaks_off_changes_nothing(home: Path, backup: Path, tmp_path: Path) -> None:
    """Whole by its manifest, so that it is loaded, and comes to an end in the middle of the tables."""
    with tarfile.open(backup) as archive:
        whole = (archive.extractfile("database.dump") or io.BytesIO()).read()
    file = forged(backup, tmp_path / "forged", dump=whole[: len(whole) // 2])
    assert "could not be restored" in refusal(home, "restore", "--force", str(file))
    assert ADA in people(home)


@pytest.mark.parametrize("name", ["../stolen", "media/../../stolen", "/stolen", "media", "run.lock"])
def test_a_forged_name_leads_nowhere(backup: Path, tmp_path: Path, name: str) -> None:
    file = forged(backup, tmp_path / "forged", more={name: b"stolen"})
    assert "belongs in no backup" in refusal(tmp_path / "fresh", "restore", str(file))
    assert not list(tmp_path.rglob("stolen"))


def test_a_restore_that_was_killed_changes_nothing(home: Path, backup: Path) -> None:
    """It waits for the schema that somebody else holds, its input ends with it, and then it could go on."""
    with database(home) as holder, database(home, joined=True) as watcher:
        holder.execute("ALTER SCHEMA public RENAME TO held")
        restoring = subprocess.Popen([COMMAND, "restore", "--force", str(backup)], env=environment(home))
        wait_for(watcher, "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        restoring.kill()
        restoring.wait()
        holder.rollback()
        wait_for(watcher, "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'psql'")
        wait_for(watcher, "SELECT to_regnamespace('before_restore') IS NULL AND to_regclass('core_person') IS NOT NULL")
    assert ADA in people(home)


def test_a_restore_into_an_empty_folder_killed_at_its_end_has_brought_the_keys(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    """It waits to let the former tables go, one of which somebody reads: from there on the new ones stay."""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    with database(fresh) as reader, database(fresh, joined=True) as watcher:
        reader.execute("CREATE VIEW former AS SELECT 1")
        reader.execute("ALTER DATABASE leitstand SET client_min_messages = warning")  # a notice would find nobody
        reader.commit()
        reader.execute("SELECT * FROM former")
        restoring = subprocess.Popen([COMMAND, "restore", str(backup)], env=environment(fresh))
        waits = "wait_event_type = 'Lock' AND query LIKE 'DROP SCHEMA%'"
        wait_for(watcher, f"SELECT count(*) > 0 FROM pg_stat_activity WHERE {waits}", within=60)
        restoring.kill()
        restoring.wait()
        reader.rollback()
        wait_for(watcher, "SELECT to_regnamespace('before_restore') IS NULL")
    assert ADA in people(fresh)
    assert (fresh / "vault.keys").read_text().strip() == (home / "vault.keys").read_text().strip()


def test_what_a_broken_off_restore_had_set_aside_comes_back_at_the_next_start(home: Path) -> None:
    (home / "media").mkdir(exist_ok=True)
    for name, content in [("a.png", b"of the backup"), ("a.png.before_restore", b"ours")]:
        (home / "media" / name).write_bytes(content)
    with database(home) as one:
        one.execute("ALTER SCHEMA public RENAME TO before_restore; CREATE SCHEMA public; CREATE TABLE public.half ()")
    assert "A restore was broken off" in refusal(home, "backup", str(home / "file"))
    assert "A restore was broken off" in call(home, "doctor").stdout
    started = call(home, "migrate")
    assert "the data from before it are back" in started.stderr, started.stderr
    assert ADA in people(home)
    assert [(path.name, path.read_bytes()) for path in (home / "media").iterdir()] == [("a.png", b"ours")]


def test_images_that_find_no_place_bring_the_former_data_back(home: Path, backup: Path) -> None:
    assert call(home, "createadmin", "late@nordlicht.example", typed=PASSWORD + "\n").returncode == 0
    (home / "media" / "picture.png").unlink()
    (home / "media").rmdir()
    (home / "media").write_text("in the way")
    assert "The former data are back" in refusal(home, "restore", "--force", str(backup))
    assert "late@nordlicht.example" in people(home)


def test_former_keys_open_nothing_after_a_restore(home: Path, backup: Path) -> None:
    assert call(home, "rotate-keys").returncode == 0
    rotated = (home / "vault.keys").read_text().strip()
    assert call(home, "restore", "--force", str(backup)).returncode == 0
    assert rotated not in (home / "vault.keys").read_text()


def test_nothing_is_replaced_under_a_worker_started_apart(home: Path, backup: Path) -> None:
    sql(home, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert "A worker is at work on these data" in refusal(home, "restore", "--force", str(backup))
    assert ADA in people(home)


def test_privileges_of_this_server_do_not_travel(home: Path, tmp_path: Path) -> None:
    sql(home, "CREATE ROLE of_this_server; GRANT SELECT ON core_person TO of_this_server")
    assert call(home, "backup", str(tmp_path / "file")).returncode == 0
    restored = call(tmp_path / "fresh", "restore", str(tmp_path / "file"))
    assert restored.returncode == 0, restored.stderr


def test_a_backup_of_older_tables_is_brought_up_to_date(home: Path, tmp_path: Path) -> None:
    assert call(home, "manage", "migrate", "api", "zero", "--verbosity", "0").returncode == 0
    assert call(home, "backup", str(tmp_path / "file")).returncode == 0
    restored = call(tmp_path / "fresh", "restore", str(tmp_path / "file"))
    assert restored.returncode == 0, restored.stderr
    assert not (tmp_path / "fresh" / "backups").exists()
    sql(tmp_path / "fresh", "SELECT count(*) FROM api_token")


def test_a_folder_that_is_none_of_ours_gives_no_backup(tmp_path: Path) -> None:
    said = refusal(tmp_path / "wrong", "backup", str(tmp_path / "file"))
    assert "nothing to back up" in said and str(tmp_path / "wrong") in said
    assert not (tmp_path / "file").exists() and not (tmp_path / "wrong" / "postgres").exists()


def test_a_damaged_backup_is_refused_and_changes_nothing(home: Path, backup: Path) -> None:
    damaged = bytearray(backup.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    backup.write_bytes(damaged)
    refused = call(home, "restore", "--force", str(backup))
    assert refused.returncode != 0
    assert "damaged" in refused.stderr or "not a readable backup" in refused.stderr
    assert ADA in people(home)


def test_a_dump_that_cannot_be_read_leaves_the_old_data(home: Path, backup: Path, tmp_path: Path) -> None:
    """Digests agree, but the database program refuses it."""
    file = forged(backup, tmp_path / "forged", dump=b"this is no dump")
    assert "could not be restored" in refusal(home, "restore", "--force", str(file))
    assert ADA in people(home)


def test_a_file_that_is_no_backup_is_named(tmp_path: Path) -> None:
    refused = call(tmp_path / "fresh", "restore", __file__)
    assert refused.returncode != 0
    assert "not a readable backup" in refused.stderr


def test_a_place_that_cannot_be_written_is_named(home: Path) -> None:
    refused = call(home, "backup", "/proc/nowhere/file")
    assert refused.returncode != 0
    assert "could not be written" in refused.stderr


def test_what_was_planned_in_a_backup_is_held_until_somebody_has_looked(home: Path, tmp_path: Path) -> None:
    """It may have gone out between the backup and now; the demo plans posts for the days to come."""
    file, fresh = tmp_path / "demo.backup", tmp_path / "fresh"
    for command in ("demo", "backup"):
        done = call(home, command, *([str(file)] if command == "backup" else []))
        assert done.returncode == 0, done.stderr
    restored = call(fresh, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "Publishing is on hold: what the backup holds as planned" in restored.stdout
    query = "from leitstand.publishing.hold import current; print(current().reason)"
    held = call(fresh, "manage", "shell", "-v", "0", "-c", query)
    assert "Sicherung" in held.stdout + held.stderr
