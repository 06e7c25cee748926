"""The clock of the machine is set back: the timetable goes on, the diary stays whole, a dead worker stays dead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate import periodic

from leitstand.core import jobs
from leitstand.core.diary import chain
from leitstand.core.models import DiaryEntry

HOUR = 3_600
NOON = 1_795_431_600


def due(timetable: jobs.Timetable, at: float) -> dict[str, int]:
    """Which jobs the timetable enqueues at that moment, and for when."""
    return {task.task.name: when for task, when in timetable.get_previous_tasks(at)}


def test_the_timetable_does_not_wait_until_the_clock_has_caught_up() -> None:
    timetable = periodic.PeriodicDeferrer(jobs.queue.periodic_registry)
    assert isinstance(timetable, jobs.Timetable)
    each_minute = "listening.read_due@timetable"
    assert due(timetable, NOON + 1)[each_minute] == NOON
    assert each_minute not in due(timetable, NOON + 30)
    assert due(timetable, NOON - HOUR + 1)[each_minute] == NOON - HOUR
    assert each_minute not in due(timetable, NOON - HOUR + 30)
    assert due(timetable, NOON - HOUR + 61)[each_minute] == NOON - HOUR + 60


@pytest.mark.django_db
def test_a_sign_of_life_from_a_time_to_come_is_none() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '2 hours')")
    assert not jobs.worker_is_alive()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert jobs.worker_is_alive()


@pytest.mark.django_db
def test_the_diary_keeps_the_order_in_which_things_were_written() -> None:
    now = timezone.now()
    for number, at in enumerate((now, now - timedelta(hours=2), now - timedelta(hours=1))):
        DiaryEntry.objects.create(name="test.happened", at=at, data={"number": number})
        chain.seal()
    assert chain.verify().broken_at is None
    sealed = DiaryEntry.objects.filter(name="test.happened").order_by("position")
    assert [entry.data["number"] for entry in sealed] == [0, 1, 2]
