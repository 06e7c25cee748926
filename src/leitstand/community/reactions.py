"""What the community does when listening has stored or handed over a mention."""

from __future__ import annotations

from leitstand.community.receive import receive
from leitstand.core.events import reaction
from leitstand.core.models import DiaryEntry
from leitstand.listening import queries
from leitstand.listening.events import MentionHandedOver, MentionStored


@reaction(MentionStored)
def take_in(happened: MentionStored, entry: DiaryEntry) -> None:
    """From our channels everything; from listening what asks or complains. The rest stays in listening."""
    facts = queries.facts_of(happened.mention_id)
    if facts and (happened.channel_id or facts.is_question or facts.is_complaint):
        receive(facts)


@reaction(MentionHandedOver)
def take_over(happened: MentionHandedOver, entry: DiaryEntry) -> None:
    """Somebody decided that this one needs us."""
    facts = queries.facts_of(happened.mention_id)
    if facts:
        receive(facts)
