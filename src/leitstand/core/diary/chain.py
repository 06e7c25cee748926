"""Seals the diary: each entry carries the hash of the one before, so a change is found out.

Writers never wait for each other: an entry is written unsealed and sealed a few seconds later, in the
order of ids, under one advisory lock. Hash: SHA-256 over the previous hash and the entry's canonical JSON.
The entry sealed last is marked outside of the database (`chain_mark`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.core.signing import BadSignature
from django.db import connection, transaction
from django.utils.translation import gettext as _

from leitstand.core.diary import chain_mark
from leitstand.core.diary.chain_mark import Mark
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
        if waiting and _mark_may_move():
            transaction.on_commit(partial(chain_mark.write, waiting[-1]), robust=True)
    return len(waiting)


def _link(waiting: list[DiaryEntry], last: DiaryEntry | None) -> None:
    position, previous = (last.position or 0, last.hash) if last else (0, GENESIS)
    for entry in waiting:
        position += 1
        entry.position, entry.previous = position, previous
        entry.hash = previous = fingerprint(entry)


def _mark_may_move() -> bool:
    """One that does not lie on the chain stays where it is: it is the proof."""
    try:
        mark = chain_mark.read()
    except BadSignature:
        return False
    marked = DiaryEntry.objects.filter(position=mark.position).first() if mark else None
    return mark is None or (marked is not None and mark.fits(marked))


def fingerprint(entry: DiaryEntry) -> str:
    """SHA-256 of the entry and the hash before it, as 64 hex digits."""
    facts = [entry.position, entry.previous, entry.pk, entry.at.isoformat(), entry.name]
    text = json.dumps([*facts, entry.actor_id, entry.actor_name, entry.data], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> ChainReport:
    """Walks the whole chain and reports the first entry that does not fit, or that is gone from its end."""
    unsealed = DiaryEntry.objects.filter(position=None).count()
    try:
        mark = chain_mark.read()  # before the walk: meanwhile the chain may grow
    except BadSignature:
        return ChainReport(
            0, unsealed, _last_id(), _("its mark in the file diary.head is not the one that was written")
        )
    previous, expected = GENESIS, 0
    for entry in _sealed():
        expected += 1
        if reason := _misfit(entry, expected, previous, mark):
            return ChainReport(expected, unsealed, entry.pk, reason)
        previous = entry.hash
    if mark and mark.position > expected:
        return ChainReport(expected, unsealed, mark.entry_id, _("it was sealed, and is missing at the end"))
    return ChainReport(expected, unsealed)


def _last_id() -> int:
    last = DiaryEntry.objects.order_by("id").last()
    return last.pk if last else 1


def _sealed() -> Iterator[DiaryEntry]:
    return DiaryEntry.objects.exclude(position=None).order_by("position").iterator(chunk_size=AT_ONCE)


def _misfit(entry: DiaryEntry, expected: int, previous: str, mark: Mark | None) -> str:
    if entry.position != expected:
        return _("an entry is missing before it")
    if entry.previous != previous:
        return _("it does not continue the entry before it")
    if fingerprint(entry) != entry.hash:
        return _("its content was changed after it was sealed")
    return "" if mark is None or mark.fits(entry) else _("another entry was sealed in its place")


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


@contextmanager
def emptied() -> Iterator[None]:
    """Inside, and in a transaction, the diary may be emptied as a whole; its mark goes with it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_diaryentry DISABLE TRIGGER diary_is_not_emptied")
        yield
        cursor.execute("ALTER TABLE core_diaryentry ENABLE TRIGGER diary_is_not_emptied")
    transaction.on_commit(chain_mark.remove)
