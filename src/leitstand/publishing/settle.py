"""Clears up what is unsure: looks it up on the network, else asks a person. Never sends again blindly.

An attempt that was cut off may still be on its way: a look-up that finds nothing is believed only when the
network has settled (`doubt.settles_at`), even where the network makes one post of one key (`repeats_safely`): it
may not know the key before it has done with the first sending. Where no look-up tells, the key decides, as long as
the network remembers it (`key_lives`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.errors import ConnectorError, NotAllowed, TooFast
from leitstand.connectors.protocol import Content, Published, can
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.publishing import doubt, gate, hold, outcome, queries, serve
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.events import PublicationUnsure, UnsureDecided
from leitstand.publishing.models import Attempt, Publication

CUT_OFF = gettext_noop("The sending was cut off. We are looking whether it arrived.")
GONE = gettext_noop("The channel was disconnected. Take this off the plan, or plan the post on another channel.")
CLOCKS_DIFFER = timedelta(minutes=5)
MOST_LOOKUPS = 8
MOST_SENDINGS = 8


class Next(Enum):
    """What follows a look-up."""

    GO_ON = auto()
    """The channel may go on at once."""
    LEAVE = auto()
    """Leave the channel for now."""
    SEND_AGAIN = auto()
    """Send this one again at once, under the same key: the network makes one post of it, or finishes the thread."""


def adopt_cut_off(channel_id: int) -> int:
    """Rows still in "sending" while nobody else holds the channel's lock: their worker died. Returns how many."""
    left = list(Publication.objects.filter(channel_id=channel_id, state=Publication.State.SENDING))
    for publication in left:
        _adopt(publication)
    return len(left)


@transaction.atomic
def _adopt(publication: Publication) -> None:
    soon = timezone.now() + timedelta(seconds=1)
    adopted = Publication.objects.filter(pk=publication.pk, state=Publication.State.SENDING).update(
        state=Publication.State.UNSURE, due_at=soon, reason=CUT_OFF, reason_places={}
    )
    if not adopted:
        return
    outcome.end_attempt(publication, Attempt.Outcome.CUT_OFF)
    record(PublicationUnsure(publication.pk))


def leave(channel_id: int) -> None:
    """The channel is disconnected: what is planned there stops, and of what may be out a person decides."""
    waiting = Publication.objects.filter(channel_id=channel_id, state__in=Publication.WAITING, due_at__isnull=False)
    for publication in waiting.select_related("version__post__author", "version__channel"):
        outcome.stop(publication, GONE, "channel gone")


def look_up(publication: Publication) -> Next:
    """Looks once."""
    content = _content_as_sent(publication)
    if content is None:
        outcome.ask_people(publication)
        return Next.GO_ON
    if not can(channels.connector_of(publication.channel), "find"):
        return _without_look_up(publication, content)
    answer = calls.find(publication.channel, content, str(publication.key), _first_sent(publication) - CLOCKS_DIFFER)
    if isinstance(answer, ConnectorError):
        outcome.end_attempt(publication, outcome.OUTCOMES[type(answer)], answer)
        _later(publication, answer)
        return Next.LEAVE
    return _conclude(publication, content, answer)


def _first_sent(publication: Publication) -> datetime:
    """When the first of its sendings began: what the network has of it may be as old."""
    first: datetime | None = publication.attempts.aggregate(first=Min("started_at"))["first"]
    return first or publication.sent_at or publication.planned_for


def _content_as_sent(publication: Publication) -> Content | None:
    """What was sent. None: the post was changed since, or an image is gone; other words would find nothing."""
    if fingerprint(publication.version.post) != publication.content_hash:
        return None
    try:
        return content_of(publication.version)
    except (Declined, OSError):
        return None


def _conclude(publication: Publication, content: Content, found: Published | None) -> Next:
    """The network has answered. The proof of another publication with the same words proves nothing.

    Of a thread that broke off the rest follows under the same key, or a person decides.
    """
    if found is None:
        return _missing(publication, content)
    if _is_of_another(publication, found):
        return _without_look_up(publication, content)
    if len(found.parts) < len(content.thread):
        _note_beginning(publication, found)
        return _without_look_up(publication, content)
    outcome.publish(publication, found, Attempt.Outcome.FOUND)
    return Next.GO_ON


def _note_beginning(publication: Publication, found: Published) -> None:
    """What is out of a thread that broke off: people shall see it, and answers to it are answers to us."""
    publication.remote_id = found.remote_id[:500]
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(
        remote_id=publication.remote_id, parts=list(found.parts), url=found.url[:500]
    )


