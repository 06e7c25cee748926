"""Our account on a network."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leitstand.channels.words import say
from leitstand.connectors import registry

UNSEEN_AFTER = timedelta(minutes=20)


class ChannelQuerySet(models.QuerySet["Channel"]):
    def ready(self) -> ChannelQuerySet:
        return self.filter(state=Channel.State.READY)

    def kept(self) -> ChannelQuerySet:
        return self.exclude(state=Channel.State.GONE)

    def spoken_with(self, channel: Channel) -> ChannelQuerySet:
        """This channel, as long as its access is the one that was read with it."""
        return self.filter(pk=channel.pk, sealed_secrets=channel.sealed_secrets)


class Channel(models.Model):
    """`address` is where the network is spoken to; `sealed_secrets` holds the access, encrypted.

    A channel that is gone stays as a row, so that what was published there keeps its name. `answers` are the
    harmless ones of the form, offered again when it is reconnected; `ticket` is the form's own number, so that
    a form sent twice makes one channel. `limits`: those of its own server (`connectors.limits`). `warned_days`: the
    last warning before the access ends. `inbox_trouble`: why what is said to us could not be read the last time.
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
    limits = models.JSONField(blank=True, default=dict)
    sealed_secrets = models.TextField(blank=True, default="")
    answers = models.JSONField(blank=True, default=dict)
    ticket = models.UUIDField(null=True, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    may_publish = models.BooleanField(default=True)
    may_read_replies = models.BooleanField(default=True)
    imprint_url = models.URLField(_("Address of the imprint in the profile"), blank=True, default="")
    expires_at = models.DateTimeField(null=True)
    warned_days = models.PositiveSmallIntegerField(null=True)
    followers = models.PositiveIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True, default="")
    trouble_places = models.JSONField(blank=True, default=dict)
    trouble_detail = models.TextField(blank=True, default="")
    trouble_since = models.DateTimeField(null=True)
    trouble_told = models.BooleanField(default=False)
    inbox_trouble = models.JSONField(null=True)
    budget_limit = models.IntegerField(null=True)
    budget_left = models.IntegerField(null=True)
    budget_resets_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(auto_now_add=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["network", "name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "address", "remote_id"],
                condition=~Q(state="gone"),
                name="a_channel_is_connected_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_name} · {self.network_name}"

    @property
    def account_name(self) -> str:
        return self.name or self.handle

    @property
    def network_name(self) -> str:
        """Most are brands and stay as they are; of a network nobody speaks for any more, its short name."""
        known = {network.slug: network.name for network in registry.networks()}
        return gettext(known.get(self.network, self.network))

    @property
    def say(self) -> str:
        """The trouble in the language of whoever reads; empty when there is none."""
        return say(self.trouble, self.trouble_places)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_gone(self) -> bool:
        return self.state == self.State.GONE

    @property
    def is_unseen(self) -> bool:
        """Nobody has looked for longer than the timetable allows: the worker stands still."""
        seen = self.checked_at or self.connected_at
        return self.state == self.State.READY and timezone.now() - seen > UNSEEN_AFTER

    @property
    def budget_is_fresh(self) -> bool:
        """Whether the figures still hold: the window they speak of has not ended."""
        return self.budget_resets_at is None or self.budget_resets_at > timezone.now()

    def expires_before(self, moment: datetime) -> bool:
        return self.expires_at is not None and self.expires_at < moment
