"""How a room joins the house: its hand-ins are imported when Django starts."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

HAND_INS = ("events", "jobs", "reactions", "duty")
CORE_HAND_INS = (
    "people.membership",
    "people.sign_in_help",
    "people.holders",
    "company.profile",
    "diary.chain",
    "notify",
)


class RoomConfig(AppConfig):
    """Base of every room's AppConfig: imports its events, jobs, reactions and duty, where it has them."""

    default = False
    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls) -> None:
        cls.default = True  # Django picks the room's own class, not this base imported beside it

    def ready(self) -> None:
        for part in HAND_INS:
            if find_spec(f"{self.name}.{part}"):
                import_module(f"{self.name}.{part}")


class CoreConfig(RoomConfig):
    name = "leitstand.core"
    label = "core"

    def ready(self) -> None:
        super().ready()
        for part in CORE_HAND_INS:
            import_module(f"{self.name}.{part}")
