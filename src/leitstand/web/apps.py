"""The top floor joins the house."""

from leitstand.core.apps import RoomConfig


class WebConfig(RoomConfig):
    name = "leitstand.web"
    label = "web"
