"""Somebody's yes or no to one exact content."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.publishing.models.post import Post


class Approval(models.Model):
    """Bound to the hash of the content: any edit voids it by itself."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="approvals")
    content_hash = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.post}: {self.decision}"
