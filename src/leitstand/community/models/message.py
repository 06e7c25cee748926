"""One message of a conversation: from them, from us, or a note among ourselves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leitstand.channels.words import why
from leitstand.community.models.conversation import Conversation


class Message(models.Model):
    """`state` concerns our answers: queued → sending → sent, failed, or unsure. `key` is the same at every try.

    `tried_since`: the first of the tries that are going on. `unsure_since`: when the first try began that may have
    arrived; `lost_at`: when the last such one was lost, or must be over, while nothing is heard of it.
    """

    class Direction(models.TextChoices):
        IN = "in", _("From them")
        OUT = "out", _("Our answer")
        NOTE = "note", _("Internal note")

    class State(models.TextChoices):
        DONE = "done", _("Done")
        QUEUED = "queued", _("Will be sent")
        SENDING = "sending", _("Being sent")
        FAILED = "failed", _("Not sent")
        UNSURE = "unsure", _("Unsure")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DONE)
    mention = models.ForeignKey("listening.Mention", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    is_private = models.BooleanField(default=False)
    at = models.DateTimeField()
    remote_id = models.CharField(max_length=500, blank=True, default="")
    url = models.CharField(max_length=500, blank=True, default="")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    tried_since = models.DateTimeField(null=True)
    unsure_since = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    reason_places = models.JSONField(default=dict)
    detail = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["remote_id"], name="message_answered", condition=~Q(remote_id=""))]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "remote_id"],
                condition=Q(direction="in") & ~Q(remote_id=""),
                name="a_message_comes_in_once",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_written_there(self) -> bool:
        """Our account's, and nobody's here: it was written on the network itself."""
        return self.direction == self.Direction.OUT and self.person_id is None

    @property
    def may_be_taken_back(self) -> bool:
        """It waits, and no try of it may have arrived."""
        return self.state == self.State.QUEUED and self.unsure_since is None

    @property
    def say(self) -> str:
        """Why it was not sent, in the language of whoever reads."""
        return why(self.reason, self.reason_places)
