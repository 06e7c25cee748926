"""The tables as one file, written by pg_dump and loaded again, on any server from PostgreSQL 15 on."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from psycopg.pq import Conninfo

from leitstand.config import postgres

UNKNOWN_TO_OLDER = b"SET transaction_timeout = 0;"  # pg_restore of PostgreSQL 17 and newer writes it for every server
PREAMBLE = 100  # lines within which it stands; further down the same words would be data


class BackupProblem(SystemExit):
    """The backup cannot be written or read; the message says why and what to do."""


def write(target: Path) -> None:
    """A snapshot of all tables, free of what only means something on this server: owners and privileges."""
    command = [_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    with target.open("wb") as out:
        answer = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=_environment(), check=False)
    if answer.returncode:
        said = answer.stderr.decode(errors="replace").strip()[-500:]
        if "No space left" in said:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise BackupProblem(f"The database could not be read: {said}")


def load(source: Path, first: str) -> None:
    """`first` and then all of the file in one transaction, or nothing of it, whoever is killed: the end of a
    broken-off stream is not taken for the end of the file, because only the last line says COMMIT."""
    reading = [_program("pg_restore", connects=False), "--no-owner", "--no-privileges", "--file=-", str(source)]
    writing = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    with tempfile.TemporaryFile() as said:
        reader = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said)
        writer = subprocess.Popen(
            writing, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=_environment()
        )
        begun = chain([f"BEGIN; {first}\n".encode()], _understood(reader.stdout or ()))
        whole = _pass_on(begun, writer) and reader.wait() == 0 and _pass_on([b"COMMIT;\n"], writer)
        if not whole:
            reader.kill()
        with suppress(BrokenPipeError):
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
            target.write(line)  # type: ignore[union-attr]  # a pipe was asked for
        target.flush()  # type: ignore[union-attr]  # a pipe was asked for
    except BrokenPipeError:
        return False
    return True


def _understood(lines: Iterable[bytes]) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if number > PREAMBLE or line.strip() != UNKNOWN_TO_OLDER:
            yield line


def _program(name: str, connects: bool = True) -> str:
    """The embedded PostgreSQL's; the machine's for a server that is newer, or reached by TLS: ours cannot."""
    version, by_tls = _server() if settings.DATABASE_URL else (0, False)
    if version > int(postgres.VERSION) or (connects and by_tls):
        return _of_the_machine(name, version)
    return str(postgres.programs() / name)


def _server() -> tuple[int, bool]:
    """Its major version, and whether our connection to it is encrypted."""
    try:
        connection.ensure_connection()
        link = connection.connection
        return link.info.server_version // 10_000, link.pgconn.ssl_in_use
    finally:
        connection.close()


def _of_the_machine(name: str, version: int) -> str:
    found = shutil.which(name)
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout if found else ""
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    if found and number and int(number[1]) >= version:
        return found
    raise BackupProblem(
        f"The server is PostgreSQL {version}, reached by TLS or newer than Leitstand's own. Its tables are read and "
        f"written with {name} of this machine, of the same version or newer: install postgresql-client-{version}."
    )


def _environment() -> dict[str, str]:
    """The way to the database for PostgreSQL's programs, with password and TLS: as variables, which nobody sees."""
    facts: dict[str, Any] = settings.DATABASES["default"]
    way = {"dbname": facts["NAME"], "user": facts["USER"], "host": facts["HOST"], "port": facts["PORT"]}
    way |= {"password": facts.get("PASSWORD")} | facts.get("OPTIONS", {})
    names = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    return os.environ | {names[word]: value for word, value in way.items() if value and word in names}
