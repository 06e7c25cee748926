"""What we look for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Query(models.Model):
    """A query in the language of `signals.query_language`. `search_below`: stored mentions with lower numbers are still
    to be searched; None: all have been."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    text = models.CharField(_("Query"), max_length=1000)
    is_active = models.BooleanField(_("Active"), default=True)
    search_below = models.BigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_being_searched(self) -> bool:
        return self.search_below is not None
