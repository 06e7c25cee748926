"""The company's choices about publishing: one row."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Policy(models.Model):
    """`four_eyes`: nobody approves their own post. `late_minutes`: later than that, a person decides."""

    four_eyes = models.BooleanField(_("Nobody approves their own post"), default=False)
    late_minutes = models.PositiveIntegerField(
        _("Minutes a post may be late before a person must decide"), default=720, validators=[MinValueValidator(1)]
    )

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="policy_is_one_row")]

    def __str__(self) -> str:
        return "policy"

    @classmethod
    def current(cls) -> Policy:
        return cls.objects.filter(pk=1).first() or cls(pk=1)
