"""The diary: recorded with the change, sealed into a chain, and never altered."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from leitstand.core import jobs
from leitstand.core.diary import chain
from leitstand.core.events import REACTIONS, event, reaction, record
from leitstand.core.models import DiaryEntry

SEEN: list[int] = []


@event("test.happened")
class Happened:
    number: int


@reaction(Happened)
def remember(happened: Happened, entry: DiaryEntry) -> None:
    SEEN.append(happened.number)


@pytest.mark.django_db
def test_a_reaction_runs_once_for_a_recorded_event() -> None:
    SEEN.clear()
    record(Happened(7))
    assert SEEN == []
    assert jobs.run_waiting() == 1
    assert SEEN == [7]


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_leaves_no_event_and_no_job() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Happened(8))
        raise ZeroDivisionError
    assert not DiaryEntry.objects.exists()
    assert jobs.run_waiting() == 0


@pytest.mark.django_db
def test_the_chain_finds_a_changed_entry() -> None:
    for number in range(5):
        record(Happened(number))
    assert chain.seal() == 5
    assert chain.verify().broken_at is None
    entry = DiaryEntry.objects.order_by("id")[2]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_diaryentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE core_diaryentry SET data = '{\"number\": 99}' WHERE id = %s", [entry.pk])
        cursor.execute("ALTER TABLE core_diaryentry ENABLE TRIGGER USER")
    assert chain.verify().broken_at == entry.pk


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_the_diary() -> None:
    entry = record(Happened(1))
    with pytest.raises(ProgrammingError), transaction.atomic():
        DiaryEntry.objects.filter(pk=entry.pk).delete()
    chain.seal()
    with pytest.raises(ProgrammingError), transaction.atomic():
        DiaryEntry.objects.filter(pk=entry.pk).update(name="something else")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_diaryentry ENABLE TRIGGER diary_is_not_emptied")
        with pytest.raises(ProgrammingError):
            cursor.execute("TRUNCATE core_diaryentry CASCADE")


@pytest.mark.django_db
def test_a_job_marked_once_waits_only_once_and_breaks_no_transaction() -> None:
    entry = record(Happened(1))
    jobs.run_waiting()
    key = next(iter(REACTIONS["test.happened"]))
    from leitstand.core.events import react

    assert jobs.enqueue(react, once="mark", entry_id=entry.pk, key=key)
    assert not jobs.enqueue(react, once="mark", entry_id=entry.pk, key=key)
    assert DiaryEntry.objects.count() == 1
