"""Tables of listening."""

from leitstand.listening.models.mention import Hit, Mention
from leitstand.listening.models.query import Query
from leitstand.listening.models.source import ChannelCursor, Source, is_address

__all__ = ["ChannelCursor", "Hit", "Mention", "Query", "Source", "is_address"]
