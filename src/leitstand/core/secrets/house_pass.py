"""By which one part of this installation shows another, over HTTP, that somebody here asked for it.

Signed with the key of the sessions and good for some minutes; whoever is outside cannot make one.
"""

from __future__ import annotations

from django.core import signing

GOOD_FOR = 600
"""Seconds."""


def issue(part: str) -> str:
    """A pass for this part of the house."""
    return signing.dumps(part, salt=_salt(part))


def is_good(shown: str, part: str) -> bool:
    """Whether it was issued here, for this part, not long ago."""
    try:
        return bool(signing.loads(shown, salt=_salt(part), max_age=GOOD_FOR) == part)
    except signing.BadSignature:
        return False


def _salt(part: str) -> str:
    return f"leitstand.house_pass.{part}"
