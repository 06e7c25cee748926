"""One version going out at one time; the row's state is the queue."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from leitstand.channels.words import why
from leitstand.publishing.models.post import Version

OVERDUE = timedelta(minutes=10)


class PublicationQuerySet(models.QuerySet["Publication"]):
    def due(self, moment: datetime) -> PublicationQuerySet:
        """What must be worked on by now: to send, or to look up."""
        return self.filter(state__in=Publication.WAITING, due_at__lte=moment)

    def open(self) -> PublicationQuerySet:
        """Neither proven nor given up."""
        return self.filter(state__in=Publication.OPEN)

    def undecided(self) -> PublicationQuerySet:
        """Stopped, unsure without a look-up to come, or not proven although its time has passed by `OVERDUE`."""
        overdue = Q(state__in=Publication.WAITING, planned_for__lt=timezone.now() - OVERDUE)
        unsure = Q(state=Publication.State.UNSURE, due_at=None)
        return self.filter(Q(state=Publication.State.STOPPED) | unsure | overdue)


class Publication(models.Model):
    """`planned_for` is the time people chose; `due_at` when the house next works on it (None: a person must decide).

    `published_title`: its version's title when it went out, also where the network shows none.
    `key` is the same at every attempt. While it is unsure, `url`, `remote_id` and `parts` are what is known of a thread
    that broke off. `reason` and `reason_places` say why it did not go out (source text
    of the interface, translated when shown); `detail` is for the operator.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        SENDING = "sending", _("Being sent")
        PUBLISHED = "published", _("Published")
        UNSURE = "unsure", _("Unsure")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Refused")
        CANCELLED = "cancelled", _("Cancelled")
        DELETED = "deleted", _("Deleted on the network")

    WAITING: ClassVar = [State.SCHEDULED, State.UNSURE]
    OPEN: ClassVar = [State.SCHEDULED, State.SENDING, State.UNSURE, State.STOPPED]

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="publications")
    channel = models.ForeignKey("channels.Channel", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    content_hash = models.CharField(max_length=64)
    planned_for = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    attempts_made = models.PositiveIntegerField(default=0)
    lookups = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    reason_places = models.JSONField(default=dict)
    detail = models.TextField(blank=True, default="")
    remote_id = models.CharField(max_length=500, blank=True, default="")
    parts = models.JSONField(default=list)
    url = models.URLField(max_length=500, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    published_text = models.TextField(blank=True, default="")
    published_title = models.CharField(max_length=200, blank=True, default="")
    measure_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["planned_for", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"], name="publication_due", condition=Q(state__in=["scheduled", "unsure"])
            ),
            models.Index(fields=["channel", "state"]),
            models.Index(fields=["channel", "remote_id"]),
            models.Index(fields=["measure_at"], name="publication_measure", condition=Q(measure_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(state__in=["scheduled", "sending", "published", "unsure", "stopped"]),
                name="version_goes_out_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(remote_id="") & Q(published_at__isnull=False)),
                name="published_means_proven",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.state})"

    @property
    def words(self) -> str:
        """Its title, else its text: as it went out; before that, as it is now. What is out tells nothing of a draft."""
        out = self.published_title or Truncator(" ".join(self.published_text.split())).chars(100)
        return out or self.version.own_title or str(self.version.post)

    @property
    def say(self) -> str:
        """The reason in the language of whoever reads."""
        return why(self.reason, self.reason_places)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.state in self.WAITING and self.planned_for < timezone.now() - OVERDUE

    @property
    def is_under_way(self) -> bool:
        """Due, being sent or looked up: its state changes by itself soon."""
        is_due = self.due_at is not None and self.due_at <= timezone.now()
        return self.state == self.State.SENDING or (is_due and self.state in (self.State.SCHEDULED, self.State.UNSURE))

    @property
    def may_move(self) -> bool:
        return self.state in (self.State.SCHEDULED, self.State.STOPPED)

    @property
    def may_drag(self) -> bool:
        """What is stopped stands in the calendar, too; but to move it sets it going, and undo would not stop it."""
        return self.state == self.State.SCHEDULED

    @property
    def may_cancel(self) -> bool:
        """What was refused can be let be, too."""
        return self.may_move or self.state == self.State.FAILED


class Attempt(models.Model):
    """One try to send, or one look-up; written when it has ended. While one runs, the publication is "sending"."""

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("Published")
        FOUND = "found", _("Found on the network")
        MISSING = "missing", _("Not on the network")
        REFUSED = "refused", _("Refused")
        NOT_ALLOWED = "not_allowed", _("Access denied")
        TOO_FAST = "too_fast", _("Rate limit")
        UNREACHABLE = "unreachable", _("Not reachable")
        UNSURE = "unsure", _("No clear answer")
        CUT_OFF = "cut_off", _("Cut off: the worker stopped")

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True, default="")
    reason_places = models.JSONField(default=dict)
    detail = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["number", "id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"

    @property
    def say(self) -> str:
        return why(self.reason, self.reason_places)
