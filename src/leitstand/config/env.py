"""Reads the environment: typed, and loud when a value makes no sense."""

from __future__ import annotations

import os
from pathlib import Path


class BadSetting(SystemExit):
    """A value in the environment cannot be used; says which one and what is expected."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: expected {expected}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise BadSetting(name, value, "a whole number")
    return int(value)


def switch(name: str, default: bool) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise BadSetting(name, value, "yes or no")


def words(name: str, default: str = "") -> list[str]:
    """A comma separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().absolute()
