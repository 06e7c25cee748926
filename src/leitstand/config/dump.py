"""The tables as one file, written by pg_dump and loaded again, on any server from PostgreSQL 15 on."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from leitstand.config import postgres

UNKNOWN_TO_OLDER = b"SET transaction_timeout = 0;"  # pg_restore of PostgreSQL 17 and newer writes it for every server
PREAMBLE = 100  # lines within which it stands; further down the same words would be data


class BackupProblem(SystemExit):
    """The backup cannot be written or read; the message says why and what to do."""


def write(target: Path) -> None:
    """A snapshot of all tables."""
    command = [_program("pg_dump"), "--format=custom", "--no-owner", "--dbname", _address()]
    with target.open("wb") as out:
        answer = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=_environment(), check=False)
    if answer.returncode:
        said = answer.stderr.decode(errors="replace").strip()[-500:]
        if "No space left" in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise BackupProblem(f"The database could not be read: {said}")


def load(source: Path) -> None:
    """All of the file in one transaction, or nothing of it."""
    reading = [_program("pg_restore"), "--no-owner", "--file=-", str(source)]
    writing = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    with tempfile.TemporaryFile() as said:
        reader = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said)
        writer = subprocess.Popen(
            [*writing, "--dbname", _address()],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_environment(),
        )
        whole = _pass_on(_understood(reader.stdout or ()), writer) and reader.wait() == 0
        if not whole:
            writer.kill()  # an end of the words would be taken for the end of the file
            reader.kill()
        (writer.stdin or said).close()
        if writer.wait() or reader.wait():
            said.seek(0)
            told = said.read().decode(errors="replace").strip()[-500:]
            raise BackupProblem(f"The database could not be restored: {told}")


def _pass_on(lines: Iterable[bytes], writer: subprocess.Popen[bytes]) -> bool:
    """False when the writer has hung up."""
    target: IO[bytes] | None = writer.stdin
    try:
        for line in lines:
            target.write(line)  # type: ignore[union-attr]
        target.flush()  # type: ignore[union-attr]
    except BrokenPipeError:
        return False
    return True


def _understood(lines: Iterable[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if number > PREAMBLE or line.strip() != UNKNOWN_TO_OLDER:
            yield line


def _program(name: str) -> str:
    """The embedded PostgreSQL's; the machine's only for a server that is newer than that."""
    machine = shutil.which(name) if settings.DATABASE_URL and _server_is_newer() else None
    return machine or str(postgres.programs() / name)


def _server_is_newer() -> bool:
    try:
        connection.ensure_connection()
        return int(connection.connection.info.server_version) // 10_000 > int(postgres.VERSION)
    finally:
        connection.close()


def _address() -> str:
    """The database as a connection string without its password."""
    facts = settings.DATABASES["default"]
    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    return " ".join(f"{name}='{facts[key]}'" for name, key in names.items() if facts.get(key))


def _environment() -> dict[str, str]:
    facts: dict[str, Any] = settings.DATABASES["default"]
    return os.environ | ({"PGPASSWORD": facts["PASSWORD"]} if facts.get("PASSWORD") else {})
