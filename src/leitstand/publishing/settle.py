"""Clears up what is unsure: looks it up on the network, else asks a person. Never sends again blindly.

An attempt that was cut off may still be on its way: a look-up that finds nothing is believed only when the
network has settled (`Network.settles_in` seconds after the answer was lost), or at once where the network
itself makes one post of one key (`repeats_safely`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
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
from leitstand.publishing import gate, hold, outcome, queries, serve
from leitstand.publishing.content import content_of, fingerprint
from leitstand.publishing.events import PublicationUnsure, UnsureDecided
from leitstand.publishing.models import Attempt, Publication

CUT_OFF = gettext_noop("The sending was cut off. We are looking whether it arrived.")
ASK = gettext_noop("We cannot tell whether the network took this post. Please look there and decide.")
KEY_HOLDS = timedelta(minutes=30)
MOST_LOOKUPS = 8
MOST_SENDINGS = 8


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


def look_up(publication: Publication) -> bool:
    """Looks once; returns whether the channel may go on at once."""
    if not can(channels.connector_of(publication.channel), "find"):
        _without_look_up(publication)
        return True
    content = _content_as_sent(publication)
    if content is None:
        _ask_people(publication)
        return True
    since = (publication.sent_at or publication.planned_for) - timedelta(minutes=5)
    answer = calls.find(publication.channel, content, str(publication.key), since)
    if isinstance(answer, ConnectorError):
        outcome.end_attempt(publication, outcome.OUTCOMES[type(answer)], answer)
        _later(publication, answer)
        return False
    _conclude(publication, content, answer)
    return True


def _content_as_sent(publication: Publication) -> Content | None:
    """What was sent. None: the post was changed since, or an image is gone; other words would find nothing."""
    if fingerprint(publication.version.post) != publication.content_hash:
        return None
    try:
        return content_of(publication.version)
    except (Declined, OSError):
        return None


def _conclude(publication: Publication, content: Content, found: Published | None) -> None:
    """The network has answered. The proof of another publication with the same words proves nothing.

    Of a thread that broke off the rest follows under the same key, or a person decides.
    """
    if found is None:
        outcome.end_attempt(publication, Attempt.Outcome.MISSING)
        _missing(publication)
    elif _is_of_another(publication, found) or len(found.parts) < len(content.thread):
        _without_look_up(publication)
    else:
        outcome.publish(publication, found, Attempt.Outcome.FOUND)


def _is_of_another(publication: Publication, found: Published) -> bool:
    known = queries.publication_on(publication.channel_id, found.remote_id)
    return known is not None and known.pk != publication.pk


def _missing(publication: Publication) -> None:
    """Not there: believed at once if a repeat is harmless, else when the network has settled."""
    left = timedelta(seconds=channels.network_of(publication.channel).settles_in) - _quiet_for(publication)
    if left > timedelta() and not _repeats_safely(publication):
        _look_again_at(publication, left)
    elif hold.came_upon(publication):
        outcome.stop(publication, hold.MISSED, "looked for after a hold, and not there")
    else:
        _send_again(publication)


def _quiet_for(publication: Publication) -> timedelta:
    """The time since we last lost an answer."""
    lost = publication.attempts.filter(outcome__in=outcome.LOST).aggregate(last=Max("ended_at"))["last"]
    return timezone.now() - (lost or publication.sent_at or publication.planned_for)


def _repeats_safely(publication: Publication) -> bool:
    """Whether the network still knows the key, and the post is still wanted."""
    age = timezone.now() - (publication.sent_at or publication.planned_for)
    is_known = channels.network_of(publication.channel).repeats_safely and age < KEY_HOLDS
    return is_known and not hold.came_upon(publication)


def _send_again(publication: Publication) -> None:
    """Same key, at once; but what breaks off again and again is a matter for people."""
    if publication.attempts_made >= MOST_SENDINGS:
        _ask_people(publication)
    else:
        _put_back(publication)


def _put_back(publication: Publication, **columns: Any) -> None:
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(
        state=Publication.State.SCHEDULED, due_at=timezone.now(), reason="", reason_places={}, detail="", **columns
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
        _ask_people(publication)
        return
    Publication.objects.filter(pk=publication.pk).update(lookups=lookups)
    pause = error.after if isinstance(error, TooFast) else outcome.pause_after(lookups)
    _look_again_at(publication, timedelta(seconds=pause))


def _without_look_up(publication: Publication) -> None:
    if _repeats_safely(publication):
        _send_again(publication)
    else:
        _ask_people(publication)


@transaction.atomic
def _ask_people(publication: Publication) -> None:
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(
        due_at=None, reason=ASK, reason_places={}
    )
    outcome.tell(publication, _("Please decide: did this post go out?"), str(publication.version))


@transaction.atomic
def decide(publication: Publication, decision: str, by: Person, url: str = "") -> None:
    """A person's word: "published" (with the address), "again" (it is not there), or "leave" (give it up)."""
    locked = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if locked.state != Publication.State.UNSURE:
        raise Declined(_("This has been decided already."), status=409)
    if decision == "published":
        _take_word(locked, url)
    elif decision == "again":
        gate.demand_signature(by)
        _put_back(locked, planned_for=timezone.now())
    elif decision == "leave":
        Publication.objects.filter(pk=locked.pk).update(state=Publication.State.CANCELLED, due_at=None)
    else:
        raise Declined(_("Please decide: did this post go out?"), decision)
    record(UnsureDecided(locked.pk, decision), by)
    serve.tell_goal(locked.version.post.goal_id)


def _take_word(publication: Publication, url: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise Declined(_("Please paste the address of the post on the network."))
    outcome.publish(publication, Published(url, url, timezone.now()), Attempt.Outcome.FOUND)
