"""The practice network joins the house."""

from leitstand.core.apps import RoomConfig


class PracticeConfig(RoomConfig):
    name = "leitstand.practice"
    label = "practice"
