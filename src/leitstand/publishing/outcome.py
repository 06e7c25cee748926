"""Records what became of an attempt: proof, or one of the five ways to fail."""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from leitstand.channels.words import lazy_why
from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.protocol import Published
from leitstand.core.errors import Text
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify
from leitstand.publishing import doubt, serve
from leitstand.publishing.content import full_text
from leitstand.publishing.events import (
    PostPublished,
    PublicationCancelled,
    PublicationFailed,
    PublicationStopped,
    PublicationUnsure,
)
from leitstand.publishing.models import Attempt, Publication

ASK = gettext_noop("We cannot tell whether the network took this post. Please look there and decide.")
TORN = gettext_noop("Only the beginning of this thread is on the network. Please look there and decide.")
THERE_ALREADY = gettext_noop("An earlier sending of this post was found on the network after all.")
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 1_800.0
OUTCOMES = {
    Refused: Attempt.Outcome.REFUSED,
    NotAllowed: Attempt.Outcome.NOT_ALLOWED,
    TooFast: Attempt.Outcome.TOO_FAST,
    Unreachable: Attempt.Outcome.UNREACHABLE,
    Unsure: Attempt.Outcome.UNSURE,
}


def finish(publication: Publication, answer: Published | ConnectorError) -> bool:
    """Writes the outcome; returns whether the channel may go on at once."""
    if isinstance(answer, Published):
        publish(publication, answer, Attempt.Outcome.PUBLISHED)
        return True
    with transaction.atomic():
        end_attempt(publication, OUTCOMES[type(answer)], answer)
        return _fail(publication, answer)


@transaction.atomic
def publish(publication: Publication, proof: Published, how: Attempt.Outcome) -> None:
    """Proof wins over any other state, and over a second plan of the version; a second proof changes nothing."""
    text = full_text(publication.version)
    _withdraw_twin(publication)
    changed = (
        Publication.objects.filter(pk=publication.pk)
        .exclude(state=Publication.State.PUBLISHED)
        .update(
            state=Publication.State.PUBLISHED,
            due_at=None,
            remote_id=proof.remote_id[:500],
            parts=list(proof.parts),
            url=proof.url[:500],
            published_at=proof.at,
            published_text=text,
            published_title=publication.version.title,
            reason="",
            reason_places={},
            detail="",
            measure_at=timezone.now() + timedelta(minutes=5),
        )
    )
    if changed:
        end_attempt(publication, how)
        record(PostPublished(publication.pk, publication.channel_id, proof.remote_id))
        serve.tell_goal(publication.version.post.goal_id)


def _withdraw_twin(publication: Publication) -> None:
    """Given up as not there, the version was planned anew; now that it is there it does not go out again."""
    planned = [Publication.State.SCHEDULED, Publication.State.STOPPED]
    twins = Publication.objects.filter(version_id=publication.version_id, state__in=planned).exclude(pk=publication.pk)
    for twin in twins.select_for_update():
        twins.filter(pk=twin.pk).update(
            state=Publication.State.CANCELLED, due_at=None, reason=THERE_ALREADY, reason_places={}, detail=""
        )
        record(PublicationCancelled(twin.pk))


def end_attempt(publication: Publication, how: Attempt.Outcome, error: ConnectorError | None = None) -> None:
    """Notes one try that has ended, or one look-up: what is unsure is not sent but looked for."""
    said = {"reason": error.say[:300], "reason_places": error.places, "detail": error.detail} if error else {}
    now, looked = timezone.now(), publication.state == Publication.State.UNSURE
    Attempt.objects.create(
        publication=publication,
        number=publication.attempts_made,
        started_at=now if looked or publication.sent_at is None else publication.sent_at,
        ended_at=now,
        outcome=how,
        **said,
    )


def _fail(publication: Publication, error: ConnectorError) -> bool:
    if isinstance(error, Refused):
        _refuse(publication, error)
        return True
    if isinstance(error, Unsure):
        if _save(publication, error, state=Publication.State.UNSURE, due_at=timezone.now() + timedelta(seconds=2)):
            record(PublicationUnsure(publication.pk))
        return True
    _wait(publication, error)
    return False


