"""An image and the record of our right to use it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Asset(models.Model):
    """The stored file is upright and without metadata. `ends_on` is the last day we may publish it."""

    class Licence(models.TextChoices):
        OWN = "own", _("Made by us")
        BOUGHT = "bought", _("Licence bought")
        FREE = "free", _("Free licence (for example Creative Commons)")
        PERMITTED = "permitted", _("Permission in writing")

    file = models.ImageField(upload_to="assets/%Y/%m", width_field="width", height_field="height")
    name = models.CharField(_("File name"), max_length=200)
    mime = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    alt = models.TextField(_("Alt text"), blank=True, default="")
    licence = models.CharField(_("Licence"), max_length=10, choices=Licence.choices, blank=True, default="")
    source = models.CharField(_("Source"), max_length=300, blank=True, default="")
    credit = models.CharField(_("Credit line"), max_length=200, blank=True, default="")
    ends_on = models.DateField(_("May be used until"), null=True, blank=True)
    shows_people = models.BooleanField(_("People can be recognised"), default=False)
    release = models.CharField(_("Consent of these people (where it is filed)"), max_length=200, blank=True, default="")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name
