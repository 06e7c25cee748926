"""Whether web, database and worker do their work and the disk has room, for machines that watch."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError

from leitstand.core import jobs
from leitstand.core.machine import space


def health() -> dict[str, str]:
    """`web` answers by being asked; the others say "ok" or what is wrong. A disk that is "short" still does."""
    room = space.state()
    try:
        worker = "ok" if jobs.worker_is_alive() else "no sign of life"
    except (DatabaseError, InterfaceError):
        return {"web": "ok", "database": "unreachable", "worker": "unknown", "disk": room}
    return {"web": "ok", "database": "ok", "worker": worker, "disk": room}
