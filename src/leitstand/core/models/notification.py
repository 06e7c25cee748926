"""Something a person should know; shown in the page, and sent by mail or alarm address if they wish."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Notification(models.Model):
    """Belongs to one person. `level` is info, warning or alarm. `key` keeps the same news from coming twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    level = models.CharField(max_length=10, default="info")
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, default="")
    url = models.CharField(max_length=300, blank=True, default="")
    key = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["person", "read_at"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "key"],
                condition=~models.Q(key="") & models.Q(read_at=None),
                name="notification_once_while_unread",
            )
        ]

    def __str__(self) -> str:
        return self.title
