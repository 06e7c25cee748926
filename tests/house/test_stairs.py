"""Imports and foreign keys only go down the stairs of CONTRIBUTING.md."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from tests.environment import CHECKOUT
from tests.house.files import SOURCE

# Rooms of the plan that nobody lives in yet. It may only shrink.
PLANNED = {"reports", "launches", "crisis", "relations"}
# Rooms whose tables all others may read: the ground floor's, and those nobody stands above.
OPEN_TABLES = {"core", "api"}


def contracts() -> list[dict[str, Any]]:
    config = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    return list(config["tool"]["importlinter"]["contracts"])


def stairs() -> list[set[str]]:
    """The steps as pyproject.toml has them, highest first."""
    (layers,) = (contract["layers"] for contract in contracts() if contract["type"] == "layers")
    return [set(layer.split(" | ")) for layer in layers]


def height(room: str) -> int:
    return next(len(stairs()) - step for step, rooms in enumerate(stairs()) if room in rooms)


def test_imports_keep_to_the_stairs() -> None:
    """In a process of its own: the linter silences every logger of the one it runs in."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_contract_is_the_stairs_of_the_page() -> None:
    (line,) = re.findall(r"^`(config > .+)`$", (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    told = [set(step.split(" | ")) - PLANNED for step in line.split(" > ")]
    assert [step for step in told if step] == stairs()


def test_planned_rooms_are_not_there() -> None:
    assert [room for room in PLANNED if (SOURCE / room).exists()] == []


def test_tables_are_private() -> None:
    """Each room with tables has a contract that keeps them its own."""
    guarded = {room for contract in contracts() if contract["type"] == "protected" for room in _guarded(contract)}
    with_tables = {model._meta.app_label for model in _models()}
    assert guarded == with_tables - OPEN_TABLES


def _guarded(contract: dict[str, Any]) -> Iterator[str]:
    for module in contract["protected_modules"]:
        _house, room, _models = module.split(".")
        assert contract["allowed_importers"] == [f"leitstand.{room}"]
        yield room


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("leitstand.")]


def _foreign_keys() -> Iterator[tuple[str, str, str]]:
    """(field, its room, the room it points to), for our own tables, links between them included."""
    for model in (
        *_models(),
        *(link for link in apps.get_models(include_auto_created=True) if link._meta.auto_created),
    ):
        for field in model._meta.get_fields():
            if getattr(field, "concrete", False) and field.related_model not in (None, "self"):
                target = field.related_model
                if {model._meta.app_label, target._meta.app_label} <= {room.split(".")[1] for room in settings.ROOMS}:
                    yield f"{model.__name__}.{field.name}", model._meta.app_label, target._meta.app_label


def test_foreign_keys_only_go_down() -> None:
    keys = list(_foreign_keys())
    assert len(keys) > 20
    assert [key for key, room, target in keys if room != target and height(room) <= height(target)] == []
