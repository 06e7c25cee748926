"""Community joins the house."""

from leitstand.core.apps import RoomConfig


class CommunityConfig(RoomConfig):
    name = "leitstand.community"
    label = "community"