def _is_of_another(publication: Publication, found: Published) -> bool:
    known = queries.publication_on(publication.channel_id, found.remote_id)
    return known is not None and known.pk != publication.pk


def _missing(publication: Publication, content: Content) -> Next:
    """Not there: believed when the network has settled. What breaks off again and again is a matter for people."""
    if _waits_for_the_network(publication, content):
        return Next.GO_ON
    outcome.end_attempt(publication, Attempt.Outcome.MISSING)
    if hold.came_upon(publication):
        outcome.stop(publication, hold.MISSED, "looked for after a hold, and not there")
    elif publication.attempts_made >= MOST_SENDINGS:
        outcome.ask_people(publication)
    else:
        _put_back(publication)
    return Next.GO_ON


def _waits_for_the_network(publication: Publication, content: Content) -> bool:
    """Whether what was cut off may still arrive; then it is looked at again when the network has settled."""
    left = doubt.settles_at(publication, content) - timezone.now()
    if left > timedelta():
        _look_again_at(publication, left)
    return left > timedelta()


def _repeats_safely(publication: Publication) -> bool:
    """Whether the network still knows the key, and the post is still wanted."""
    network = channels.network_of(publication.channel)
    return network.repeats_safely and not doubt.key_is_forgotten(publication) and not hold.came_upon(publication)


def _put_back(publication: Publication, **columns: Any) -> None:
    """Surely not there: it is planned as if it had never been sent."""
    said = {"reason": "", "reason_places": {}, "detail": "", "remote_id": "", "parts": [], "url": ""}
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(
        state=Publication.State.SCHEDULED, due_at=timezone.now(), **said, **columns
    )


def _look_again_at(publication: Publication, pause: timedelta) -> None:
    due = timezone.now() + max(pause, timedelta(seconds=1))
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(due_at=due)


def _later(publication: Publication, error: ConnectorError) -> None:
    """The look-up itself failed: again with growing pauses, at last a person decides. Without access it waits."""
    if isinstance(error, NotAllowed):
        return
    lookups = publication.lookups + 1
    if lookups >= MOST_LOOKUPS:
        outcome.ask_people(publication)
        return
    Publication.objects.filter(pk=publication.pk).update(lookups=lookups)
    pause = error.after if isinstance(error, TooFast) else outcome.pause_after(lookups)
    _look_again_at(publication, timedelta(seconds=pause))


def _without_look_up(publication: Publication, content: Content) -> Next:
    """No look-up tells. While it is sent again it stays what it is: unsure, never planned as if nothing were out."""
    if _waits_for_the_network(publication, content):
        return Next.GO_ON
    if publication.attempts_made < MOST_SENDINGS and _repeats_safely(publication):
        return Next.SEND_AGAIN
    outcome.ask_people(publication)
    return Next.GO_ON


@transaction.atomic
def decide(publication: Publication, decision: str, by: Person, url: str = "") -> None:
    """A person's word: "published" (with the address), "again" (it is not there), or "leave" (give it up).

    Declined (409) as long as it is being looked for: the network's word comes first.
    """
    locked = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if locked.state != Publication.State.UNSURE:
        raise Declined(_("This has been decided already."), status=409)
    if locked.due_at is not None:
        raise Declined(
            _("We are still looking for it on the network. You are asked when that finds nothing."), status=409
        )
    if decision == "published":
        _take_word(locked, url)
    elif decision == "again":
        _check_channel(locked)
        gate.demand_signature(by)
        outcome.end_attempt(locked, Attempt.Outcome.MISSING)
        _put_back(locked, planned_for=timezone.now())
    elif decision == "leave":
        Publication.objects.filter(pk=locked.pk).update(state=Publication.State.CANCELLED, due_at=None)
    else:
        raise Declined(_("Please decide: did this post go out?"), decision)
    record(UnsureDecided(locked.pk, decision), by)
    serve.tell_goal(locked.version.post.goal_id)


def _check_channel(publication: Publication) -> None:
    if publication.channel.is_gone:
        raise Declined(_("The channel is disconnected: nothing can be sent there any more."))


def _take_word(publication: Publication, url: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise Declined(_("Please paste the address of the post on the network."))
    known = publication.remote_id or url
    proof = Published(known, url, timezone.now(), parts=tuple(publication.parts))
    outcome.publish(publication, proof, Attempt.Outcome.FOUND)
