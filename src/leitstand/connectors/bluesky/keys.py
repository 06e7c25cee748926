"""The keys of records: what an app makes of the time, and what we make of our own keys."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
# Made-up times lie in these four years: never in the future, where a list of records would show them first for ever.
FROM, YEARS = int(datetime(2019, 1, 1, tzinfo=UTC).timestamp() * 1_000_000), 4 * 365 * 86_400 * 1_000_000


def record_key(key: str) -> str:
    """A valid TID made of our key, always the same one: 53 bits of a time, 10 bits of a clock, in base 32."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest())
    return _tid(FROM + digest % YEARS, (digest // YEARS) % 1024)


def key_at(moment: datetime) -> str:
    """The least key an app makes at this moment (https://atproto.com/specs/tid); keys sort as their times do."""
    return _tid(int(moment.timestamp() * 1_000_000), 0)


def _tid(microseconds: int, clock: int) -> str:
    number = microseconds << 10 | clock
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(12, -1, -1))


def key_of(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]