def _refuse(publication: Publication, error: ConnectorError) -> None:
    """Final; but what the network would not take again, it may have taken before."""
    doubtful = doubt.since(publication) is not None
    state = Publication.State.UNSURE if doubtful else Publication.State.FAILED
    if not _save(publication, error, state=state, due_at=None):
        return
    if doubtful:
        _put_before_people(publication)
        return
    record(PublicationFailed(publication.pk, error.say))
    tell(publication, _("A network refused a post"), lazy_why(error.say, error.places))
    serve.tell_goal(publication.version.post.goal_id)


def _wait(publication: Publication, error: ConnectorError) -> None:
    """Same key later; what may be out is looked up first, and stays unsure.

    A rate limit moves the whole channel, so that the order is kept, and is the reason for all.
    """
    now = timezone.now()
    pause = error.after if isinstance(error, TooFast) else pause_after(publication.attempts_made)
    due = now if isinstance(error, NotAllowed) else now + timedelta(seconds=pause)
    doubtful = doubt.since(publication) is not None
    _save(publication, error, state=Publication.State.UNSURE if doubtful else Publication.State.SCHEDULED, due_at=due)
    if isinstance(error, TooFast):
        waiting = Publication.objects.filter(channel_id=publication.channel_id, state=Publication.State.SCHEDULED)
        waiting.filter(due_at__lt=due).update(
            due_at=Greatest(F("due_at"), due), reason=error.say[:300], reason_places=error.places
        )


def pause_after(attempts: int) -> float:
    """Seconds: 15, 30, 60 ... at most half an hour, ±20 %."""
    doubled: float = FIRST_PAUSE * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_PAUSE) * random.uniform(0.8, 1.2)


@transaction.atomic
def stop(publication: Publication, reason: str, detail: str, places: dict[str, str] | None = None) -> None:
    """A person must decide. What may be out is not said to be stopped: people are asked where it is.

    Who moved or cancelled it meanwhile has decided already.
    """
    if doubt.since(publication):
        ask_people(publication, detail)
        return
    waiting = Publication.objects.filter(pk=publication.pk, state__in=Publication.WAITING)
    stopped = waiting.update(
        state=Publication.State.STOPPED, due_at=None, reason=reason[:300], reason_places=places or {}, detail=detail
    )
    if stopped:
        record(PublicationStopped(publication.pk, reason))
        tell(publication, _("A post was not sent"), lazy_why(reason, places or {}))
        serve.tell_goal(publication.version.post.goal_id)


@transaction.atomic
def ask_people(publication: Publication, detail: str = "") -> None:
    """The look-up is at its end: a person decides what has become of it. Of what is not unsure nobody is asked."""
    unsure = Publication.objects.filter(pk=publication.pk, state=Publication.State.UNSURE)
    reason = TORN if publication.remote_id else ASK
    if unsure.update(due_at=None, reason=reason, reason_places={}, detail=detail):
        _put_before_people(publication)


def _put_before_people(publication: Publication) -> None:
    tell(publication, _("Please decide: did this post go out?"), str(publication.version))


def _save(publication: Publication, error: ConnectorError, **columns: object) -> bool:
    """False: this sending was thought to be cut off meanwhile. Late proof wins; a late failure changes nothing."""
    mine = Publication.objects.filter(pk=publication.pk, state=Publication.State.SENDING, sent_at=publication.sent_at)
    said: dict[str, object] = {"reason": error.say[:300], "reason_places": error.places, "detail": error.detail}
    return bool(mine.update(**said, **columns))


def tell(publication: Publication, title: Text, reason: Text) -> None:
    """News about one publication for its author and for those who may hold publishing, each in their language."""
    people = {publication.version.post.author, *Person.objects.holding("post.hold")}
    url = reverse("publishing:publication", args=[publication.pk])
    notify(people, title, reason, url=url, level="warning", key=f"pub-{publication.pk}")
