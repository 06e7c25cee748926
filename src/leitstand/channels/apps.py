"""Channels join the house."""

from leitstand.core.apps import RoomConfig
from leitstand.core.secrets.vault import register_sealed


class ChannelsConfig(RoomConfig):
    name = "leitstand.channels"
    label = "channels"

    def ready(self) -> None:
        super().ready()
        register_sealed("channels.Channel", "sealed_secrets")
