"""An invitation by link: no mail server needed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from leitstand.core.people.roles import Role, names

VALID_FOR = timedelta(days=7)


def fresh_token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """Valid once, for seven days. Whoever has the link may join with these roles. An address has one at a time."""

    token = models.CharField(max_length=64, unique=True, default=fresh_token)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True, default="")
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["email"], condition=models.Q(used_at=None), name="invitation_open_once")
        ]
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.email

    @property
    def role_names(self) -> list[str]:
        return names(self.roles)

    @property
    def expires_at(self) -> datetime:
        return self.created_at + VALID_FOR

    @property
    def is_open(self) -> bool:
        return self.used_at is None and timezone.now() < self.expires_at
