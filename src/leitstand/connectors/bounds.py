"""What the house can keep. Strangers write much of what networks tell: nothing of it may break what stores or shows it.

The rooms' door to the connectors (`channels.calls`) brings every answer within these bounds, so that no connector has
to think of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")
UNKEPT = re.compile("[\x00\ud800-\udfff]")
MOST = 2**31 - 1
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def kept(value: T) -> T:
    """The same within bounds, whatever it is made of.

    Texts without zero characters and lone surrogates, which PostgreSQL does not take; counts from 0 to the most an
    integer column holds; times in years that every calendar and time zone can show.
    """
    found: Any = value
    if isinstance(value, str):
        found = UNKEPT.sub("", value)
    elif isinstance(value, int) and not isinstance(value, bool):
        found = min(max(value, 0), MOST)
    elif isinstance(value, datetime):
        found = min(max(value, EARLIEST), LATEST)
    elif isinstance(value, list | tuple):
        found = type(value)(kept(one) for one in value)
    elif isinstance(value, Mapping):
        found = {kept(name): kept(one) for name, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{one.name: kept(getattr(value, one.name)) for one in fields(value)})
    kept_value: T = found
    return kept_value
