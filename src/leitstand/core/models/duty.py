"""Who is accountable for a duty of the job description, and who stands in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class DutyHolder(models.Model):
    """One row per duty that is staffed; `code` is D1 to D10."""

    code = models.CharField(max_length=4, unique=True)
    accountable = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code
