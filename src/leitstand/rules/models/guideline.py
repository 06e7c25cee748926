"""The company's guideline, version by version, and who has signed which."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Guideline(models.Model):
    """One version, in force from `published_at` on and never changed after. `number` None: the draft."""

    number = models.PositiveIntegerField(null=True, unique=True)
    text_de = models.TextField(_("Text in German"), blank=True, default="")
    text_en = models.TextField(_("Text in English"), blank=True, default="")
    note = models.CharField(_("What is new"), max_length=300, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(number__isnull=True), name="one_draft_of_the_guideline"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number or '–'}"

    def text(self, language: str) -> str:
        """In that language, else in the other."""
        german, english = self.text_de, self.text_en
        return (german or english) if language == "de" else (english or german)

    @property
    def mark(self) -> str:
        """Names this version with these very words: a form carries it, and so says what its writer had before them."""
        return hashlib.sha256("\0".join([str(self.pk), self.text_de, self.text_en, self.note]).encode()).hexdigest()


class Acknowledgement(models.Model):
    """Somebody has read one version and signed it. `text_hash` is the SHA-256 of the very text shown."""

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["guideline", "person"], name="signed_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.guideline}"
