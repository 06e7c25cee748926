"""Publishing joins the house."""

from leitstand.core.apps import RoomConfig


class PublishingConfig(RoomConfig):
    name = "leitstand.publishing"
    label = "publishing"
