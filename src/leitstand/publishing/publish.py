"""Step five: sends what is due, once.

    sweep (each second)  finds channels with something due and enqueues one `drain` for each
    drain                holds the channel's lock and sends one publication after the other
    begin                short transaction: hold, approval, hash and gate are checked again, state "sending"
    deliver              calls the network, outside any transaction
    finish               short transaction: records the outcome

The lock is a PostgreSQL advisory lock of the session: it falls with the worker. Whoever holds it knows that
a row still in "sending" was cut off; it becomes unsure and is looked up (`settle`), never sent again blindly.
A proof that arrives late always wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.protocol import Content
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.publishing import gate, outcome, settle
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.hold import is_held
from leitstand.publishing.models import Attempt, Policy, Publication

LOCK_SPACE = 4_712
CHANGED = gettext_noop("The post was changed after its approval. Approve it again, then send it.")
TOO_LATE = gettext_noop("Its time passed long ago and it could not be sent. Send it now, or choose a new time.")
BLOCKED = gettext_noop("A rule blocks it now: {rule}")
AT_ONCE = 200


@jobs.tick(seconds=1)
def sweep() -> int:
    """Enqueues a drain for each channel with something due; cheap, and safe in several workers."""
    if is_held():
        return 0
    ready = Publication.objects.due(timezone.now()).values_list("channel_id", flat=True).distinct().order_by()
    cut_off = Publication.objects.filter(state=Publication.State.SENDING).values_list("channel_id", flat=True)
    waiting = set(ready) & channels.publishable_ids() | set(cut_off)
    return sum(jobs.enqueue(drain, once=f"drain-{channel_id}", channel_id=channel_id) for channel_id in waiting)


@jobs.job("publishing.drain", queue_name="publish")
def drain(channel_id: int) -> None:
    """Sends everything due on one channel, in order. Somebody else at it: nothing to do."""
    with _channel_lock(channel_id) as mine:
        if not mine:
            return
        settle.adopt_cut_off(channel_id)
        for _turn in range(AT_ONCE):
            publication = _next(channel_id)
            if publication is None or not work_on(publication):
                return


def work_on(publication: Publication) -> bool:
    """Sends or looks up one publication; False: leave this channel for now."""
    if publication.state == Publication.State.UNSURE:
        return settle.look_up(publication)
    content = _content(publication)
    if content is None or not begin(publication):
        return True
    answer = calls.deliver(publication.channel, content, str(publication.key))
    return outcome.finish(publication, answer)


def _next(channel_id: int) -> Publication | None:
    if is_held() or channel_id not in channels.publishable_ids():
        return None
    due = Publication.objects.due(timezone.now()).filter(channel_id=channel_id).order_by("due_at", "id")
    return due.select_related("version__post__author", "version__channel", "channel").first()


def _content(publication: Publication) -> Content | None:
    """The content, images shaped; a content that cannot be made stops the publication with the reason."""
    try:
        return content_of(publication.version)
    except (Declined, OSError) as error:
        say = str(error.say) if isinstance(error, Declined) else gettext_noop("An image of this post cannot be read.")
        outcome.stop(publication, say, str(error))
        return None


def begin(publication: Publication) -> bool:
    """Claims the row. False: it must not go out (now); the row says why."""
    with transaction.atomic():
        locked = (
            Publication.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=publication.pk, state=Publication.State.SCHEDULED)
            .first()
        )
        if locked is None or is_held():
            return False
        if obstacle := _obstacle(publication):
            outcome.stop(publication, *obstacle)
            return False
        _claim(locked)
    return True


def _claim(publication: Publication) -> None:
    now = timezone.now()
    number = publication.attempts_made + 1
    Publication.objects.filter(pk=publication.pk).update(
        state=Publication.State.SENDING, attempts_made=number, sent_at=now, lookups=0
    )
    Attempt.objects.create(publication=publication, number=number, started_at=now)


def _obstacle(publication: Publication) -> tuple[str, str, dict[str, str]] | None:
    """Why it may not go out although its time has come: reason, detail, places."""
    late = timezone.now() - publication.planned_for
    if late > timedelta(minutes=Policy.current().late_minutes):
        return TOO_LATE, f"late by {late}", {}
    if fingerprint(publication.version.post) != publication.content_hash:
        return CHANGED, "content hash differs from the scheduled one", {}
    finding = gate.first_block(publication.version)
    return (BLOCKED, finding.rule, {"rule": str(finding.say)}) if finding else None


@contextmanager
def _channel_lock(channel_id: int) -> Iterator[bool]:
    """True for one session at a time; falls by itself when the session ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, channel_id])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, channel_id])
