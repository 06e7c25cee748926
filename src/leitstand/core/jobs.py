"""Jobs: work that happens outside the page, in the worker. The only door to Procrastinate.

    @job("publishing.send", queue="publish")
    def send(publication_id: int) -> None: ...

    enqueue(send, publication_id=7)                  # in the caller's transaction: rolled back with it
    enqueue(send, once="send-7", publication_id=7)   # False if one with that mark waits already

    @every("*/5 * * * *")                            # timetable, cron with five fields, UTC
    @job("channels.check_all", queue="house")
    def check_all() -> None: ...

    @tick(seconds=1)                                 # called inside each worker, outside the queue:
    def sweep() -> None: ...                         # must be cheap and safe when several workers run it

A job takes ids, may run twice and is short. The network is never called inside a transaction.
Failures are tried again with growing pauses and jitter; what fails at last stays on the jobs page.
Called directly, a job runs here and now.
"""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision, exceptions, periodic
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import Job
from procrastinate.tasks import Task
from procrastinate.utils import utcnow

from leitstand.core.errors import Declined
from leitstand.core.models import Company, JobFailure

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0
HEARTBEAT, STALLED_AFTER = 5.0, 20.0
TICKS: list[tuple[float, Callable[[], object]]] = []
AnyTask = Task[..., Any, Any]


class Backoff(BaseRetryStrategy):
    """Tries again after 5 s, 10 s, 20 s ... at most an hour, each ±25 %; gives up after `tries`, or when declined."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts + 1 >= self.tries or isinstance(exception, Declined):
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

        name = f"{task.name}@timetable"
        queue.periodic(cron=cron, queueing_lock=name)(queue.task(name=name, queue=task.queue)(beat))
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


# --- the worker -------------------------------------------------------------------------------


def run_worker(concurrency: int = 0) -> None:
    """Works until SIGTERM or SIGINT: finishes what it does (at most 20 s), then returns."""
    stopping = threading.Event()
    tickers = [_start_ticker(seconds, function, stopping) for seconds, function in TICKS]
    try:
        asyncio.run(_work(concurrency or settings.WORKER_CONCURRENCY))
    finally:
        stopping.set()
        for ticker in tickers:
            ticker.join(timeout=5)


async def _work(concurrency: int) -> None:
    # Not replace_connector: jobs that enqueue jobs must go on doing so through Django's own connection.
    worker_app = queue.with_connector(queue.connector.get_worker_connector())
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            shutdown_graceful_timeout=20,
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED_AFTER,
            task_middleware=[_keep_connection_and_reason],
        )


def _keep_connection_and_reason(call: Callable[[], Any], context: JobContext, worker: Any) -> Any:
    """Around every job: a broken connection is dropped, days are the company's, the reason of a failure is kept."""
    close_old_connections()
    try:
        with timezone.override(ZoneInfo(Company.current().time_zone)):
            return call()
    except Exception as error:
        _keep_reason(context.job, error)
        if _twin_waits(context.job.queueing_lock):
            return None  # its twin is due now; two with one mark cannot wait
        raise
    finally:
        close_old_connections()


def _twin_waits(mark: str | None) -> bool:
    """Whether a job with the same `once` is in the queue: it will do what this one failed to do."""
    return mark is not None and ProcrastinateJob.objects.filter(status="todo", queueing_lock=mark).exists()


def _keep_reason(failed: Job, error: Exception) -> None:
    reason = str(error.say) if isinstance(error, Declined) else f"{type(error).__name__}: {error}"
    JobFailure.objects.create(
        job_id=failed.id or 0,
        task=failed.task_name,
        arguments=failed.task_kwargs,
        attempt=failed.attempts + 1,
        reason=reason[:300],
        detail=str(error),
    )


def _start_ticker(seconds: float, function: Callable[[], object], stopping: threading.Event) -> threading.Thread:
    def run() -> None:
        while not stopping.wait(_until_next(seconds)):
            _tick_once(function)
        connection.close()

    thread = threading.Thread(target=run, name=f"tick-{function.__name__}", daemon=True)
    thread.start()
    return thread


def _until_next(seconds: float) -> float:
    """Seconds to the next whole multiple on the clock, so that posts leave on the second."""
    return seconds - time.time() % seconds


def _tick_once(function: Callable[[], object]) -> None:
    try:
        close_old_connections()
        function()
    except Exception:  # a tick must outlive a database that is restarted
        log.exception("tick %s failed", function.__name__)


@tick(seconds=10)
def rescue() -> int:
    """Jobs of workers that died are put back in the queue, or removed if a twin waits; returns how many."""
    silent_since = timezone.now() - timedelta(seconds=STALLED_AFTER)
    lost = ProcrastinateJob.objects.filter(status="doing").filter(
        Q(worker=None) | Q(worker__last_heartbeat__lt=silent_since)
    )
    ids = list(lost.values_list("id", flat=True))
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
    """Jobs that wait or run, the soonest first."""
    waits: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).order_by(
        "scheduled_at", "id"
    )
    return waits


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
