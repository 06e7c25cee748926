"""Brings the database to the point where the house can use it: started, reachable, up to date."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from leitstand.config import postgres, set_aside
from leitstand.config.share import Share

OLDEST = 150_000
"""PostgreSQL 15, see `version`."""


def start() -> Share:
    """Starts the embedded server, where it is used, or joins it. `release` what it returns."""
    share = Share(settings.HOME)
    if not settings.DATABASE_URL:
        postgres.start(settings.HOME)
    return share


def release(share: Share) -> None:
    """The last one to leave stops the embedded server, also one that a killed process left behind."""
    if share.is_alone() and not settings.DATABASE_URL:
        postgres.stop(settings.HOME)
    share.leave()


def revive() -> None:
    """Starts the embedded server again where it died, as when memory ran out, or was stopped. Cheap when it lives."""
    if not settings.DATABASE_URL and not postgres.is_alive(settings.HOME):
        print("The database ended; starting it again.", file=sys.stderr, flush=True)
        postgres.start(settings.HOME)


def ready(migrated: bool = True) -> Share:
    """Started, reachable and (by default) migrated; `release` what it returns."""
    share = start()
    try:
        django.setup()
        reach()
        if migrated:
            bring_up_to_date()
            _make_keys()
    except BaseException:
        release(share)
        raise
    return share


@contextmanager
def opened(migrated: bool = True) -> Iterator[None]:
    """The database for the length of a command."""
    share = ready(migrated)
    try:
        yield
    finally:
        connection.close()
        release(share)


def has_tables() -> bool:
    """Whether anybody's tables are here: those of other roles count, which information_schema would hide."""
    with connection.cursor() as cursor:
        here = "relkind IN ('r', 'p') AND relnamespace = to_regnamespace('public')"
        cursor.execute(f"SELECT EXISTS (SELECT FROM pg_class WHERE {here})")
        return bool(cursor.fetchone()[0])


@contextmanager
def alone() -> Iterator[None]:
    """Waits until nobody else changes the tables. The lock has a connection of its own: the usual one is closed and
    opened meanwhile."""
    guard = connection.copy()
    try:
        with guard.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended('leitstand.tables', 0))")
        yield
    finally:
        guard.close()


def bring_up_to_date() -> None:
    """Applies missing migrations, after a backup. A restore that was broken off is undone first."""
    with alone():
        if set_aside.put_back():
            print("A restore was broken off here: the data from before it are back.", file=sys.stderr)
        migrate(_back_up_first)


def migrate(before: Callable[[], object]) -> None:
    """Tables of a newer version are refused. `before` is done when existing ones must be changed."""
    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if any(label not in _labels_of_others() for label, _name in unknown):
        raise postgres.DatabaseProblem(
            "This database was used by a newer Leitstand. Install that version, or restore a backup."
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if executor.loader.applied_migrations:
            before()
        call_command("migrate", verbosity=0, interactive=False)


def _make_keys() -> None:
    from leitstand.core.errors import Declined
    from leitstand.core.secrets import vault

    try:
        vault.make_keys()
    except Declined as declined:
        raise SystemExit(declined.detail) from declined


def _back_up_first() -> None:
    from leitstand.config import backup

    folder = settings.HOME / "backups"
    folder.mkdir(exist_ok=True)
    backup.write(str(folder / f"before-{settings.VERSION}-{time.strftime('%Y%m%d-%H%M%S')}.tar"))


def _labels_of_others() -> set[str]:
    """The libraries with tables: those may have dropped a migration."""
    return {app.label for app in apps.get_app_configs() if app.name not in settings.ROOMS}


def version() -> int:
    """The server's version as PostgreSQL numbers it: 150018 is 15.18."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def reach() -> None:
    """Declines a server that does not answer, or is too old."""
    try:
        connection.ensure_connection()
    except Error as error:
        raise postgres.DatabaseProblem(f"The database cannot be reached: {error}\nCheck DATABASE_URL.") from error
    if version() < OLDEST:
        raise postgres.DatabaseProblem("Leitstand needs PostgreSQL 15 or newer.")
