"""What the community does when a mention is stored or handed over, and when channels or people come or go."""

from __future__ import annotations

from datetime import timedelta

from leitstand.channels import queries as channels
from leitstand.channels.events import ChannelGone, ChannelReconnected, ChannelResumed
from leitstand.community.assign import give_back_orphans
from leitstand.community.events import ConversationReopened
from leitstand.community.receive import receive
from leitstand.community.send import go_on
from leitstand.community.settle import reopen
from leitstand.core.events import reaction
from leitstand.core.models import DiaryEntry
from leitstand.core.people.membership import PersonLeft, RolesChanged
from leitstand.listening import queries
from leitstand.listening.events import MentionHandedOver, MentionStored

NEWS = timedelta(days=2)
"""What a source published earlier, say before we listened to it, opens no conversation by itself; what was said to a
channel so long before it was connected comes in closed."""


@reaction(MentionStored)
def take_in(happened: MentionStored, entry: DiaryEntry) -> None:
    """From our channels everything; from listening what newly asks or complains. The rest stays in listening."""
    facts = queries.facts_of(happened.mention_id)
    if facts is None:
        return
    if happened.channel_id:
        connected_at = channels.channel(happened.channel_id).connected_at
        receive(facts, is_past=facts.at < connected_at - NEWS)
    elif (facts.is_question or facts.is_complaint) and entry.at - facts.at < NEWS:
        receive(facts, heard_at=entry.at)


@reaction(MentionHandedOver)
def take_over(happened: MentionHandedOver, entry: DiaryEntry) -> None:
    """Somebody decided that this one needs us."""
    facts = queries.facts_of(happened.mention_id)
    if facts:
        conversation = receive(facts, heard_at=entry.at)
        reopen(conversation, entry.actor)


@reaction(ChannelReconnected)
def go_on_reconnected(happened: ChannelReconnected, entry: DiaryEntry) -> None:
    """Answers that waited for the new access go out."""
    go_on(happened.channel_id)


@reaction(ChannelResumed)
def go_on_resumed(happened: ChannelResumed, entry: DiaryEntry) -> None:
    """Answers that waited while it rested go out."""
    go_on(happened.channel_id)


@reaction(ChannelGone)
def give_back(happened: ChannelGone, entry: DiaryEntry) -> None:
    """Answers that waited come back to whoever wrote them."""
    go_on(happened.channel_id)


@reaction(PersonLeft)
def give_back_with_the_account(happened: PersonLeft, entry: DiaryEntry) -> None:
    """Nobody waits for somebody who has left."""
    give_back_orphans(entry.actor)


@reaction(RolesChanged)
def give_back_with_the_role(happened: RolesChanged, entry: DiaryEntry) -> None:
    """Nor for somebody who may not answer any more."""
    give_back_orphans(entry.actor)


@reaction(ConversationReopened)
def give_back_reopened(happened: ConversationReopened, entry: DiaryEntry) -> None:
    """Whoever took care of it then may have left since."""
    give_back_orphans(entry.actor)
