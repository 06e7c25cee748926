"""Reads the environment: typed, and loud when a value makes no sense."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(SystemExit):
    """A value in the environment cannot be used; says which one and what is expected."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used: expected {expected}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def number(name: str, default: int, least: int = 0, most: int | None = None) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        raise BadSetting(name, value, "a whole number")
    if int(value) < least or (most is not None and int(value) > most):
        raise BadSetting(name, value, f"{least} or more" if most is None else f"a number from {least} to {most}")
    return int(value)


def port(name: str, default: int) -> int:
    return number(name, default, least=1, most=65535)


def one_of(name: str, choices: Collection[str], default: str) -> str:
    """Capitals or not: the word as it stands among the choices, which are in capitals."""
    value = text(name, default).upper()
    if value not in choices:
        raise BadSetting(name, text(name), f"one of {', '.join(choices)}")
    return value


def address(name: str, default: str = "", *, whole_site: bool = False) -> str:
    """Where pages are, without a slash at its end; empty when nothing is set. `whole_site`: no path belongs to it."""
    value = (text(name) or default).rstrip("/")
    if value and not _is_address(value, whole_site):
        raise BadSetting(name, value, "an address like https://leitstand.example.org")
    return value


def _is_address(value: str, whole_site: bool) -> bool:
    try:
        parts = urlsplit(value)
        more = parts.query or parts.fragment or parts.username is not None or (whole_site and parts.path)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not more
    except ValueError:
        return False


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
