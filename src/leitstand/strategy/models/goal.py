"""What we want, by when, and who pursues it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Goal(models.Model):
    """A goal moves a measure from `start` to `target` between two days. Given up only with a reason."""

    class Measure(models.TextChoices):
        BY_HAND = "by_hand", _("Read by hand")
        FOLLOWERS = "followers", _("Followers of a channel")
        LIKES = "likes", _("Likes of the posts that serve it")
        SHARES = "shares", _("Shares of the posts that serve it")
        REPLIES = "replies", _("Replies to the posts that serve it")
        VIEWS = "views", _("Views of the posts that serve it")

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every two weeks")
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MET = "met", _("Met")
        GIVEN_UP = "given_up", _("Given up")

    DAYS: ClassVar = {"weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}

    title = models.CharField(_("Goal"), max_length=200)
    why = models.TextField(_("Why"), blank=True, default="")
    measure = models.CharField(_("Measure"), max_length=12, choices=Measure.choices, default=Measure.BY_HAND)
    unit = models.CharField(_("What is counted"), max_length=60)
    channel = models.ForeignKey(
        "channels.Channel",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("Channel"),
    )
    start = models.DecimalField(_("Start value"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("Target value"), max_digits=14, decimal_places=2)
    begins_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("Owner")
    )
    rhythm = models.CharField(_("Review"), max_length=12, choices=Rhythm.choices, default=Rhythm.MONTHLY)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    ended_because = models.TextField(blank=True, default="")
    next_review_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["ends_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="a_goal_has_time"),
            models.CheckConstraint(condition=~Q(start=F("target")), name="a_goal_moves_something"),
            models.CheckConstraint(condition=~Q(state="given_up") | ~Q(ended_because=""), name="given_up_in_writing"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def interval(self) -> timedelta:
        return timedelta(days=self.DAYS[self.rhythm])

    def review_after(self, day: date) -> date:
        """One rhythm later, at the latest when the deadline has passed; who missed it is asked each week."""
        if day > self.ends_on:
            return day + min(self.interval, timedelta(days=7))
        return min(day + self.interval, self.ends_on + timedelta(days=1))


class Review(models.Model):
    """Somebody looked at the goal and decided how to go on."""

    class Decision(models.TextChoices):
        CONTINUE = "continue", _("Go on")
        CHANGE = "change", _("Change the measures")
        MET = "met", _("It is met")
        GIVE_UP = "give_up", _("Give it up")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="reviews")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("Decision"), max_length=10, choices=Decision.choices)
    note = models.TextField(_("What we saw, and why we decide so"))

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.goal}: {self.decision}"
