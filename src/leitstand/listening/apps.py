"""Listening joins the house."""

from leitstand.core.apps import RoomConfig


class ListeningConfig(RoomConfig):
    name = "leitstand.listening"
    label = "listening"
