"""One file with everything: a dump of the database, the uploads, the keys, and a manifest.

The dump is a snapshot (pg_dump), so web and worker may go on working. The file appears only when it is whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

from leitstand.config import database, dump, postgres, set_aside
from leitstand.config.dump import BackupProblem
from leitstand.core.diary import chain_mark

KEYS = ("session.key", "vault.keys")
BESIDE = (*KEYS, chain_mark.FILE)
FORMAT = 1
NOTHING = (
    f"There is nothing to back up in {settings.HOME}: this is no folder that Leitstand has run on. "
    "Set LEITSTAND_HOME (and DATABASE_URL, where one is used) as for `leitstand run`."
)


def make(file: str) -> Path:
    """Writes the backup that somebody asked for, and notes when; board and doctor look at that."""
    target = write(file)
    from leitstand.core.machine import backups  # it knows the models, which are there from now on

    try:
        backups.note()
    except OSError as error:
        say = f"{target} is whole, but that it was made could not be noted in {settings.HOME}: {error.strerror}."
        raise BackupProblem(say) from error
    return target


def write(file: str) -> Path:
    """Writes the backup; returns its path. On any failure nothing is left behind."""
    target = Path(file).expanduser().absolute()
    if not settings.DATABASE_URL and not postgres.exists(settings.HOME):
        raise BackupProblem(NOTHING)
    share = database.start()
    try:
        _check_state()
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            draft = Path(folder) / "backup.tar"
            draft.touch(mode=0o600)  # keys and passwords: at no moment may anybody else read it
            _fill(draft, Path(folder))
            os.replace(draft, target)
    except OSError as error:
        raise BackupProblem(f"The backup could not be written to {target}: {error.strerror}.") from error
    finally:
        database.release(share)
    return target


def _check_state() -> None:
    """An empty backup, or one in the middle of a restore, would only look like one."""
    django.setup()
    database.reach()
    if set_aside.is_there():
        raise BackupProblem("A restore was broken off here, or is at work. Start Leitstand, or restore again.")
    if not database.has_tables():
        raise BackupProblem(NOTHING)
    connection.close()


def _fill(draft: Path, folder: Path) -> None:
    tables, mark = folder / "database.dump", folder / chain_mark.FILE
    if (settings.HOME / mark.name).exists():  # before the tables: it may be older than they are, never newer
        shutil.copyfile(settings.HOME / mark.name, mark)
    dump.write(tables)
    beside = [mark, *(settings.HOME / name for name in KEYS)]
    parts = [(tables, "database.dump"), *((path, path.name) for path in beside if path.exists())]
    media = Path(settings.MEDIA_ROOT)
    parts += [(path, f"media/{path.relative_to(media)}") for path in sorted(media.rglob("*")) if path.is_file()]
    with tarfile.open(draft, "w") as archive:
        manifest = {"format": FORMAT, "version": settings.VERSION, "at": time.strftime("%Y-%m-%dT%H:%M:%S%z")}
        _add_text(
            archive, "manifest.json", json.dumps(manifest | {"files": {name: digest_of(path) for path, name in parts}})
        )
        for path, name in parts:
            archive.add(path, name, recursive=False)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(text.encode()), int(time.time())
    archive.addfile(entry, io.BytesIO(text.encode()))
