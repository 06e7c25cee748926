"""A personal token: acts as its person, within its scopes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.core.errors import Text


class Token(models.Model):
    """Only the SHA-256 of the token is kept; `hint` are its first letters."""

    class Scope(models.TextChoices):
        READ = "read", _("Read everything the person may see")
        WRITE = "write", _("Write posts, answers, readings and sources")
        PUBLISH = "publish", _("Approve, schedule, publish and cancel")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), default=list, verbose_name=_("Scopes"))
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def rights(self) -> list[Text]:
        """Its scopes in words."""
        return [self.Scope(scope).label for scope in self.scopes]
