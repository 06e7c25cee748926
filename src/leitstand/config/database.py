"""Brings the database to the point where the house can use it: started, reachable, up to date."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from leitstand.config import postgres
from leitstand.config.run_lock import held_by_another

OLDEST = 150_000
"""PostgreSQL 15, see `version`."""


def start() -> bool:
    """Starts the embedded server where it is used. True: we started it, so we may stop it."""
    if settings.DATABASE_URL:
        return False
    was_running = postgres.is_running(settings.HOME)
    postgres.start(settings.HOME)
    return not was_running


def release(ours: bool) -> None:
    """Stops a server that we started, unless `leitstand run` has joined it meanwhile: then it stops it."""
    if ours and not held_by_another(settings.HOME):
        stop()


def stop() -> None:
    """Stops the embedded server, whoever started it."""
    if not settings.DATABASE_URL:
        postgres.stop(settings.HOME)


def ready(migrated: bool = True) -> bool:
    """Started, reachable and (by default) migrated; returns whether we started the server."""
    ours = start()
    try:
        django.setup()
        _reach()
        if migrated:
            bring_up_to_date()
            _make_keys()
    except BaseException:
        release(ours)
        raise
    return ours


@contextmanager
def opened(migrated: bool = True) -> Iterator[None]:
    """The database for the length of a command; a server that ran before goes on running."""
    ours = ready(migrated)
    try:
        yield
    finally:
        connection.close()
        release(ours)


def bring_up_to_date() -> None:
    """Applies missing migrations. Tables of a newer version are refused. An existing database is backed up first."""
    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if any(room in _rooms() for room, _name in unknown):
        raise postgres.DatabaseProblem(
            "This database was used by a newer Leitstand. Install that version, or restore a backup."
        )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        if executor.loader.applied_migrations:
            _back_up_first()
        call_command("migrate", verbosity=0, interactive=False)


def _make_keys() -> None:
    from leitstand.core import vault

    vault.make_keys()


def _back_up_first() -> None:
    from leitstand.config import backup

    folder = settings.HOME / "backups"
    folder.mkdir(exist_ok=True)
    backup.write(str(folder / f"before-{settings.VERSION}-{time.strftime('%Y%m%d-%H%M%S')}.tar"))


def _rooms() -> set[str]:
    return {room.split(".")[1] for room in settings.ROOMS}


def version() -> int:
    """The server's version as PostgreSQL numbers it: 150018 is 15.18."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def _reach() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise postgres.DatabaseProblem(f"The database cannot be reached: {error}\nCheck DATABASE_URL.") from error
    if version() < OLDEST:
        raise postgres.DatabaseProblem("Leitstand needs PostgreSQL 15 or newer.")
