"""Choices in the order of the alphabet, as people look for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def alphabetical(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """By name; a letter with a mark stands where it would without, so that Ägypten comes before Albanien (DIN 5007)."""
    return sorted(choices, key=lambda choice: _bare(choice[1]))


def _bare(name: str) -> str:
    parted = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))
