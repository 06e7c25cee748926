"""Collects readings: typed by people, and figures that channels and publishing report."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leitstand.channels import queries as channels
from leitstand.core import jobs
from leitstand.core.clock import local_to_utc
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.strategy.events import ReadingTakenBack
from leitstand.strategy.models import Goal, Reading

MOST_ROWS = 5_000


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


def record_post_figures(goal_id: int, totals: Mapping[str, int], at: datetime) -> None:
    """Sums of the posts that serve a goal, where the goal counts them."""
    goal = Goal.objects.filter(pk=goal_id, state=Goal.State.OPEN).first()
    if goal and goal.measure in totals:
        record_reading(goal_id, totals[goal.measure], at.replace(second=0, microsecond=0), "posts")


@jobs.every("7 * * * *")
@jobs.job("strategy.read_channels", queue_name="measure")
def read_channels() -> None:
    """Each hour: goals that count followers read their channel."""
    at = timezone.now().replace(minute=0, second=0, microsecond=0)
    for goal in Goal.objects.filter(state=Goal.State.OPEN, measure=Goal.Measure.FOLLOWERS).exclude(channel=None):
        followers = channels.channel(goal.channel_id or 0).followers
        if followers is not None:
            record_reading(goal.pk, followers, at, "channel")


@transaction.atomic
def take_back(reading: Reading, by: Person) -> None:
    """The reading counts no more; it can be put back."""
    Reading.objects.filter(pk=reading.pk).update(taken_back_at=timezone.now())
    record(ReadingTakenBack(reading.pk), by)


def put_back(reading: Reading) -> None:
    Reading.objects.filter(pk=reading.pk).update(taken_back_at=None)


@transaction.atomic
def import_csv(goal: Goal, text: str, by: Person) -> int:
    """Rows of "date;value" (or commas), all or nothing; returns how many. Declined with the line that is wrong."""
    dialect = ";" if text.count(";") >= text.count(",") else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=dialect) if row]
    if len(rows) > MOST_ROWS:
        raise Declined(_("At most 5,000 rows at once."))
    for number, row in enumerate(rows, 1):
        if number == 1 and not row[0][:1].isdecimal():
            continue
        at, value = _row(number, row)
        record_reading(goal.pk, value, at, "import", by)
    return goal.readings.filter(source="import").count()


def _row(number: int, row: list[str]) -> tuple[datetime, Decimal]:
    try:
        return local_to_utc(datetime.fromisoformat(row[0].strip())).utc, _decimal(row[1])
    except (ValueError, IndexError, InvalidOperation) as error:
        hint = _("Expected for example: 2026-11-02;1250")
        raise Declined(_("Line %(n)d cannot be read.") % {"n": number}, str(error), hints=[hint]) from error


def _decimal(text: str) -> Decimal:
    """1.250,5 and 1,250.5 and 1250.5 mean what they say."""
    compact = text.strip().replace(" ", "").replace("\u00a0", "")
    if "," in compact and compact.rfind(",") > compact.rfind("."):
        compact = compact.replace(".", "").replace(",", ".")
    return Decimal(compact.replace(",", ""))
