"""Tables of the practice network."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Account(models.Model):
    """An account somebody connected; `token_hash` is the SHA-256 of its token, None once it was taken away.

    `kind` is one of `kinds.KINDS`; `window` and `spent` count the calls of the running rate-limit window.
    """

    handle = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="practice")
    token_hash = models.CharField(max_length=64, unique=True, null=True)
    followers = models.PositiveIntegerField(default=0)
    window = models.BigIntegerField(default=0)
    spent = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"@{self.handle}"


class PostQuerySet(models.QuerySet["Post"]):
    def visible(self) -> PostQuerySet:
        return self.filter(visible_at__lte=timezone.now(), deleted_at=None)


class Post(models.Model):
    """Something said here, by an account or by one of the audience (`person`). `to` is whom it speaks to.

    `is_part`: a further post of a thread. What the audience will say has its `visible_at` in the future.
    """

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="posts")
    person = models.CharField(max_length=40, blank=True, default="")
    to = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="inbox")
    answers = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    root = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    title = models.CharField(max_length=200, blank=True, default="")
    link = models.CharField(max_length=500, blank=True, default="")
    language = models.CharField(max_length=5, blank=True, default="")
    key = models.CharField(max_length=200, blank=True, default="")
    is_part = models.BooleanField(default=False)
    visible_at = models.DateTimeField(default=timezone.now, db_index=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-visible_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["to", "visible_at", "id"], name="the_inbox")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], condition=~Q(key=""), name="one_post_per_key")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Picture(models.Model):
    """An uploaded image; without a post until it is used."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="practice/%Y/%m")
    mime = models.CharField(max_length=40)
    alt = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.alt


class Reaction(models.Model):
    """A like or a share; counts once its time has come."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=6, choices=[("like", "like"), ("share", "share")])
    person = models.CharField(max_length=40)
    visible_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["post", "kind", "visible_at"])]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
