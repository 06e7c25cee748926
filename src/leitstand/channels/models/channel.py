"""Our account on a network."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ChannelQuerySet(models.QuerySet["Channel"]):
    def ready(self) -> ChannelQuerySet:
        return self.filter(state=Channel.State.READY)

    def kept(self) -> ChannelQuerySet:
        return self.exclude(state=Channel.State.GONE)


class Channel(models.Model):
    """`address` is where the network is spoken to; `sealed_secrets` holds the access, encrypted.

    A channel that is gone stays as a row, so that what was published there keeps its name.
    """

    class State(models.TextChoices):
        READY = "ready", _("Connected")
        RECONNECT = "reconnect", _("Must be reconnected")
        PAUSED = "paused", _("Paused")
        GONE = "gone", _("Disconnected")

    network = models.CharField(max_length=40)
    handle = models.CharField(max_length=200)
    name = models.CharField(_("Name"), max_length=200)
    address = models.CharField(max_length=300)
    remote_id = models.CharField(max_length=300, blank=True, default="")
    profile_url = models.CharField(max_length=500, blank=True, default="")
    sealed_secrets = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    may_publish = models.BooleanField(default=True)
    may_read_replies = models.BooleanField(default=True)
    imprint_url = models.URLField(_("Address of the imprint in the profile"), blank=True, default="")
    expires_at = models.DateTimeField(null=True)
    followers = models.PositiveIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True, default="")
    trouble_detail = models.TextField(blank=True, default="")
    trouble_since = models.DateTimeField(null=True)
    budget_limit = models.IntegerField(null=True)
    budget_left = models.IntegerField(null=True)
    budget_resets_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(auto_now_add=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["network", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "address", "remote_id"],
                condition=~Q(state="gone"),
                name="a_channel_is_connected_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.handle

    @property
    def say(self) -> str:
        """The trouble in the language of whoever reads."""
        return str(_(self.trouble)) if self.trouble else ""

    @property
    def is_healthy(self) -> bool:
        return self.state == self.State.READY and not self.trouble

    @property
    def budget_percent(self) -> int | None:
        if not self.budget_limit or self.budget_left is None:
            return None
        return max(0, min(100, round(100 * self.budget_left / self.budget_limit)))

    def expires_before(self, moment: datetime) -> bool:
        return self.expires_at is not None and self.expires_at < moment
