"""Queries stay as they are while mentions are matched and stored; whoever changes them waits, and is waited for.

So no mention falls between a new query and the search over what is stored, and no hit names a query that is gone:
an advisory lock of PostgreSQL, shared by those who store, for one alone who changes. Who stores has a second one alone.
"""

from __future__ import annotations

from django.db import connection, transaction

QUERIES, MENTIONS = "listening.queries", "listening.mentions"


def keep_queries() -> None:
    """Nobody changes a query until this transaction ends."""
    _lock("pg_advisory_xact_lock_shared", QUERIES)


def change_queries() -> None:
    """Nobody matches until this transaction ends; all that was matched before is stored. To be taken first of all."""
    _lock("pg_advisory_xact_lock", QUERIES)


def store_alone() -> None:
    """Nobody else stores until this transaction ends: all that is known can be seen. To be taken last of all."""
    _lock("pg_advisory_xact_lock", MENTIONS)


def _lock(how: str, name: str) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Outside a transaction a turn would last for no moment.")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(hashtextextended(%s, 0))", [name])
