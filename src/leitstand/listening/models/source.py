"""What we read: feeds, and the inboxes of our channels."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_PAUSE = timedelta(days=1)
# Halves of surrogate pairs stand for bytes that were no UTF-8: no database takes them.
ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\ud800-\udfff]{1,990}")


def is_address(url: str) -> bool:
    """Whether it fits the column and names a host, and a port where it names one."""
    try:
        parts = urlsplit(url)
        return bool(ADDRESS.fullmatch(url) and parts.hostname and parts.port != 0)
    except ValueError:
        return False


class SourceQuerySet(models.QuerySet["Source"]):
    def due(self, now: datetime) -> SourceQuerySet:
        """What must be read by now. No pause is longer than a day: beyond that the clock was set back meanwhile."""
        from_before = Q(next_at__gt=now + LONGEST_PAUSE + timedelta(hours=1))
        return self.filter(Q(next_at__lte=now) | from_before, state=Source.State.ALIVE)


class Source(models.Model):
    """A feed. `interval` in minutes adapts to how often it brings something new; `failures` in a row."""

    class State(models.TextChoices):
        ALIVE = "alive", _("Is read")
        PAUSED = "paused", _("Paused")
        GONE = "gone", _("Gone")

    url = models.URLField(_("Address"), max_length=1000, unique=True)
    title = models.CharField(_("Title"), max_length=300, blank=True, default="")
    site_url = models.CharField(max_length=1000, blank=True, default="")
    folder = models.CharField(_("Folder"), max_length=100, blank=True, default="")
    language = models.CharField(max_length=5, blank=True, default="")
    state = models.CharField(max_length=6, choices=State.choices, default=State.ALIVE)
    score = models.PositiveIntegerField(default=0)
    score_reasons = models.JSONField(default=list)
    etag = models.CharField(max_length=300, blank=True, default="")
    modified = models.CharField(max_length=100, blank=True, default="")
    interval = models.PositiveIntegerField(default=30)
    next_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    newest_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True, default="")
    trouble_detail = models.TextField(blank=True, default="")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "url"]
        indexes: ClassVar = [models.Index(fields=["next_at"], name="source_due", condition=Q(state="alive"))]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def say(self) -> str:
        return str(_(self.trouble)) if self.trouble else ""


class ChannelCursor(models.Model):
    """How far the inbox of a channel has been read."""

    channel = models.OneToOneField("channels.Channel", on_delete=models.CASCADE, related_name="+")
    cursor = models.TextField(blank=True, default="")
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.cursor
