"""The last step: collects what the networks count, and reports it to the goal a post serves.

Figures are read after 5 minutes, an hour, a day, three days and a week, then no more. Of a channel that is paused or
must be reconnected nothing is read: what is due waits.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.protocol import Figures, can
from leitstand.core import jobs
from leitstand.publishing.models import Figure, Publication
from leitstand.strategy import read

READ_AFTER = [timedelta(minutes=5), timedelta(hours=1), timedelta(days=1), timedelta(days=3), timedelta(days=7)]
COUNTS = ("likes", "shares", "replies", "views", "clicks")


@jobs.every("* * * * *")
@jobs.job("publishing.measure_due", queue_name="measure")
def measure_due() -> None:
    """Enqueues one reading for each publication whose time has come."""
    due = Publication.objects.filter(measure_at__lte=timezone.now(), channel_id__in=channels.ready_ids())
    for publication_id in due.values_list("pk", flat=True)[:500]:
        jobs.enqueue(measure, once=f"measure-{publication_id}", publication_id=publication_id)


@jobs.job("publishing.measure", queue_name="measure", tries=3)
def measure(publication_id: int) -> None:
    """Reads and stores the figures of one publication, and sets the time of the next reading."""
    publication = Publication.objects.select_related("channel", "version__post").get(pk=publication_id)
    if publication.state != Publication.State.PUBLISHED or not publication.channel.is_ready:
        return
    if may_measure(publication):
        read_figures(publication)
    Publication.objects.filter(pk=publication.pk).update(measure_at=next_reading(publication))


def may_measure(publication: Publication) -> bool:
    return can(channels.connector_of(publication.channel), "measure")


def read_figures(publication: Publication) -> ConnectorError | None:
    """Reads and stores what the network counts now; returns what it answers instead of figures."""
    answer = calls.measure(publication.channel, publication.remote_id)
    if isinstance(answer, ConnectorError):
        return answer
    store(publication, answer)
    return None


@transaction.atomic
def store(publication: Publication, figures: Figures) -> None:
    """One Figure row, and one reading for the goal."""
    Figure.objects.create(publication=publication, **{name: getattr(figures, name) for name in COUNTS})
    if goal_id := publication.version.post.goal_id:
        read.record_post_figures(goal_id, totals(goal_id), timezone.now())


def next_reading(publication: Publication) -> datetime | None:
    """When the figures are read next; None after a week."""
    published = publication.published_at or timezone.now()
    later = [published + after for after in READ_AFTER if published + after > timezone.now()]
    return later[0] if later else None


def totals(goal_id: int) -> dict[str, int]:
    """The newest figures of all publications that serve a goal, summed; what no network counts is left out."""
    newest = (
        Figure.objects.filter(publication__version__post__goal_id=goal_id)
        .order_by("publication_id", "-at")
        .distinct("publication_id")
    )
    sums = Figure.objects.filter(pk__in=newest.values("pk")).aggregate(**{name: Sum(name) for name in COUNTS})
    return {name: value for name, value in sums.items() if value is not None}
