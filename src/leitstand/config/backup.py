"""One file with everything: a dump of the database, the uploads, the keys, and a manifest.

The dump is a snapshot (pg_dump), so web and worker may go on working. The file appears only when it is whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from pathlib import Path

from django.conf import settings

from leitstand.config import database, dump
from leitstand.config.dump import BackupProblem

KEYS = ("session.key", "vault.keys")
FORMAT = 1


def write(file: str) -> Path:
    """Writes the backup; returns its path. On any failure nothing is left behind."""
    target = Path(file).expanduser().absolute()
    ours = database.start()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            draft = Path(folder) / "backup.tar"
            _fill(draft, Path(folder))
            os.replace(draft, target)
    except OSError as error:
        raise BackupProblem(f"The backup could not be written to {target}: {error.strerror}.") from error
    finally:
        database.release(ours)
    target.chmod(0o600)
    return target


def _fill(draft: Path, folder: Path) -> None:
    tables = folder / "database.dump"
    dump.write(tables)
    parts = [
        (tables, "database.dump"),
        *((settings.HOME / name, name) for name in KEYS if (settings.HOME / name).exists()),
    ]
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
