"""Step five: sends what is due, once.

    sweep (each second)  finds channels with something due and enqueues one `drain` for each
    drain                holds the channel's lock and sends one publication after the other
    begin                one statement: still as it was read, due, unchanged and not on hold? then "sending"
    deliver              calls the network, outside any transaction
    finish               short transaction: records the outcome

The lock is a PostgreSQL advisory lock of the session: it falls with the worker. Whoever holds it knows that
a row still in "sending" was cut off; it becomes unsure and is looked up (`settle`), never sent again blindly.
A proof that arrives late always wins, also when the database broke off meanwhile. Due publications are read some
at a time; what has changed since they were read is not sent but read again: `begin` compares the row, the post's
revision and the hold.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.protocol import Content
from leitstand.core import jobs
from leitstand.core.errors import Declined
from leitstand.core.persist import surely
from leitstand.publishing import approve, gate, outcome, settle
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.hold import is_held
from leitstand.publishing.models import Policy, Publication

LOCK_SPACE = 4_712
CHANGED = gettext_noop("The post was changed after its approval. Approve it again, then send it.")
TOO_LATE = gettext_noop("Its time passed long ago and it could not be sent. Send it now, or choose a new time.")
BLOCKED = gettext_noop("A rule blocks it now: {rule}")
# One statement, and SQL because it is asked for every post: what was read must still be so, at this very moment.
CLAIM = """
    UPDATE publishing_publication AS mine
       SET state = 'sending', attempts_made = attempts_made + 1, sent_at = %(now)s, lookups = 0
      FROM publishing_version AS version JOIN publishing_post AS post ON post.id = version.post_id
     WHERE mine.id = %(id)s AND mine.state = %(state)s AND mine.due_at <= %(now)s AND mine.content_hash = %(hash)s
       AND version.id = mine.version_id AND post.revision = %(revision)s
       AND NOT EXISTS (SELECT FROM publishing_hold WHERE ended_at IS NULL)
"""
AT_ONCE = 20
TURN = 10.0


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked about every publication of one reading: the house's rules, and how late one may be."""

    house: gate.House
    latest: timedelta


@jobs.tick(seconds=1)
def sweep() -> int:
    """Enqueues a drain for each channel with something due that nobody works on; safe in several workers."""
    ready = _ready().values_list("channel_id", flat=True).distinct().order_by()
    cut_off = Publication.objects.filter(state=Publication.State.SENDING).values_list("channel_id", flat=True)
    waiting = set(ready) & channels.publishable_ids() | set(cut_off)
    free = waiting - _locked_channels() if waiting else waiting
    return sum(jobs.enqueue(drain, once=f"drain-{channel_id}", channel_id=channel_id) for channel_id in free)


@jobs.job("publishing.drain", queue_name="publish")
def drain(channel_id: int) -> None:
    """Sends what is due on one channel, in order, for some seconds; then other channels get their turn."""
    with _channel_lock(channel_id) as mine:
        if mine:
            settle.adopt_cut_off(channel_id)
            _work(channel_id, time.monotonic() + TURN)
            if channels.channel(channel_id).is_gone:  # disconnected while something was being sent
                settle.leave(channel_id)


def _work(channel_id: int, until: float) -> None:
    """Ends, too, when the session broke: its lock is gone, and another worker may be at the channel."""
    session = connection.connection
    while some := _due(channel_id):
        terms = _terms()
        for publication in some:
            goes_on = work_on(publication, terms) and connection.connection is session
            if not goes_on or time.monotonic() > until:
                return


def _terms() -> Terms:
    return Terms(gate.house(), timedelta(minutes=Policy.current().late_minutes))


def work_on(publication: Publication, terms: Terms) -> bool:
    """Sends or looks up one publication; False: leave this channel for now."""
    channel = channels.publishable().filter(pk=publication.channel_id).first()
    if channel is None:
        return False
    publication.channel = publication.version.channel = channel
    if publication.state == Publication.State.UNSURE:
        follows = settle.look_up(publication)
        if follows is not settle.Next.SEND_AGAIN:
            return follows is settle.Next.GO_ON
    return _send(publication, terms)


def _send(publication: Publication, terms: Terms) -> bool:
    content = _content(publication, terms)
    if content is None or not begin(publication):
        return True
    answer = calls.deliver(publication.channel, content, str(publication.key))
    return surely(lambda: outcome.finish(publication, answer))


def _ready() -> QuerySet[Publication]:
    """What must be worked on now. A hold lets nothing out, but what may be out already is still looked up."""
    due = Publication.objects.due(timezone.now())
    return due.filter(state=Publication.State.UNSURE) if is_held() else due


def _due(channel_id: int) -> list[Publication]:
    """The next some, with everything that is asked about them."""
    if channel_id not in channels.publishable_ids():
        return []
    due = _ready().filter(channel_id=channel_id).order_by("due_at", "id")
    whole = due.select_related("version__post", "channel")
    facts = ("version__post__versions", "version__post__images", "version__post__approvals")
    return list(whole.prefetch_related(*facts)[:AT_ONCE])


def _content(publication: Publication, terms: Terms) -> Content | None:
    """What goes out, images shaped. None: it must not, or cannot be made; the row says why."""
    if obstacle := _obstacle(publication, terms):
        outcome.stop(publication, *obstacle)
        return None
    try:
        return content_of(publication.version)
    except (Declined, OSError) as error:
        say = str(error.say) if isinstance(error, Declined) else gettext_noop("An image of this post cannot be read.")
        outcome.stop(publication, say, str(error))
        return None


def begin(publication: Publication) -> bool:
    """Claims the row. False: it is no longer as it was read, or must not go out now."""
    publication.sent_at, publication.attempts_made = timezone.now(), publication.attempts_made + 1
    seen: dict[str, Any] = {
        "id": publication.pk,
        "now": publication.sent_at,
        "state": publication.state,
        "hash": publication.content_hash,
        "revision": publication.version.post.revision,
    }
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, seen)
        claimed = bool(cursor.rowcount)
    if claimed:
        publication.state = Publication.State.SENDING
    return claimed


def _obstacle(publication: Publication, terms: Terms) -> tuple[str, str, dict[str, str]] | None:
    """Why it may not go out although its time has come: reason, detail, places."""
    late = timezone.now() - publication.planned_for
    if late > terms.latest:
        return TOO_LATE, f"late by {late}", {}
    if fingerprint(publication.version.post) != publication.content_hash:
        return CHANGED, "content hash differs from the scheduled one", {}
    if not approve.has_yes(publication.version.post, publication.content_hash):
        return approve.SENT_BACK, "the newest word on this content is a no", {}
    finding = gate.first_block(publication.version, terms.house)
    return (BLOCKED, finding.rule, {"rule": str(finding.say)}) if finding else None


# --- one at a time on each channel ---------------------------------------------------------------


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


def _locked_channels() -> set[int]:
    """Channels somebody works on right now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE locktype = 'advisory' AND classid = %s AND granted AND datname = current_database()",
            [LOCK_SPACE],
        )
        return {row[0] for row in cursor.fetchall()}
