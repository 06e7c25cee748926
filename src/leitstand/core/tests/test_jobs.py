"""Jobs: enqueue, fail, try again, dismiss; and their page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from procrastinate import JobContext
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import Job
from tests.people import ada, company, signed_in

from leitstand.core import jobs, worker
from leitstand.core.errors import Declined, NotYet
from leitstand.core.models import JobFailure

pytestmark = pytest.mark.django_db
DONE: list[int] = []


@jobs.job("test.note")
def note(number: int) -> None:
    DONE.append(number)


def _failed(mark: str = "") -> int:
    jobs.enqueue(note, once=mark, number=1)
    made = ProcrastinateJob.objects.order_by("-id").values_list("id", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 8 WHERE id = %s", [made])
    JobFailure.objects.create(job_id=made, task="test.note", attempt=8, reason="It broke", detail="It broke badly")
    return int(made)


def _state(job_id: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job_id).status)


def test_a_job_for_later_waits_until_its_time() -> None:
    DONE.clear()
    jobs.enqueue(note, at=timezone.now() + timedelta(hours=1), number=1)
    jobs.enqueue(note, number=2)
    assert jobs.run_waiting() == 1
    assert DONE == [2]


def test_called_directly_a_job_runs_here_and_now() -> None:
    DONE.clear()
    note(number=3)
    assert DONE == [3]


@pytest.mark.parametrize(
    ("attempts", "error", "pause"),
    [
        (0, ValueError(), 5),
        (3, ValueError(), 40),
        (11, ValueError(), 3600),
        (19, ValueError(), None),
        (0, Declined("no"), None),
        (0, NotYet("later"), 5),
    ],
)
def test_pauses_grow_and_what_was_declined_is_not_repeated(attempts: int, error: Exception, pause: int | None) -> None:
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    decision = jobs.Backoff(tries=20).get_retry_decision(exception=error, job=job)
    assert (decision is None) is (pause is None)
    if decision and decision.retry_at and pause:
        assert 0.7 * pause <= (decision.retry_at - timezone.now()).total_seconds() <= 1.3 * pause


def test_the_page_shows_the_reason_and_tries_again() -> None:
    company()
    job_id, browser = _failed(), signed_in(ada())
    shown = browser.get(reverse("core:jobs")).content.decode()
    assert "It broke badly" in shown
    assert "No worker is running" in shown
    assert browser.post(reverse("core:try-again", args=[job_id])).status_code == 303
    assert _state(job_id) == "todo"
    assert browser.post(reverse("core:try-again", args=[job_id])).status_code == 404


def test_a_failed_job_is_not_promised_for_soon() -> None:
    _failed()
    assert "as soon as possible" not in signed_in(ada()).get(reverse("core:jobs")).content.decode()


def test_what_a_step_says_to_the_operator_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    job_id = _failed("mark")
    jobs.enqueue(note, once="mark", number=1)
    assert signed_in(ada()).post(reverse("core:try-again", args=[job_id])).status_code == 422
    assert f"/jobs/{job_id}/retry/: queueing lock of job {job_id}" in caplog.messages


def test_jobs_of_the_timetable_are_tried_again_like_all_others() -> None:
    planned = [task for name, task in jobs.queue.tasks.items() if name.endswith(jobs.BY_TIMETABLE)]
    assert planned
    assert all(isinstance(task.retry_strategy, jobs.Backoff) for task in planned)


def test_a_dismissed_job_is_gone_for_good() -> None:
    job_id, browser = _failed(), signed_in(ada())
    assert browser.post(reverse("core:dismiss", args=[job_id])).status_code == 303
    assert not ProcrastinateJob.objects.filter(pk=job_id).exists()
    assert browser.post(reverse("core:dismiss", args=[job_id])).status_code == 404


def test_a_failed_job_whose_twin_waits_is_not_doubled() -> None:
    job_id = _failed("mark")
    assert jobs.enqueue(note, once="mark", number=1)
    with pytest.raises(Declined):
        jobs.try_again(job_id)
    assert _state(job_id) == "failed"


def test_jobs_of_a_worker_that_died_are_put_back() -> None:
    jobs.enqueue(note, number=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert jobs.rescue() == 1
    assert jobs.rescue() == 0
    assert jobs.waiting().get().status == "todo"


def test_a_job_whose_worker_died_gives_way_to_its_twin_and_holds_up_no_other() -> None:
    jobs.enqueue(note, once="mark", number=1)
    jobs.enqueue(note, once="other", number=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    assert jobs.enqueue(note, once="mark", number=1)
    assert jobs.rescue() == 2
    assert sorted(jobs.waiting().values_list("queueing_lock", "status")) == [("mark", "todo"), ("other", "todo")]


@pytest.mark.django_db(transaction=True)
def test_a_job_lives_in_the_company_s_zone() -> None:
    company(time_zone="Pacific/Auckland")
    job = Job(id=7, queue="house", lock=None, queueing_lock=None, task_name="test.note")
    context = JobContext(app=jobs.queue, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    assert worker._keep_connection_and_reason(timezone.get_current_timezone_name, context, None) == "Pacific/Auckland"
    assert timezone.get_current_timezone_name() != "Pacific/Auckland"


@pytest.mark.django_db(transaction=True)
def test_what_fails_while_its_twin_waits_is_left_to_the_twin() -> None:
    def breaks() -> None:
        raise ValueError("broken")

    def run(mark: str) -> object:
        failing = Job(id=7, queue="house", lock=None, queueing_lock=mark, task_name="test.note")
        context = JobContext(app=jobs.queue, job=failing, start_timestamp=0.0, abort_reason=lambda: None)
        return worker._keep_connection_and_reason(breaks, context, None)

    jobs.enqueue(note, once="mark", number=1)
    assert run("mark") is None
    with pytest.raises(ValueError, match="broken"):
        run("another mark")
    assert JobFailure.objects.filter(job_id=7).count() == 2


def _fail(task: str, breaks: Callable[[], object], mark: str | None = None) -> None:
    """Runs a job that raises, as a worker does."""
    job = Job(id=7, queue="house", lock=None, queueing_lock=mark, task_name=task)
    context = JobContext(app=jobs.queue, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    with pytest.raises((ValueError, Declined)):
        worker._keep_connection_and_reason(breaks, context, None)


@pytest.mark.django_db(transaction=True)
def test_a_job_of_the_timetable_that_goes_on_failing_leaves_one_row() -> None:
    name, planned, other = f"test.note{jobs.BY_TIMETABLE}", _failed(), _failed()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET task_name = %s WHERE id = %s", [name, planned])
    _fail(name, lambda: int("again"), name)
    assert [job.pk for job in jobs.failed()] == [other]


@pytest.mark.django_db(transaction=True)
def test_reasons_of_ours_are_kept_in_the_language_of_the_company() -> None:
    company(languages=["fr", "de"])

    def breaks() -> None:
        raise Declined(gettext("This is not the demo company. Nothing was removed."))

    _fail("test.note", breaks)
    assert JobFailure.objects.get().reason == "Das ist nicht die Demofirma. Nichts wurde entfernt."


def test_whether_a_worker_is_alive_goes_by_its_heartbeat() -> None:
    company()
    assert not jobs.worker_is_alive()
    browser = signed_in(ada())
    assert browser.get("/healthz").status_code == 503
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert jobs.worker_is_alive()
    assert browser.get("/healthz").json() == {"web": "ok", "database": "ok", "worker": "ok", "disk": "ok"}
    assert "The worker is running" in browser.get(reverse("core:jobs")).content.decode()
    assert ProcrastinateWorker.objects.count() == 1


def test_the_page_shows_the_soonest_first_and_what_runs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leitstand.core.views.jobs.SHOWN", 2)
    for hours, number in ((48, 1), (24, 2), (None, 3), (None, 4)):
        jobs.enqueue(note, at=timezone.now() + timedelta(hours=hours) if hours else None, number=number)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args @> '{\"number\": 1}'")
    shown = signed_in(ada()).get(reverse("core:jobs")).context
    assert [job.args["number"] for job, _reasons in shown["waiting"]] == [3, 4]
    assert [job.args["number"] for job in shown["running"]] == [1]
    assert shown["more"] == 1
