"""When `leitstand backup` last made one, in HOME/backup.last: nobody misses backups until they need one."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from leitstand.core.models import Company
from leitstand.core.secrets.secret_files import replace_secret

FILE = "backup.last"
OVERDUE_AFTER = timedelta(days=7)


def note() -> None:
    """A backup was made just now."""
    replace_secret(_path(), timezone.now().isoformat())
    _path().chmod(0o644)  # root may have made it, and the pages look


def last() -> datetime | None:
    """None where none was made yet, or the note of it cannot be read."""
    try:
        return datetime.fromisoformat(_path().read_text(errors="replace").strip()).astimezone()
    except (OSError, ValueError, OverflowError):
        return None


def is_overdue() -> bool:
    """For a week: since the last one, else since the company was set up."""
    since = last() or Company.current().set_up_at
    return since is not None and timezone.now() - since > OVERDUE_AFTER


def _path() -> Path:
    return Path(settings.HOME) / FILE
