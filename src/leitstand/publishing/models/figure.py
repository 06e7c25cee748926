"""What a network counted for a publication at one moment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leitstand.publishing.models.publication import Publication


class Figure(models.Model):
    """None: the network does not tell."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="figures")
    at = models.DateTimeField(auto_now_add=True)
    likes = models.PositiveIntegerField(null=True)
    shares = models.PositiveIntegerField(null=True)
    replies = models.PositiveIntegerField(null=True)
    views = models.PositiveIntegerField(null=True)
    clicks = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.at:%Y-%m-%d %H:%M}"
