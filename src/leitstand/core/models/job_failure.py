"""Why a job failed: the queue itself keeps no reasons."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JobFailure(models.Model):
    """One failed try of one job. `job_id` is the queue's number, which may be gone by now."""

    job_id = models.BigIntegerField(db_index=True)
    task = models.CharField(max_length=120)
    arguments = models.JSONField(default=dict)
    attempt = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300)
    detail = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.task}: {self.reason}"
