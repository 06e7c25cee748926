"""One look at a channel's health."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from leitstand.channels.models.channel import Channel
from leitstand.channels.words import say


class Check(models.Model):
    """Kept for 90 days; `trouble` empty means healthy. `milliseconds`: how long the network took to answer."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="checks")
    at = models.DateTimeField(default=timezone.now)
    trouble = models.CharField(max_length=300, blank=True, default="")
    trouble_places = models.JSONField(blank=True, default=dict)
    followers = models.PositiveIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["channel", "-at"])]

    def __str__(self) -> str:
        return self.trouble or "ok"

    @property
    def say(self) -> str:
        return say(self.trouble, self.trouble_places)
