"""Seals the diary: each entry carries the hash of the one before, so a change is found out.

Writers never wait for each other: an entry is written unsealed and sealed a few seconds later, in the
order of ids, under one advisory lock. Hash: SHA-256 over the previous hash and the entry's canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from leitstand.core.jobs import tick
from leitstand.core.models import DiaryEntry

LOCK = 4_711_001
GENESIS = "0" * 64
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class ChainReport:
    """`broken_at` is the id of the first entry that does not fit; `reason` says why."""

    checked: int
    unsealed: int
    broken_at: int | None = None
    reason: str = ""


@tick(seconds=3)
def seal() -> int:
    """Seals all entries that wait; returns how many. Only one process at a time; others return 0."""
    with transaction.atomic():
        if not _locked():
            return 0
        waiting = list(DiaryEntry.objects.filter(position=None).order_by("id")[:AT_ONCE])
        last = DiaryEntry.objects.exclude(position=None).order_by("-position").first()
        _link(waiting, last)
        DiaryEntry.objects.bulk_update(waiting, ["position", "previous", "hash"], batch_size=500)
    return len(waiting)


def _link(waiting: list[DiaryEntry], last: DiaryEntry | None) -> None:
    position, previous = (last.position or 0, last.hash) if last else (0, GENESIS)
    for entry in waiting:
        position += 1
        entry.position, entry.previous = position, previous
        entry.hash = previous = fingerprint(entry)


def fingerprint(entry: DiaryEntry) -> str:
    """SHA-256 of the entry and the hash before it, as 64 hex digits."""
    facts = [entry.position, entry.previous, entry.pk, entry.at.isoformat(), entry.name]
    text = json.dumps([*facts, entry.actor_id, entry.actor_name, entry.data], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> ChainReport:
    """Walks the whole chain and reports the first entry that does not fit."""
    unsealed = DiaryEntry.objects.filter(position=None).count()
    previous, expected = GENESIS, 0
    for entry in _sealed():
        expected += 1
        reason = _misfit(entry, expected, previous)
        if reason:
            return ChainReport(expected, unsealed, entry.pk, reason)
        previous = entry.hash
    return ChainReport(expected, unsealed)


def _sealed() -> Iterator[DiaryEntry]:
    return DiaryEntry.objects.exclude(position=None).order_by("position").iterator(chunk_size=AT_ONCE)


def _misfit(entry: DiaryEntry, expected: int, previous: str) -> str:
    if entry.position != expected:
        return _("an entry is missing before it")
    if entry.previous != previous:
        return _("it does not continue the entry before it")
    return "" if fingerprint(entry) == entry.hash else _("its content was changed after it was sealed")


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
