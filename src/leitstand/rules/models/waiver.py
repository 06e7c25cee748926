"""A reasoned exception for one exact content."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.rules.checks import TITLES


class Waiver(models.Model):
    """Bound to the hash of the content: any edit voids it."""

    rule = models.SlugField()
    content_hash = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(_("Reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "content_hash"], name="waived_once")]

    def __str__(self) -> str:
        return self.rule

    @property
    def title(self) -> str:
        """The rule's own; its bare name where it is gone."""
        return str(TITLES.get(self.rule, self.rule))
