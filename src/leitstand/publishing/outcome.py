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

from leitstand.connectors.errors import ConnectorError, NotAllowed, Refused, TooFast, Unreachable, Unsure
from leitstand.connectors.protocol import Published
from leitstand.core.events import record
from leitstand.core.models import Person
from leitstand.core.notify import notify
from leitstand.publishing import serve
from leitstand.publishing.content import full_text
from leitstand.publishing.events import PostPublished, PublicationFailed, PublicationStopped, PublicationUnsure
from leitstand.publishing.models import Attempt, Publication

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
    with transaction.atomic():
        if isinstance(answer, Published):
            publish(publication, answer, Attempt.Outcome.PUBLISHED)
            return True
        end_attempt(publication, OUTCOMES[type(answer)], answer)
        return _fail(publication, answer)


@transaction.atomic
def publish(publication: Publication, proof: Published, found_by: Attempt.Outcome) -> None:
    """Proof wins over any other state; a second proof changes nothing."""
    text = full_text(publication.version)
    changed = (
        Publication.objects.filter(pk=publication.pk)
        .exclude(state=Publication.State.PUBLISHED)
        .update(
            state=Publication.State.PUBLISHED,
            due_at=None,
            remote_id=proof.remote_id,
            parts=list(proof.parts),
            url=proof.url,
            published_at=proof.at,
            published_text=text,
            reason="",
            reason_places={},
            detail="",
            measure_at=timezone.now() + timedelta(minutes=5),
        )
    )
    end_attempt(publication, found_by)
    if changed:
        record(PostPublished(publication.pk, publication.channel_id, proof.remote_id))
        serve.tell_goal(publication.version.post.goal_id)


def end_attempt(publication: Publication, how: Attempt.Outcome, error: ConnectorError | None = None) -> None:
    said = {"reason": error.say, "reason_places": error.places, "detail": error.detail} if error else {}
    Attempt.objects.filter(publication_id=publication.pk, outcome=Attempt.Outcome.RUNNING).update(
        outcome=how, ended_at=timezone.now(), **said
    )


def _fail(publication: Publication, error: ConnectorError) -> bool:
    if isinstance(error, Refused):
        _refuse(publication, error)
        return True
    if isinstance(error, Unsure):
        _save(publication, error, state=Publication.State.UNSURE, due_at=timezone.now() + timedelta(seconds=2))
        record(PublicationUnsure(publication.pk))
        return True
    _wait(publication, error)
    return False


def _refuse(publication: Publication, error: ConnectorError) -> None:
    _save(publication, error, state=Publication.State.FAILED, due_at=None)
    record(PublicationFailed(publication.pk, error.say))
    _tell(publication, _("A network refused a post"))
    serve.tell_goal(publication.version.post.goal_id)


def _wait(publication: Publication, error: ConnectorError) -> None:
    """Same key later. A rate limit moves the whole channel, so that the order is kept."""
    now = timezone.now()
    pause = error.after if isinstance(error, TooFast) else pause_after(publication.attempts_made + 1)
    due = now if isinstance(error, NotAllowed) else now + timedelta(seconds=pause)
    _save(publication, error, state=Publication.State.SCHEDULED, due_at=due)
    if isinstance(error, TooFast):
        waiting = Publication.objects.filter(channel_id=publication.channel_id, state=Publication.State.SCHEDULED)
        waiting.filter(due_at__lt=due).update(due_at=Greatest(F("due_at"), due))


def pause_after(attempts: int) -> float:
    """Seconds: 15, 30, 60 ... at most half an hour, ±20 %."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)


@transaction.atomic
def stop(publication: Publication, reason: str, detail: str, places: dict[str, str] | None = None) -> None:
    """A person must decide; nothing was sent."""
    Publication.objects.filter(pk=publication.pk).update(
        state=Publication.State.STOPPED, due_at=None, reason=reason[:300], reason_places=places or {}, detail=detail
    )
    record(PublicationStopped(publication.pk, reason))
    _tell(publication, gettext_noop("A post was not sent"), reason)


def _save(publication: Publication, error: ConnectorError, **columns: object) -> None:
    Publication.objects.filter(pk=publication.pk).exclude(state=Publication.State.PUBLISHED).update(
        reason=error.say[:300], reason_places=error.places, detail=error.detail, **columns
    )


def _tell(publication: Publication, title: object, reason: str = "") -> None:
    people = {publication.version.post.author, *Person.objects.holding("post.hold")}
    url = reverse("publishing:publication", args=[publication.pk])
    notify(
        people, str(title), reason or str(publication.version), url=url, level="warning", key=f"pub-{publication.pk}"
    )
