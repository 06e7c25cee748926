"""What may be out although nobody can prove it: such a publication is unsure, and stays so until it is known.

Nobody may cancel, change or stop it as if nothing had happened. It is looked up (`settle`), goes on under its
own key where the network makes one post of one key, or a person decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Min
from django.utils import timezone

from leitstand.channels import calls
from leitstand.channels import queries as channels
from leitstand.connectors.protocol import Content
from leitstand.publishing.models import Attempt, Publication

LOST = (Attempt.Outcome.UNSURE, Attempt.Outcome.CUT_OFF)


def since(publication: Publication) -> datetime | None:
    """When the first sending began that may have arrived; None: of each one it is known."""
    known = publication.attempts.filter(outcome=Attempt.Outcome.MISSING).aggregate(last=Max("pk"))["last"] or 0
    lost = publication.attempts.filter(outcome__in=LOST, pk__gt=known)
    first: datetime | None = lost.aggregate(first=Min("started_at"))["first"]
    return first


def key_is_forgotten(publication: Publication) -> bool:
    """Whether the network may have taken an earlier sending, and may not remember its key any more."""
    lives = channels.network_of(publication.channel).key_lives
    began = since(publication)
    return began is not None and 0 < lives <= (timezone.now() - began).total_seconds()


def settles_at(publication: Publication, content: Content) -> datetime:
    """When nothing can appear any more of what we lost the answer of: some time after the last word we could have said.

    A sending that was cut off may only have lost its database: then its worker goes on until its time is over.
    """
    settles = timedelta(seconds=channels.network_of(publication.channel).settles_in)
    longest = timedelta(seconds=calls.longest(content))
    ends = [_last_word(lost, longest) for lost in publication.attempts.filter(outcome__in=LOST)]
    return max(ends, default=publication.sent_at or publication.planned_for) + settles


def _last_word(lost: Attempt, longest: timedelta) -> datetime:
    ended = lost.ended_at or lost.started_at
    began = min(lost.started_at, ended)  # a clock may have been set back between the two
    return max(ended, began + longest) if lost.outcome == Attempt.Outcome.CUT_OFF else ended
