"""Strategy joins the house."""

from leitstand.core.apps import RoomConfig


class StrategyConfig(RoomConfig):
    name = "leitstand.strategy"
    label = "strategy"
