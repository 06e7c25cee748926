"""The API joins the house."""

from leitstand.core.apps import RoomConfig


class ApiConfig(RoomConfig):
    name = "leitstand.api"
    label = "api"
