"""Says what is wrong and how to mend it: one small check after the other."""

from __future__ import annotations

import json
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import connection

from leitstand.config import database, set_aside
from leitstand.core.machine import space as space_left

State = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at; `mend` says what to do when it is not well."""

    state: State
    what: str
    mend: str = ""


def report(as_json: bool = False) -> int:
    """Prints all lines; 1 when something is bad."""
    lines = list(_all())
    if as_json:
        print(json.dumps([asdict(line) for line in lines], indent=2))
    else:
        for line in lines:
            print(
                f"{line.state:>4}  {line.what}" + (f"\n      {line.mend}" if line.mend and line.state != "ok" else "")
            )
    return 1 if any(line.state == "bad" for line in lines) else 0


def _all() -> Iterator[Line]:
    yield from (check() for check in WITHOUT_DATABASE)
    try:
        with database.opened(migrated=False):
            yield from (check() for check in WITH_DATABASE)
            yield from _tables()
    except SystemExit as problem:
        yield Line("bad", "The database cannot be used", str(problem))


def python() -> Line:
    return Line("ok", f"Leitstand {settings.VERSION} on Python {sys.version.split()[0]}")


def space() -> Line:
    free = space_left.free()
    return Line(
        "ok" if free >= settings.SPACE_SHORT else "bad",
        f"{free / 1024**3:.1f} GB free in {settings.HOME}",
        "Free some space.",
    )


def keys() -> Line:
    wrong = [name for name in ("session.key", "vault.keys") if _open_to_others(settings.HOME / name)]
    mend = f"chmod 600 {' '.join(str(settings.HOME / name) for name in wrong)}"
    return Line("bad" if wrong else "ok", "Keys can be read by their owner only", mend)


def key_file() -> Line:
    from leitstand.core.errors import Declined
    from leitstand.core.secrets import vault

    try:
        vault.make_keys()
    except Declined as declined:
        return Line("bad", "The key file for credentials is damaged", declined.detail)
    return Line("ok", "The key file for credentials is whole")


def _open_to_others(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def assets() -> Line:
    [(_below, folder)] = settings.STATICFILES_DIRS
    found = (Path(folder) / "htmx.org" / "dist" / "htmx.min.js").exists()
    return Line(
        "ok" if found else "bad", "Browser libraries are there", "Run `make setup`, or install the wheel again."
    )


def mail() -> Line:
    known = bool(settings.EMAIL_HOST)
    mend = "Without LEITSTAND_MAIL_HOST no e-mail is sent; links are shown in the page."
    return Line("ok" if known else "warn", "A mail server is set" if known else "No mail server is set", mend)


def server() -> Line:
    number = database.version()
    return Line(
        "ok" if number >= database.OLDEST else "bad", f"PostgreSQL {number // 10_000}", "Use PostgreSQL 15 or newer."
    )


def _tables() -> Iterator[Line]:
    """Tables that are missing or out of date cannot be looked into."""
    from django.db.migrations.executor import MigrationExecutor

    if set_aside.is_there():
        yield Line("bad", "A restore was broken off", "Start it: the data from before it come back. Or restore again.")
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    mend = "Run: leitstand migrate. Then ask again: what lies in the tables was not looked at."
    yield Line("warn" if waiting else "ok", f"{len(waiting)} migrations wait", mend)
    if not waiting:
        yield from (check() for check in WITH_TABLES)


def clock() -> Line:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        off = abs(float(cursor.fetchone()[0]) - time.time())
    return Line("ok" if off < 5 else "bad", f"Clock and database clock differ by {off:.1f} s", "Set the clock (NTP).")


def vault() -> Line:
    from leitstand.core.secrets.vault import unopenable

    closed = unopenable()
    mend = f"Restore vault.keys from the backup, or reconnect: {', '.join(closed)}"
    return Line("bad" if closed else "ok", "All credentials can be opened", mend)


def diary() -> Line:
    from leitstand.core.diary.chain import verify

    found = verify()
    if found.broken_at:
        return Line(
            "bad", f"The diary is broken at entry {found.broken_at}: {found.reason}", "Compare it with a backup."
        )
    return Line("ok", f"The diary's chain of {found.checked} entries holds ({found.unsealed} not sealed yet)")


def worker() -> Line:
    from leitstand.core import jobs

    beat = jobs.last_heartbeat()
    age = (datetime.now(UTC) - beat).total_seconds() if beat else None
    alive = jobs.worker_is_alive()
    what = f"Worker: last sign of life {age:.0f} s ago" if age is not None else "Worker: no sign of life yet"
    return Line("ok" if alive else "warn", what, "Start it: leitstand run, or leitstand worker")


def backup() -> Line:
    from leitstand.core.machine import backups

    made = backups.last()
    what = f"Last backup: {made:%Y-%m-%d %H:%M}" if made else "No backup was made yet"
    return Line("warn" if backups.is_overdue() else "ok", what, "Make one, at best every day: leitstand backup FILE")


def failed_jobs() -> Line:
    from leitstand.core import jobs

    count = jobs.failed().count()
    return Line("warn" if count else "ok", f"{count} failed jobs", f"See {settings.PUBLIC_URL}/jobs/")


WITHOUT_DATABASE: list[Callable[[], Line]] = [python, space, keys, key_file, assets, mail]
WITH_DATABASE: list[Callable[[], Line]] = [server, clock]
WITH_TABLES: list[Callable[[], Line]] = [vault, diary, worker, failed_jobs, backup]
