"""What happens to channels, for the diary and the rooms above."""

from django.utils.translation import gettext_lazy as _

from leitstand.core.events import event


@event("channels.connected", _("Channel connected"))
class ChannelConnected:
    channel_id: int


@event("channels.needs_reconnection", _("Channel must be reconnected"))
class ChannelNeedsReconnection:
    channel_id: int
    reason: str


@event("channels.reconnected", _("Channel reconnected"))
class ChannelReconnected:
    channel_id: int


@event("channels.gone", _("Channel disconnected"))
class ChannelGone:
    channel_id: int


@event("channels.paused", _("Channel paused"))
class ChannelPaused:
    channel_id: int


@event("channels.resumed", _("Channel resumed"))
class ChannelResumed:
    channel_id: int


@event("channels.troubled", _("Channel has trouble"))
class ChannelTroubled:
    channel_id: int
    reason: str


@event("channels.recovered", _("Channel is healthy again"))
class ChannelRecovered:
    channel_id: int


@event("channels.expiry_warned", _("Access to a channel ends soon"))
class ChannelExpiryWarned:
    channel_id: int
    days: int


@event("channels.imprint_changed", _("Imprint of a channel changed"))
class ImprintChanged:
    channel_id: int
    url: str
