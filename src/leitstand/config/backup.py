"""One file with everything: a dump of the database, the uploads, the keys, and a manifest.

The dump is a snapshot (pg_dump), so web and worker may go on working. The file appears only when it is whole.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from leitstand.config import database, postgres

KEYS = ("session.key", "vault.keys")
FORMAT = 1


class BackupProblem(SystemExit):
    """The backup cannot be written or read; the message says why and what to do."""


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
    dump = folder / "database.dump"
    _dump(dump)
    parts = [
        (dump, "database.dump"),
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


def _dump(target: Path) -> None:
    with target.open("wb") as out:
        answer = subprocess.run(
            [program("pg_dump"), "--format=custom", "--no-owner", "--dbname", address()],
            stdout=out,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    if answer.returncode:
        said = answer.stderr.decode(errors="replace").strip()[-500:]
        if "No space left" in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise BackupProblem(f"The database could not be read: {said}")


def program(name: str) -> str:
    """A PostgreSQL program: the embedded one, else the machine's (for servers older or newer than ours)."""
    machine = shutil.which(name)
    return machine if settings.DATABASE_URL and machine else str(postgres.programs() / name)


def address() -> str:
    """The database as a connection string without its password."""
    facts = settings.DATABASES["default"]
    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    return " ".join(f"{name}='{facts[key]}'" for name, key in names.items() if facts.get(key))


def environment() -> dict[str, str]:
    facts: dict[str, Any] = settings.DATABASES["default"]
    return os.environ | ({"PGPASSWORD": facts["PASSWORD"]} if facts.get("PASSWORD") else {})


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = len(text.encode()), int(time.time())
    archive.addfile(entry, io.BytesIO(text.encode()))
