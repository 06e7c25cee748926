"""Brings a backup back, into an empty folder unless forced. Checks all of it before it touches anything."""

from __future__ import annotations

import errno
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import django
from django.conf import settings
from django.db import connection

from leitstand import __version__
from leitstand.config import database, dump
from leitstand.config.backup import FORMAT, KEYS, digest_of
from leitstand.config.dump import BackupProblem
from leitstand.config.run_lock import RunLock


class Doubtful(NamedTuple):
    """What the backup holds as not yet sent."""

    publications: int
    answers: int


def bring_back(file: str, force: bool = False) -> Doubtful:
    """Restores database, uploads and keys; returns how much may be out already although it is not noted.

    Refuses a damaged file, a newer version, data that would be lost, and a folder on which Leitstand runs.
    """
    source = Path(file).expanduser()
    with RunLock(settings.HOME), tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        manifest = _unpack(source, Path(folder))
        _check(manifest, Path(folder))
        ours = database.start()
        try:
            django.setup()
            with _room_for_tables(force):
                dump.load(Path(folder) / "database.dump")
                doubtful = _keep_back()
            _place(Path(folder))
            return doubtful
        finally:
            connection.close()
            database.release(ours)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise BackupProblem(f"{source} is not a readable backup of Leitstand: {error}") from error
        raise BackupProblem(f"The disk is full: there is no room in {folder.parent} to unpack the backup.") from error
    except (tarfile.TarError, ValueError) as error:
        raise BackupProblem(f"{source} is not a readable backup of Leitstand: {error}") from error
    return manifest


def _check(manifest: dict[str, Any], folder: Path) -> None:
    newer = _number(str(manifest.get("version", "0"))) > _number(__version__)
    if manifest.get("format", 0) > FORMAT or newer:
        raise BackupProblem(
            f"This backup was made by Leitstand {manifest['version']}, which is newer. Install that first."
        )
    for name, digest in manifest["files"].items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise BackupProblem(f"The backup is damaged: {name} is not what was written. Nothing was changed.")


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


@contextmanager
def _room_for_tables(force: bool) -> Iterator[None]:
    """An empty place to restore into. What is there is set aside, and comes back when the restoring fails."""
    filled = bool(_ask("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"))
    if filled and not force:
        raise BackupProblem("There are data here already. Use an empty LEITSTAND_HOME, or --force to replace them.")
    _do("DROP SCHEMA IF EXISTS before_restore CASCADE; ALTER SCHEMA public RENAME TO before_restore")
    _do("CREATE SCHEMA public")
    try:
        yield
    except BaseException:
        _do("DROP SCHEMA public CASCADE; ALTER SCHEMA before_restore RENAME TO public")
        raise
    _do("DROP SCHEMA before_restore CASCADE")


def _keep_back() -> Doubtful:
    """Between the backup and now much may have gone out: nothing of it is sent again before somebody has looked."""
    from leitstand.community import answer
    from leitstand.publishing import hold

    database.bring_up_to_date()
    return Doubtful(hold.after_restore(), answer.doubt_all_on_their_way())


def _ask(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _do(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements)
    connection.close()


def _place(folder: Path) -> None:
    for name in KEYS:
        if (folder / name).exists():
            shutil.copyfile(folder / name, settings.HOME / name)
            (settings.HOME / name).chmod(0o600)
    if (folder / "media").exists():
        shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
