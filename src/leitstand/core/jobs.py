"""Jobs: work that happens outside the page, in the worker. With `core.worker` the only door to Procrastinate.

    @job("publishing.send", queue_name="publish")
    def send(publication_id: int) -> None: ...

    enqueue(send, publication_id=7)                  # in the caller's transaction: rolled back with it
    enqueue(send, once="send-7", publication_id=7)   # False if one with that mark waits already

    @every("*/5 * * * *")                            # timetable, cron with five fields, UTC
    @job("channels.check_all", queue_name="house")
    def check_all() -> None: ...

    @tick(seconds=1)                                 # called inside each worker, outside the queue:
    def sweep() -> None: ...                         # must be cheap and safe when several workers run it

A job takes ids, may run twice and is short. The network is never called inside a transaction.
Failures are tried again with growing pauses and jitter; what fails at last stays on the jobs page.
Called directly, a job runs here and now.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate import BaseRetryStrategy, RetryDecision, exceptions, periodic
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import Job
from procrastinate.tasks import Task
from procrastinate.utils import utcnow

from leitstand.core.errors import Declined, NotYet

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0
STALLED_AFTER = 20.0
BY_TIMETABLE = "@timetable"
TICKS: list[tuple[float, Callable[[], object]]] = []
AnyTask = Task[..., Any, Any]


class Backoff(BaseRetryStrategy):
    """Again after 5 s, 10 s, 20 s ... at most an hour, each ±25 %; not after `tries`, nor when declined for good."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        final = isinstance(exception, Declined) and not isinstance(exception, NotYet)
        if job.attempts + 1 >= self.tries or final:
            return None
        pause = min(FIRST_PAUSE * 2**job.attempts, LONGEST_PAUSE) * random.uniform(0.75, 1.25)
        return RetryDecision(retry_at=utcnow() + timedelta(seconds=pause))


def job(name: str, queue_name: str = "house", tries: int = 8) -> Callable[[Callable[..., Any]], AnyTask]:
    """Makes a function a job; `name` is "room.step"."""

    def declare(function: Callable[..., Any]) -> AnyTask:
        task: AnyTask = queue.task(name=name, queue=queue_name, retry=Backoff(tries))(function)
        return task

    return declare


def every(cron: str) -> Callable[[Callable[[], object]], AnyTask]:
    """Puts a job without arguments on the timetable (UTC)."""

    def plan(task: Any) -> AnyTask:
        def beat(timestamp: int) -> None:
            task.func()

        name = f"{task.name}{BY_TIMETABLE}"
        planned_task = queue.task(name=name, queue=task.queue, retry=task.retry_strategy)
        queue.periodic(cron=cron, queueing_lock=name)(planned_task(beat))
        planned: AnyTask = task
        return planned

    return plan


class Timetable(periodic.PeriodicDeferrer):
    """Procrastinate's own remembers what it enqueued last, and would rest until a clock set back has caught up."""

    def get_previous_tasks(self, at: float) -> Iterable[Any]:
        self.last_defers = {key: then for key, then in self.last_defers.items() if then <= at}
        return super().get_previous_tasks(at)


periodic.PeriodicDeferrer = Timetable  # type: ignore[misc]  # each worker makes its own; it takes it from there


def tick(seconds: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Calls a function every so many seconds in each worker."""

    def plan(function: Callable[[], object]) -> Callable[[], object]:
        TICKS.append((seconds, function))
        return function

    return plan


def enqueue(task: AnyTask, *, once: str = "", at: datetime | None = None, **arguments: Any) -> bool:
    """Puts a job in the queue, in the transaction of the caller. False: one marked `once` waits already."""
    wish = task.configure(queueing_lock=once or None, schedule_at=at)
    try:
        with transaction.atomic():  # a savepoint: AlreadyEnqueued must not break the caller's transaction
            wish.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return False
    return True


@tick(seconds=10)
def rescue() -> int:
    """Jobs of workers that died are put back in the queue, or removed if a twin waits; returns how many."""
    silent = Q(worker=None) | Q(worker__last_heartbeat__lt=timezone.now() - timedelta(seconds=STALLED_AFTER))
    ids = list(ProcrastinateJob.objects.filter(silent, status="doing").values_list("id", flat=True))
    for job_id in ids:
        _rescue_one(job_id)
    return len(ids)


def _rescue_one(job_id: int) -> None:
    try:
        with transaction.atomic():
            _put_back(job_id)
    except IntegrityError:  # a twin waits and does the same
        ProcrastinateJob.objects.filter(pk=job_id, status="doing")._raw_delete(using="default")


def _put_back(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])


# --- what the jobs page and the doctor ask -----------------------------------------------------


def waiting() -> QuerySet[ProcrastinateJob]:
    """Jobs that wait, the soonest first; one without a time is due now."""
    to_do: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status="todo")
    return to_do.order_by(F("scheduled_at").asc(nulls_first=True), "id")


def running() -> QuerySet[ProcrastinateJob]:
    """Jobs that are being done now."""
    in_work: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status="doing").order_by("id")
    return in_work


def failed() -> QuerySet[ProcrastinateJob]:
    """Jobs that were given up, the newest first."""
    given_up: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status="failed").order_by("-id")
    return given_up


def try_again(job_id: int) -> bool:
    """Puts a failed job back in the queue. False: it is not there, or did not fail."""
    try:
        with transaction.atomic():
            if not failed().select_for_update().filter(pk=job_id).exists():
                return False
            _put_back(job_id)
    except IntegrityError as error:
        raise Declined(_("The same job waits already. Dismiss this one."), f"queueing lock of job {job_id}") from error
    return True


def dismiss(job_id: int) -> bool:
    """Removes a failed job for good; its reasons stay."""
    return bool(failed().filter(pk=job_id)._raw_delete(using="default"))


def last_heartbeat() -> datetime | None:
    """When a worker last gave a sign of life; signs of a time to come are from before the clock was set back."""
    sure = ProcrastinateWorker.objects.filter(last_heartbeat__lt=timezone.now() + timedelta(seconds=STALLED_AFTER))
    newest = sure.order_by("-last_heartbeat").first()
    return newest.last_heartbeat if newest else None


def worker_is_alive() -> bool:
    beat = last_heartbeat()
    return beat is not None and timezone.now() - beat < timedelta(seconds=STALLED_AFTER)


def run_waiting(limit: int = 1_000) -> int:
    """Does what waits and is due here and now, oldest first; returns how many. For tests and the demo."""
    done = 0
    while done < limit and (task_row := _take_one()):
        queue.tasks[task_row.task_name].func(**task_row.args)
        ProcrastinateJob.objects.filter(pk=task_row.pk)._raw_delete(using="default")
        done += 1
    return done


def _take_one() -> ProcrastinateJob | None:
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
    return ProcrastinateJob.objects.filter(due, status="todo").order_by("id").first()
