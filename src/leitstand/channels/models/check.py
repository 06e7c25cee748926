"""One look at a channel's health."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.channels.models.channel import Channel


class Check(models.Model):
    """Kept for 90 days; `trouble` empty means healthy."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField(auto_now_add=True)
    trouble = models.CharField(max_length=300, blank=True, default="")
    followers = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        indexes: ClassVar = [models.Index(fields=["channel", "-at"])]

    def __str__(self) -> str:
        return self.trouble or "ok"

    @property
    def say(self) -> str:
        return str(_(self.trouble)) if self.trouble else ""
