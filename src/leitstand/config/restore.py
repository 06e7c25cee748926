"""Brings a backup back, into an empty folder unless forced. Checks all of it before it touches anything, and sets
aside what it replaces until the last step: whenever it is broken off, the former data come back."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

import django
from django.conf import settings
from django.db import connection

from leitstand import __version__
from leitstand.config import database, dump, set_aside
from leitstand.config.backup import BESIDE, FORMAT, digest_of
from leitstand.config.dump import BackupProblem
from leitstand.config.run_lock import RunLock
from leitstand.core.diary import chain_mark
from leitstand.core.secrets.secret_files import write_secret

TABLES = "database.dump"
IN_USE = f"Leitstand is at work on {settings.HOME}: a web server, a worker or a command. Stop it first."


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
        share = database.start()
        try:
            if not share.is_alone():
                raise BackupProblem(IN_USE)
            django.setup()
            database.reach()
            with database.alone():
                _check_place(force)
                return _replace(Path(folder))
        finally:
            connection.close()
            database.release(share)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as archive:
            manifest: dict[str, Any] = json.loads(_content(archive, "manifest.json").read())
            for name in manifest["files"]:
                _take(archive, name, folder)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise BackupProblem(f"{source} is not a readable backup of Leitstand: {error}") from error
        raise BackupProblem(f"The disk is full: there is no room in {folder.parent} to unpack the backup.") from error
    except (tarfile.TarError, ValueError, LookupError, TypeError) as error:
        raise BackupProblem(f"{source} is not a readable backup of Leitstand: {error}") from error
    return manifest


def _take(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    """One file of the manifest. A forged name leads nowhere else, and of links nothing is taken."""
    parts = PurePosixPath(name).parts
    if name not in (TABLES, *BESIDE) and (len(parts) < 2 or parts[0] != "media" or ".." in parts):
        raise ValueError(f"{name} belongs in no backup")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with _content(archive, name) as source, target.open("xb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())


def _content(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    member = archive.getmember(name)
    content = archive.extractfile(member) if member.isreg() else None
    if content is None:
        raise ValueError(f"{name} is no file")
    return content


def _check(manifest: dict[str, Any], folder: Path) -> None:
    newer = _number(str(manifest.get("version", "0"))) > _number(__version__)
    if manifest.get("format", 0) > FORMAT or newer:
        raise BackupProblem(
            f"This backup was made by Leitstand {manifest.get('version')}, which is newer. Install that first."
        )
    for name, digest in ({TABLES: ""} | manifest["files"]).items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise BackupProblem(f"The backup is damaged: {name} is not what was written. Nothing was changed.")


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()]


def _check_place(force: bool) -> None:
    """What a restore before this one left behind is cleared up. Nobody else may be at work on the tables."""
    from leitstand.core import jobs

    set_aside.put_back()
    set_aside.let_go()
    if not database.has_tables():
        return
    if not force:
        raise BackupProblem("There are data here already. Use an empty LEITSTAND_HOME, or --force to replace them.")
    if "procrastinate_workers" in connection.introspection.table_names() and jobs.worker_is_alive():
        raise BackupProblem("A worker is at work on these data. Stop every web and worker, and wait half a minute.")


def _replace(folder: Path) -> Doubtful:
    """All of the backup in its place, or all as it was."""
    dump.load(folder / TABLES, first=set_aside.TABLES)
    try:
        doubtful = _keep_back()
        _place_media(folder / "media")
        _place_keys(folder)
    except BaseException as error:
        set_aside.put_back()
        if not isinstance(error, OSError):
            raise
        raise BackupProblem(f"The backup cannot be put in its place: {error}. The former data are back.") from error
    chain_mark.remove()  # it is of the former diary; the next sealing would set it again
    set_aside.let_go()
    for name in BESIDE:
        if (folder / name).exists():
            _write((folder / name).read_text(), settings.HOME / name)
    return doubtful


def _keep_back() -> Doubtful:
    """Between the backup and now much may have gone out: nothing of it is sent again before somebody has looked."""
    from leitstand.community import send
    from leitstand.publishing import hold

    database.migrate(before=lambda: None)
    with connection.cursor() as cursor:  # whoever worked when the backup was written is not at work here
        cursor.execute("DELETE FROM procrastinate_workers")
    return Doubtful(hold.after_restore(), send.doubt_all_on_their_way())


def _place_media(media: Path) -> None:
    for path in (path for path in media.rglob("*") if path.is_file()):
        target = Path(settings.MEDIA_ROOT) / path.relative_to(media)
        target.parent.mkdir(parents=True, exist_ok=True)
        set_aside.file(target)
        shutil.move(path, target)  # without a copy, on the same disk
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)


def _place_keys(folder: Path) -> None:
    """Those of the backup on top, ours below until the former tables are gone: whichever stay, keys open them."""
    ours, theirs = settings.HOME / "vault.keys", folder / "vault.keys"
    if theirs.exists():
        below = ours.read_text() if ours.exists() else ""
        _write(f"{theirs.read_text().strip()}\n{below}", ours)


def _write(secret: str, target: Path) -> None:
    draft = target.with_suffix(".new")
    draft.unlink(missing_ok=True)  # left by a crash
    write_secret(draft, secret)
    os.replace(draft, target)
