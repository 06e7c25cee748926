"""The jobs page: what waits, what runs, what failed and why; and whether a worker is alive."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitstand.core import jobs, queries
from leitstand.core.pages import PersonRequest, needs, page, see_other

SHOWN = 100


@needs("system.view")
def listing(request: PersonRequest) -> HttpResponseBase:
    waiting, failed = list(jobs.waiting()[:SHOWN]), list(jobs.failed()[:SHOWN])
    reasons = queries.failures([job.pk for job in (*waiting, *failed)])
    return page(
        request,
        "core/jobs.html",
        "jobs",
        waiting=[(job, reasons.get(job.pk, [])) for job in waiting],
        running=jobs.running()[:SHOWN],
        failed=[(job, reasons.get(job.pk, [])) for job in failed],
        more=jobs.waiting().count() - len(waiting),
        alive=jobs.worker_is_alive(),
        heartbeat=jobs.last_heartbeat(),
    )


@needs("system.view")
@require_POST
def try_again(request: PersonRequest, job_id: int) -> HttpResponseBase:
    if not jobs.try_again(job_id):
        raise Http404
    messages.success(request, _("The job is in the queue again."))
    return see_other(request, reverse("core:jobs"))


@needs("system.view")
@require_POST
def dismiss(request: PersonRequest, job_id: int) -> HttpResponseBase:
    if not jobs.dismiss(job_id):
        raise Http404
    messages.success(request, _("Dismissed."))
    return see_other(request, reverse("core:jobs"))
