"""`leitstand backup` and `restore`: all of it comes back, and a failed restore changes nothing."""

from __future__ import annotations

import hashlib
import json
import stat
import tarfile
from pathlib import Path

import pytest

from tests.commands.conftest import ADA, PASSWORD
from tests.commands.test_run import people
from tests.running import call, running


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    """Made while the installation runs; an upload is in it."""
    (home / "media").mkdir(exist_ok=True)
    (home / "media" / "picture.png").write_bytes(b"a picture")
    file = tmp_path / "leitstand.backup"
    with running(home):
        written = call(home, "backup", str(file))
    assert written.returncode == 0, written.stderr
    return file


def test_everything_comes_back_in_an_empty_folder(home: Path, backup: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    restored = call(fresh, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert people(fresh) == people(home)
    assert (fresh / "media" / "picture.png").read_bytes() == b"a picture"
    for key in ("session.key", "vault.keys"):
        assert (fresh / key).read_bytes() == (home / key).read_bytes()
        assert stat.S_IMODE((fresh / key).stat().st_mode) == 0o600


def test_the_backup_is_for_its_owner_only(backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


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


def test_a_dump_that_breaks_off_changes_nothing(home: Path, backup: Path, tmp_path: Path) -> None:
    """Whole by its manifest, so that it is loaded, and comes to an end in the middle of the tables."""
    folder = tmp_path / "unpacked"
    with tarfile.open(backup) as archive:
        archive.extractall(folder, filter="data")
    dump, manifest = folder / "database.dump", json.loads((folder / "manifest.json").read_text())
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    manifest["files"]["database.dump"] = hashlib.sha256(dump.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(backup, "w") as archive:
        archive.add(folder, ".")
    refused = call(home, "restore", "--force", str(backup))
    assert refused.returncode != 0
    assert "could not be restored" in refused.stderr and "Traceback" not in refused.stderr
    assert ADA in people(home)


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
    with tarfile.open(backup) as archive:
        archive.extractall(tmp_path / "parts", filter="data")
    rubbish = b"this is no dump"
    (tmp_path / "parts" / "database.dump").write_bytes(rubbish)
    manifest = tmp_path / "parts" / "manifest.json"
    manifest.write_text(with_digest(manifest.read_text(), rubbish))
    forged = tmp_path / "forged"
    with tarfile.open(forged, "w") as archive:
        for part in (tmp_path / "parts").rglob("*"):
            archive.add(part, str(part.relative_to(tmp_path / "parts")), recursive=False)
    refused = call(home, "restore", "--force", str(forged))
    assert refused.returncode != 0
    assert "could not be restored" in refused.stderr
    assert ADA in people(home)


def with_digest(manifest: str, data: bytes) -> str:
    import hashlib
    import json

    facts = json.loads(manifest)
    facts["files"]["database.dump"] = hashlib.sha256(data).hexdigest()
    return json.dumps(facts)


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
