"""Numbers of rows as anybody may type them: in addresses, filters and forms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db.models import Q

NUMBER = re.compile(r"[0-9]{1,18}")  # what a bigint surely holds


def number_in(text: str) -> int | None:
    """The number; None when the text is none, or longer than any row's."""
    return int(text) if NUMBER.fullmatch(text) else None


def by_numbers(wanted: Mapping[str, str], columns: Mapping[str, str]) -> Q:
    """Rows with the wanted numbers in these columns: an empty wish narrows nothing, and what is no number fits none."""
    given = {column: number_in(wanted[name]) for name, column in columns.items() if wanted.get(name)}
    return Q(pk__in=[]) if None in given.values() else Q(**given)
