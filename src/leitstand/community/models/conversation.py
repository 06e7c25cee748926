"""An exchange with somebody out there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open(self) -> ConversationQuerySet:
        return self.filter(state=Conversation.State.OPEN)

    def unanswered(self) -> ConversationQuerySet:
        return self.open().exclude(due_at=None)

    def going_on(self) -> ConversationQuerySet:
        """In sight or snoozed."""
        return self.exclude(state=Conversation.State.CLOSED)

    def waiting(self) -> ConversationQuerySet:
        """Somebody waits, out of sight or not: a snooze does not stop the clock."""
        return self.going_on().exclude(due_at=None)


class Conversation(models.Model):
    """`due_at`: when the answer must be out (None: nothing to answer). `channel` None: it came from listening.

    `waiting_since`: when the first unanswered message was heard; a closed one keeps it, for the case that it is opened
    again. `is_private`: the newest of their messages is. `thread` is what ties messages together: the root on the
    network, or the mention itself.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SNOOZED = "snoozed", _("Snoozed")
        CLOSED = "closed", _("Closed")

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        QUESTION = "question", _("Question")
        PRAISE = "praise", _("Praise")
        OTHER = "other", _("Other")

    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey("publishing.Publication", null=True, on_delete=models.SET_NULL, related_name="+")
    thread = models.CharField(max_length=500)
    source = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    kind_by_hand = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    author_id_there = models.CharField(max_length=300, blank=True, default="")
    author_name = models.CharField(max_length=200)
    author_handle = models.CharField(max_length=200, blank=True, default="")
    author_url = models.CharField(max_length=500, blank=True, default="")
    followers = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=5, blank=True, default="")
    tone = models.CharField(max_length=10, blank=True, default="")
    hostility = models.FloatField(default=0)
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    first_answer_minutes = models.PositiveIntegerField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due_at", "-last_at"]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "thread", "author_id_there"],
                condition=~Q(state="closed"),
                nulls_distinct=False,
                name="one_open_conversation_per_thread_and_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.author_name}"


class Assignment(models.Model):
    """Who took care of it, and from when to when."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}"


class Typing(models.Model):
    """Somebody writes an answer right now; others see it. Outdated after two minutes without a key."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="typing")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}"
