"""The room on the disk that keeps the data: how much is left, and whether a fault came of there being none."""

from __future__ import annotations

import errno
import shutil

from django.conf import settings
from psycopg.errors import DiskFull


def free() -> int:
    """Bytes."""
    return shutil.disk_usage(settings.HOME).free


def state() -> str:
    """ "ok", "short" (people should see to it) or "full" (nothing can be relied on)."""
    left = free()
    if left < settings.SPACE_FULL:
        return "full"
    return "short" if left < settings.SPACE_SHORT else "ok"


def is_why(error: BaseException | None) -> bool:
    """Whether a file, or a table of the database, found no room."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return error is not None and isinstance(error.__cause__, DiskFull)
