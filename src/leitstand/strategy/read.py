"""Collects readings: typed by people, and figures that channels and publishing report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from leitstand.channels import queries as channels
from leitstand.core import jobs
from leitstand.core.clock import local_to_utc
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.strategy.events import ReadingPutBack, ReadingsImported, ReadingTakenBack, ReadingWritten
from leitstand.strategy.models import Goal, Reading
from leitstand.strategy.parse import EXPECTED, readings_in

CLOCKS_DIFFER = timedelta(minutes=5)


def record_reading(
    goal_id: int, value: Decimal | int, at: datetime, source: str = "hand", by: Person | None = None, note: str = ""
) -> Reading:
    """One reading per goal, source and moment; the same again corrects the value."""
    reading, _fresh = Reading.objects.update_or_create(
        goal_id=goal_id,
        source=source,
        at=at,
        taken_back_at=None,
        defaults={"value": value, "by": by, "note": note[:200]},
    )
    return reading


@transaction.atomic
def accept_reading(goal: Goal, value: Decimal | int, at: datetime, source: str, by: Person, note: str = "") -> Reading:
    """A reading that a person or a program hands in. Declined when the goal has ended, or for a time to come."""
    demand_open(goal)
    demand_past(at)
    reading = record_reading(goal.pk, value, at, source, by, note)
    record(ReadingWritten(reading.pk), by)
    return reading


def demand_open(goal: Goal) -> None:
    """Declined when the goal was met or given up: its readings stay as they were."""
    if goal.state != Goal.State.OPEN:
        raise Declined(_("This goal has ended. It takes no more readings."), status=409)


def demand_past(at: datetime) -> None:
    """Declined for a time to come; clocks may differ by a few minutes."""
    if at > timezone.now() + CLOCKS_DIFFER:
        raise Declined(
            _("A reading cannot lie in the future: %(day)s.") % {"day": date_format(at, "SHORT_DATE_FORMAT")}
        )


def record_post_figures(goal_id: int, totals: Mapping[str, int], at: datetime) -> None:
    """Sums of the posts that serve a goal, where the goal counts them."""
    goal = Goal.objects.filter(pk=goal_id, state=Goal.State.OPEN).first()
    if goal and goal.measure in totals:
        record_reading(goal_id, totals[goal.measure], at.replace(second=0, microsecond=0), "posts")


@jobs.every("7 * * * *")
@jobs.job("strategy.read_channels", queue_name="measure")
def read_channels() -> None:
    """Each hour: goals that count followers read their channel, if it is connected: old counts are no readings."""
    at = timezone.now().replace(minute=0, second=0, microsecond=0)
    for goal in Goal.objects.filter(state=Goal.State.OPEN, measure=Goal.Measure.FOLLOWERS).exclude(channel=None):
        channel = channels.channel(goal.channel_id or 0)
        if channel.is_ready and channel.followers is not None:
            record_reading(goal.pk, channel.followers, at, "channel")


@transaction.atomic
def take_back(reading: Reading, by: Person) -> None:
    """The reading counts no more; it can be put back. Declined when the goal has ended. Twice is once."""
    demand_open(reading.goal)
    if reading.taken_back_at:
        return
    Reading.objects.filter(pk=reading.pk).update(taken_back_at=timezone.now())
    record(ReadingTakenBack(reading.pk), by)


@transaction.atomic
def put_back(reading: Reading, by: Person) -> None:
    """It counts again. Declined when the goal has ended, or another one stands in its place by now."""
    demand_open(reading.goal)
    same = Reading.objects.filter(goal=reading.goal_id, source=reading.source, at=reading.at, taken_back_at=None)
    if same.exclude(pk=reading.pk).exists():
        raise Declined(_("Another reading of the same time counts by now; take that one back first."), status=409)
    Reading.objects.filter(pk=reading.pk).update(taken_back_at=None)
    record(ReadingPutBack(reading.pk), by)


@transaction.atomic
def import_csv(goal: Goal, text: str, by: Person) -> int:
    """Keeps all readings of the file, or none; returns how many. Declined with the line that is wrong."""
    demand_open(goal)
    found = list(readings_in(text))
    if not found:
        raise Declined(_("There is no reading in this file."), hints=[EXPECTED])
    for at, value in found:
        moment = at if at.tzinfo else local_to_utc(at).utc
        demand_past(moment)
        record_reading(goal.pk, value, moment, "import", by)
    record(ReadingsImported(goal.pk, len(found)), by)
    return len(found)
