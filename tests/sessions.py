"""Other sessions of the database, led to the same moment: told by their locks, without sleeping."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from django.db import connection

WAITING = """
SELECT count(DISTINCT waiting.pid) FROM pg_locks waiting JOIN pg_locks held USING (pid)
WHERE NOT waiting.granted AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def until_all_wait(works: Sequence[Future[Any]]) -> None:
    """Returns when each of these works has come to a lock that somebody else holds, or is done."""
    with connection.cursor() as cursor:
        while any(not work.done() for work in works):
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= sum(not work.done() for work in works):
                return
