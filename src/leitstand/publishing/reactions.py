"""What publishing does when a channel is disconnected: what waits there is put before people."""

from __future__ import annotations

from leitstand.channels.events import ChannelGone
from leitstand.core.events import reaction
from leitstand.core.models import DiaryEntry
from leitstand.publishing import settle


@reaction(ChannelGone)
def stop_what_was_planned(happened: ChannelGone, entry: DiaryEntry) -> None:
    settle.leave(happened.channel_id)
