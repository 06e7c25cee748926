"""The diary: every event once, append-only, sealed into a chain of hashes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class DiaryEntry(models.Model):
    """One event. `position`, `previous` and `hash` are filled once, when the entry is sealed.

    Triggers in the database refuse every other change and every deletion (migrations 0002, 0004).
    """

    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True, default="")
    data = models.JSONField(default=dict)
    position = models.BigIntegerField(null=True, unique=True)
    previous = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["name", "-id"]),
            models.Index(fields=["id"], name="diary_unsealed", condition=models.Q(position=None)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name}"
