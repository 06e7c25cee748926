"""Tables of channels."""

from leitstand.channels.models.channel import Channel
from leitstand.channels.models.check import Check

__all__ = ["Channel", "Check"]
