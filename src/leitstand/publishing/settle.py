"""Clears up what is unsure: looks it up on the network, else asks a person. Never sends again blindly.

An attempt that was cut off may still be on its way: a look-up that finds nothing is believed only when the
network has settled (`Network.settles_in` seconds after the attempt began), or at once where the network
itself makes one post of one key (`repeats_safely`).
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.errors import ConnectorError
from leitstand.connectors.protocol import Published, can
from leitstand.core.errors import Declined
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify
from leitstand.publishing import outcome
from leitstand.publishing.content import content_of
from leitstand.publishing.events import PublicationUnsure, UnsureDecided
from leitstand.publishing.models import Attempt, Publication

CUT_OFF = gettext_noop("The sending was cut off. We are looking whether it arrived.")
ASK = gettext_noop("We cannot tell whether the network took this post. Please look there and decide.")
KEY_HOLDS = timedelta(minutes=30)
MOST_LOOKUPS = 8


def adopt_cut_off(channel_id: int) -> int:
    """Rows still in "sending" while nobody else holds the channel's lock: their worker died. Returns how many."""
    left = list(Publication.objects.filter(channel_id=channel_id, state=Publication.State.SENDING))
    for publication in left:
        _adopt(publication)
    return len(left)


@transaction.atomic
def _adopt(publication: Publication) -> None:
    soon = timezone.now() + timedelta(seconds=1)
    Publication.objects.filter(pk=publication.pk, state=Publication.State.SENDING).update(
        state=Publication.State.UNSURE, due_at=soon, reason=CUT_OFF, reason_places={}
    )
    outcome.end_attempt(publication, Attempt.Outcome.CUT_OFF)
    record(PublicationUnsure(publication.pk))


def look_up(publication: Publication) -> bool:
    """Looks once; returns whether the channel may go on at once."""
    if not can(channels.connector_of(publication.channel), "find"):
        _without_look_up(publication)
        return True
    since = (publication.sent_at or publication.planned_for) - timedelta(minutes=5)
    answer = calls.find(publication.channel, content_of(publication.version), str(publication.key), since)
    _note_look_up(publication, answer)
    if isinstance(answer, Published):
        outcome.publish(publication, answer, Attempt.Outcome.FOUND)
    elif isinstance(answer, ConnectorError):
        _later(publication)
    else:
        _missing(publication)
    return not isinstance(answer, ConnectorError)


def _note_look_up(publication: Publication, answer: Published | ConnectorError | None) -> None:
    now = timezone.now()
    how = outcome.OUTCOMES[type(answer)] if isinstance(answer, ConnectorError) else Attempt.Outcome.MISSING
    how = Attempt.Outcome.FOUND if isinstance(answer, Published) else how
    said = answer.say if isinstance(answer, ConnectorError) else ""
    Attempt.objects.create(
        publication=publication,
        number=publication.attempts_made,
        started_at=now,
        ended_at=now,
        outcome=how,
        reason=said,
    )


def _missing(publication: Publication) -> None:
    """Not there: believed at once if a repeat is harmless, else when the network has settled."""
    network = channels.network_of(publication.channel)
    age = timezone.now() - (publication.sent_at or publication.planned_for)
    settled = age >= timedelta(seconds=network.settles_in)
    if settled or (network.repeats_safely and age < KEY_HOLDS):
        _send_again(publication)
    else:
        _look_again_at(publication, timedelta(seconds=network.settles_in) - age)


def _send_again(publication: Publication) -> None:
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(
        state=Publication.State.SCHEDULED, due_at=timezone.now(), reason="", reason_places={}, detail=""
    )


def _look_again_at(publication: Publication, pause: timedelta) -> None:
    due = timezone.now() + max(pause, timedelta(seconds=1))
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(due_at=due)


def _later(publication: Publication) -> None:
    """The look-up itself failed: again with growing pauses, at last a person decides."""
    lookups = publication.lookups + 1
    if lookups >= MOST_LOOKUPS:
        _ask_people(publication)
        return
    Publication.objects.filter(pk=publication.pk).update(lookups=lookups)
    _look_again_at(publication, timedelta(seconds=outcome.pause_after(lookups)))


def _without_look_up(publication: Publication) -> None:
    network = channels.network_of(publication.channel)
    age = timezone.now() - (publication.sent_at or publication.planned_for)
    if network.repeats_safely and age < KEY_HOLDS:
        _send_again(publication)
    else:
        _ask_people(publication)


@transaction.atomic
def _ask_people(publication: Publication) -> None:
    Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE).update(
        due_at=None, reason=ASK, reason_places={}
    )
    people = {publication.version.post.author, *Person.objects.holding("post.hold")}
    url = reverse("publishing:publication", args=[publication.pk])
    notify(people, _("Please decide: did this post go out?"), str(publication.version), url=url, level="warning")


@transaction.atomic
def decide(publication: Publication, decision: str, by: Person, url: str = "") -> None:
    """A person's word: "published" (with the address), "again" (it is not there), or "leave" (give it up)."""
    locked = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if locked.state != Publication.State.UNSURE:
        raise Declined(_("This has been decided already."), status=409)
    if decision == "published":
        if not url.startswith(("http://", "https://")):
            raise Declined(_("Please paste the address of the post on the network."))
        outcome.publish(publication, Published(url, url, timezone.now()), Attempt.Outcome.FOUND)
    elif decision == "again":
        _send_again(publication)
    else:
        Publication.objects.filter(pk=locked.pk).update(state=Publication.State.CANCELLED, due_at=None)
    record(UnsureDecided(locked.pk, decision), by)
