"""Rules join the house."""

from leitstand.core.apps import RoomConfig


class RulesConfig(RoomConfig):
    name = "leitstand.rules"
    label = "rules"
