"""What the community does when listening has stored or handed over a mention."""

from __future__ import annotations

from datetime import timedelta

from leitstand.community.receive import receive
from leitstand.core.events import reaction
from leitstand.core.models import DiaryEntry
from leitstand.listening import queries
from leitstand.listening.events import MentionHandedOver, MentionStored

NEWS = timedelta(days=2)
"""What a source published earlier, say before we listened to it, opens no conversation by itself."""


@reaction(MentionStored)
def take_in(happened: MentionStored, entry: DiaryEntry) -> None:
    """From our channels everything; from listening what newly asks or complains. The rest stays in listening."""
    facts = queries.facts_of(happened.mention_id)
    if facts is None:
        return
    if happened.channel_id:
        receive(facts)
    elif (facts.is_question or facts.is_complaint) and entry.at - facts.at < NEWS:
        receive(facts, heard_at=entry.at)


@reaction(MentionHandedOver)
def take_over(happened: MentionHandedOver, entry: DiaryEntry) -> None:
    """Somebody decided that this one needs us."""
    facts = queries.facts_of(happened.mention_id)
    if facts:
        receive(facts, heard_at=entry.at)
