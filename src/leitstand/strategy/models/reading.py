"""One count of a measure."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitstand.strategy.models.goal import Goal

SOURCES = {
    "hand": _("by hand"),
    "import": _("from a CSV file"),
    "channel": _("from the channel"),
    "posts": _("from the posts"),
}


class Reading(models.Model):
    """A correction is a new row at the same time; a row taken back stays, marked."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="readings")
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=2)
    at = models.DateTimeField(_("When"))
    source = models.CharField(max_length=60, default="hand")
    note = models.CharField(_("Note"), max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["goal", "source", "at"], condition=models.Q(taken_back_at=None), name="one_reading_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value}"

    @property
    def origin(self) -> str:
        """Who or what it comes from, in words."""
        return str(self.by or SOURCES.get(self.source) or self.source)
