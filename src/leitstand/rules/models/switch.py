"""A company's own severity for a rule, with the reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Switch(models.Model):
    """`severity` "off" switches the rule off."""

    class Severity(models.TextChoices):
        BLOCK = "block", _("Blocks")
        APPROVAL = "approval", _("Needs approval")
        HINT = "hint", _("Hint")
        OFF = "off", _("Switched off")

    rule = models.SlugField(unique=True)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    reason = models.CharField(_("Reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.rule}: {self.severity}"
