"""Something that was said, stored once."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.listening.models.query import Query
from leitstand.listening.models.source import Source
from leitstand.listening.unaccented import unaccented_column

SAID = (unaccented_column("title"), unaccented_column("text"))


class Mention(models.Model):
    """From a source, or from the inbox of a channel. `words` is its full text, without accents, stemmed in German
    and English.

    `page`: what all spellings of `url` have in common. `tone_by_hand`: a person corrected the judgement. `is_private`:
    not everybody may read it.
    """

    class Tone(models.TextChoices):
        NEGATIVE = "negative", _("Negative")
        NEUTRAL = "neutral", _("Neutral")
        POSITIVE = "positive", _("Positive")
        UNSURE = "unsure", _("Unsure")

    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="mentions")
    channel = models.ForeignKey("channels.Channel", null=True, on_delete=models.CASCADE, related_name="+")
    remote_id = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, default="article")
    url = models.CharField(max_length=1000, blank=True, default="")
    page = models.CharField(max_length=1000, blank=True, default="")
    at = models.DateTimeField(db_index=True)
    title = models.TextField(blank=True, default="")
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True, default="")
    author_remote_id = models.CharField(max_length=300, blank=True, default="")
    author_handle = models.CharField(max_length=200, blank=True, default="")
    author_name = models.CharField(max_length=200, blank=True, default="")
    author_url = models.CharField(max_length=500, blank=True, default="")
    followers = models.PositiveIntegerField(null=True)
    in_reply_to = models.CharField(max_length=500, blank=True, default="")
    thread_root = models.CharField(max_length=500, blank=True, default="")
    tone = models.CharField(max_length=10, choices=Tone.choices, default=Tone.NEUTRAL)
    score = models.FloatField(default=0)
    hostility = models.FloatField(default=0)
    urgency = models.FloatField(default=0)
    is_question = models.BooleanField(default=False)
    is_complaint = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    is_private = models.BooleanField(default=False)
    tone_by_hand = models.BooleanField(default=False)
    handed_over_at = models.DateTimeField(null=True)
    stored_at = models.DateTimeField(auto_now_add=True)
    words = models.GeneratedField(
        expression=SearchVector(*SAID, config="german") + SearchVector(*SAID, config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    queries = models.ManyToManyField(Query, through="Hit", related_name="mentions")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="mention_words"),
            HashIndex(fields=["page"], name="mention_page"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "channel", "remote_id"], nulls_distinct=False, name="a_mention_is_stored_once"
            )
        ]

    def __str__(self) -> str:
        return self.title or self.text[:80]


class Hit(models.Model):
    """A query found this mention; `spans` are the places in title + newline + text."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="hits")
    query = models.ForeignKey(Query, on_delete=models.CASCADE, related_name="hits")
    spans = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mention", "query"], name="a_query_hits_once")]

    def __str__(self) -> str:
        return f"{self.query}"
