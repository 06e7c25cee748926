"""Saved replies, and how fast we want to answer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.community.models.conversation import Conversation


class SavedReply(models.Model):
    """A text to start an answer from. `{name}` becomes the person's name."""

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    language = models.CharField(_("Language"), max_length=5, choices=settings.LANGUAGES, default="de")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title


class ResponseTarget(models.Model):
    """Minutes of service time within which a kind of conversation is answered."""

    kind = models.CharField(max_length=10, choices=Conversation.Kind.choices, unique=True)
    minutes = models.PositiveIntegerField(_("Minutes of service time"))

    def __str__(self) -> str:
        return f"{self.kind}: {self.minutes}"
