"""The worker: does the jobs and ticks of `core.jobs`, until its process is asked to end or its database breaks off."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone, translation
from procrastinate import JobContext, PsycopgConnector
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django import connector_params
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from leitstand.core.company.languages import spoken_here
from leitstand.core.errors import Declined
from leitstand.core.jobs import BY_TIMETABLE, STALLED_AFTER, TICKS, failed
from leitstand.core.models import Company, JobFailure

log = logging.getLogger(__name__)
HEARTBEAT = 5.0
PATIENCE = 10.0


def run(concurrency: int | None = None) -> bool:
    """Works until SIGTERM or SIGINT: finishes what it does (at most 20 s). False: ended unasked, without database."""
    stopping = threading.Event()
    tickers = [_start_ticker(seconds, function, stopping) for seconds, function in TICKS]
    try:
        return asyncio.run(_until_asked(_work(concurrency or settings.WORKER_CONCURRENCY)))
    finally:
        stopping.set()
        for ticker in tickers:
            ticker.join(timeout=5)


async def _until_asked(work: Coroutine[Any, Any, None]) -> bool:
    """True after SIGTERM or SIGINT, once the work has been cancelled and has ended; False when it ended by itself.

    What broke it is logged. A second signal changes nothing.
    """
    await sync_to_async(close_old_connections)()  # the timetable's thread would go on with one that broke before
    asked, working = asyncio.Event(), asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    await asyncio.wait([working, asyncio.ensure_future(asked.wait())], return_when=asyncio.FIRST_COMPLETED)
    if asked.is_set():
        working.cancel()
    (broke,) = await asyncio.gather(working, return_exceptions=True)
    if not asked.is_set():
        log.error("the worker ended unasked", exc_info=broke)
    return asked.is_set()


async def _work(concurrency: int) -> None:
    # Not replace_connector: jobs that enqueue jobs must go on doing so through Django's own connection.
    # A database that is away is noticed within PATIENCE seconds; the pool's own default would be 30.
    worker_app = queue.with_connector(PsycopgConnector(kwargs=connector_params(), timeout=PATIENCE))
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            shutdown_graceful_timeout=20,
            install_signal_handlers=False,
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED_AFTER,
            task_middleware=[_keep_connection_and_reason],
        )


def _keep_connection_and_reason(call: Callable[[], Any], context: JobContext, worker: Any) -> Any:
    """Around every job: a broken connection is dropped, days and words are the company's, why it failed is kept."""
    close_old_connections()
    try:
        company = Company.current()
        with timezone.override(ZoneInfo(company.time_zone)), translation.override(spoken_here(company.languages)):
            return call()
    except Exception as error:
        _keep_reason(context.job, error)
        if _twin_waits(context.job.queueing_lock):
            return None  # its twin is due now; two with one mark cannot wait
        if context.job.task_name.endswith(BY_TIMETABLE):  # the last time stands for all: one line on the jobs page
            failed().filter(task_name=context.job.task_name)._raw_delete(using="default")
        raise
    finally:
        close_old_connections()


def _twin_waits(mark: str | None) -> bool:
    """Whether a job with the same `once` is in the queue: it will do what this one failed to do."""
    return mark is not None and ProcrastinateJob.objects.filter(status="todo", queueing_lock=mark).exists()


def _keep_reason(broken: Job, error: Exception) -> None:
    reason = str(error.say) if isinstance(error, Declined) else f"{type(error).__name__}: {error}"
    JobFailure.objects.create(
        job_id=broken.id or 0,
        task=broken.task_name,
        arguments=broken.task_kwargs,
        attempt=broken.attempts + 1,
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
