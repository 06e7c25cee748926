"""What a restore replaces, set aside until all of the backup is in its place: tables in a schema of their own, images
under another ending. While that schema is there, the restore was broken off or is at work: `put_back` undoes it."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

SCHEMA = ENDING = "before_restore"
TABLES = f"ALTER SCHEMA public RENAME TO {SCHEMA}; CREATE SCHEMA public;"


def is_there() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [SCHEMA])
        return bool(cursor.fetchone()[0])


def file(path: Path) -> None:
    """Sets this one aside, if there is one."""
    if path.exists():
        os.replace(path, path.with_name(f"{path.name}.{ENDING}"))


def put_back() -> bool:
    """Everything as it was before the restore. False: nothing was set aside."""
    if not is_there():
        return False
    for path in _files():
        os.replace(path, path.with_suffix(""))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS public CASCADE; ALTER SCHEMA {SCHEMA} RENAME TO public")
    return True


def let_go() -> None:
    """From here on the restore cannot be undone."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    for path in _files():
        path.unlink()


def _files() -> list[Path]:
    return list(Path(settings.MEDIA_ROOT).rglob(f"*.{ENDING}"))
